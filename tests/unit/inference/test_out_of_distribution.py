"""The out-of-distribution score of an image, computed from its features alone."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from breakhis_desktop.inference.out_of_distribution import COMPONENTS, OodDetector

CHANNELS = 200


def spanned(images: int, seed: int, dimensions: int = 20) -> NDArray[np.float32]:
    """Return features near a low-dimensional subspace that is the same for every seed."""
    basis = np.random.default_rng(0).normal(size=(dimensions, CHANNELS))
    random = np.random.default_rng(seed)
    points = random.normal(size=(images, dimensions)) @ basis + random.normal(size=(images, CHANNELS)) / 100
    return (5 + points).astype(np.float32)


@pytest.fixture(scope="module")
def familiarity() -> OodDetector:
    return OodDetector.fit(spanned(400, seed=1))


def test_familiar_features_are_near_and_unfamiliar_ones_are_far(familiarity: OodDetector) -> None:
    foreign = (5 + np.random.default_rng(3).normal(size=(50, CHANNELS)) * 4).astype(np.float32)
    assert familiarity.distances(spanned(50, seed=2)).max() < 0.01
    assert familiarity.distances(foreign).min() > 0.1


def test_a_distance_does_not_depend_on_the_rest_of_the_batch(familiarity: OodDetector) -> None:
    features = spanned(8, seed=4)
    alone = np.concatenate([familiarity.distances(one[None]) for one in features])
    np.testing.assert_allclose(familiarity.distances(features), alone, atol=1e-5)


def test_features_that_are_all_zero_have_a_finite_distance(familiarity: OodDetector) -> None:
    assert np.isfinite(familiarity.distances(np.zeros((1, CHANNELS), np.float32))).all()


def test_a_reloaded_detector_gives_the_same_distances(familiarity: OodDetector, tmp_path: Path) -> None:
    familiarity.save(tmp_path / "familiarity.npz")
    features = spanned(5, seed=5)
    np.testing.assert_array_equal(OodDetector.load(tmp_path / "familiarity.npz").distances(features), familiarity.distances(features))
    assert familiarity.axes.shape == (CHANNELS, COMPONENTS)


def test_a_file_with_other_arrays_is_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "other.npz", centre=np.zeros(3))
    np.savez(tmp_path / "shapes.npz", centre=np.zeros(3), axes=np.zeros((4, 2)))
    (tmp_path / "text.npz").write_text("no archive")
    for name in ("other.npz", "shapes.npz", "text.npz"):
        with pytest.raises(ValueError, match="it holds"):
            OodDetector.load(tmp_path / name)


def test_the_detector_learns_the_directions_in_which_the_features_vary_most(familiarity: OodDetector) -> None:
    features = spanned(400, seed=1).astype(float)
    np.testing.assert_allclose(familiarity.centre, features.mean(axis=0), rtol=1e-4)
    np.testing.assert_allclose(familiarity.axes.T @ familiarity.axes, np.eye(COMPONENTS), atol=1e-4)
    spread = ((features - features.mean(axis=0)) @ familiarity.axes).var(axis=0)
    assert (np.diff(spread) <= 1e-3).all()
    assert spread[:20].sum() > 0.99 * features.var(axis=0).sum()
    assert familiarity.axes.dtype == np.float32
    assert COMPONENTS == 128  # as in the files of shipped bundles


def test_a_distance_is_the_share_of_the_features_outside_the_learned_space() -> None:
    plane = OodDetector(np.array([0, 0, 1], np.float32), np.eye(3, 2, dtype=np.float32))
    features = np.array([[3, 4, 1], [0, 0, 4], [3, 0, 5], [0, 0, 0]], np.float32)
    found = plane.distances(features)
    assert found.dtype == np.float32
    np.testing.assert_allclose(found[:3], [0, 3 / 4, 4 / np.sqrt(34)], rtol=1e-6)
    assert np.isfinite(found[3])


def test_features_of_other_networks_are_refused(familiarity: OodDetector) -> None:
    for channels in (1, CHANNELS - 1, CHANNELS + 1):
        with pytest.raises(ValueError, match="features of other networks"):
            familiarity.distances(np.zeros((2, channels), np.float32))


@pytest.mark.parametrize(
    ("arrays", "said"),
    [
        ({"centre": np.zeros(3)}, "holds no features"),
        ({"axes": np.zeros((3, 2))}, "holds no features"),
        ({"centre": np.zeros(3, int), "axes": np.zeros((3, 2))}, "something other than features"),
        ({"centre": np.zeros(3), "axes": np.zeros((3, 2), int)}, "something other than features"),
        ({"centre": np.zeros((3, 1)), "axes": np.zeros((3, 2))}, "features of an unexpected shape"),
        ({"centre": np.zeros(()), "axes": np.zeros((3, 2))}, "features of an unexpected shape"),
        ({"centre": np.zeros(3), "axes": np.zeros(3)}, "features of an unexpected shape"),
        ({"centre": np.zeros(3), "axes": np.zeros((3, 2, 1))}, "features of an unexpected shape"),
        ({"centre": np.zeros(3), "axes": np.zeros((4, 2))}, "features of an unexpected shape"),
        ({"centre": np.full(3, np.nan), "axes": np.zeros((3, 2))}, "features that are not numbers"),
        ({"centre": np.zeros(3), "axes": np.full((3, 2), np.inf)}, "features that are not numbers"),
        ({"centre": np.zeros(3), "axes": np.full((3, 2), 1e300)}, "features that are not numbers"),
        ({"centre": np.zeros(3), "axes": np.array([[None] * 2] * 3)}, "holds no features"),
    ],
)
def test_a_file_without_usable_features_is_refused_with_the_reason(arrays: dict[str, Any], said: str, tmp_path: Path) -> None:
    np.savez(tmp_path / "familiarity.npz", **arrays)
    with pytest.raises(ValueError, match=said):
        OodDetector.load(tmp_path / "familiarity.npz")


def test_a_file_may_hold_features_in_double_precision(tmp_path: Path) -> None:
    np.savez(tmp_path / "familiarity.npz", centre=np.zeros(3), axes=np.eye(3, 2))
    found = OodDetector.load(tmp_path / "familiarity.npz")
    assert (found.centre.dtype, found.axes.dtype) == (np.dtype(np.float32), np.dtype(np.float32))
