"""Heat maps are meaningful: the probability depends on the hot cells, and the maps follow from the weights."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from breakhis_desktop.assets import default_models
from breakhis_desktop.imaging.decode import decode
from breakhis_desktop.imaging.prepare import prepare
from breakhis_desktop.inference.bundle import read_bundle
from breakhis_desktop.inference.engine import Engine
from breakhis_desktop.inference.onnx_engine import OnnxEngine

RANDOM_MASKS = 8


@pytest.fixture(scope="module")
def engine() -> Engine:
    return OnnxEngine(read_bundle(default_models()))


def model_inputs(files: Iterable[Path]) -> NDArray[np.uint8]:
    size = read_bundle(default_models()).card.input_size
    return np.stack([prepare(decode(file.read_bytes()), size) for file in files])


def masked(image: NDArray[np.uint8], cells: NDArray[np.intp], along: int) -> NDArray[np.uint8]:
    """Cover some cells of an `along` x `along` grid with the mean colour of the image."""
    side = image.shape[0] // along
    covered = image.copy()
    for cell in cells:
        row, column = divmod(int(cell), along)
        covered[row * side : (row + 1) * side, column * side : (column + 1) * side] = image.mean(axis=(0, 1)).astype(np.uint8)
    return covered


def drops(engine: Engine, images: NDArray[np.uint8]) -> tuple[float, float]:
    """Return the mean drop in the probability of malignancy with the hottest fifth of the cells masked, and with a random fifth masked."""
    random = np.random.default_rng(0)
    hottest, by_chance = [], []
    for image in images:
        before = engine.infer(image[None])
        order, along = np.argsort(-before.malignant_map[0].ravel()), before.malignant_map.shape[1]
        fifth = len(order) // 5
        choices = [order[:fifth], *(random.permutation(len(order))[:fifth] for _ in range(RANDOM_MASKS))]
        after = before.binary[0] - engine.infer(np.stack([masked(image, cells, along) for cells in choices])).binary
        hottest.append(after[0])
        by_chance.append(after[1:].mean())
    return float(np.mean(hottest)), float(np.mean(by_chance))


def test_masking_the_hottest_fifth_of_a_sample_image_lowers_the_probability_more_than_masking_a_random_fifth(
    engine: Engine, samples: list[Path]
) -> None:
    hottest, by_chance = drops(engine, model_inputs(samples))
    assert hottest > by_chance + 0.02


@pytest.mark.data
def test_masking_the_hottest_fifth_of_a_real_image_lowers_the_probability_more_than_masking_a_random_fifth(
    engine: Engine, data: Path
) -> None:
    files = sorted(data.rglob("SOB_M_*.png"))[::60][:16]
    hottest, by_chance = drops(engine, model_inputs(files))
    assert hottest > by_chance + 0.02


def test_the_mean_of_the_heat_map_is_the_logit_minus_a_constant(engine: Engine, samples: list[Path]) -> None:
    inference = engine.infer(model_inputs(samples))
    means = inference.malignant_map.mean(axis=(1, 2))
    logits = np.log(inference.binary / (1 - inference.binary))
    unsaturated = np.abs(logits) < 7  # beyond 7, float32 cannot resolve a probability near 1
    bias = (logits - means)[unsaturated]
    assert len(bias) > len(samples) // 3
    np.testing.assert_allclose(bias, bias[0], atol=1e-3)
    np.testing.assert_allclose(1 / (1 + np.exp(-means - bias[0])), inference.binary, atol=1e-5)


def test_shuffled_weights_change_the_heat_map(engine: Engine, samples: list[Path]) -> None:
    import keras

    from breakhis_desktop.inference.fused_graph import MALIGNANT_MAP, fused_function

    images = model_inputs(samples[:4])
    binary = keras.saving.load_model(default_models() / "binary.keras", compile=False)
    random = np.random.default_rng(0)
    for variable in binary.trainable_variables:
        variable.assign(random.permutation(np.asarray(variable).ravel()).reshape(variable.shape))
    shuffled = np.asarray(fused_function(binary, binary)(images.astype(np.float32))[MALIGNANT_MAP])
    maps = engine.infer(images).malignant_map
    similar = [np.corrcoef(one.ravel(), other.ravel())[0, 1] for one, other in zip(maps, shuffled, strict=True)]
    assert np.mean(similar) < 0.5
