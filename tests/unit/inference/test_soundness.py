"""Which outputs of the networks are sound: small rounding errors are allowed, larger deviations are not."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from breakhis_desktop.inference.engine import RawOutput
from breakhis_desktop.inference.fused_graph import FEATURES, MALIGNANT, MALIGNANT_MAP, SUBTYPE, SUBTYPE_MAPS

Outputs = dict[str, NDArray[np.float32]]


def outputs(images: int = 2, rows: int = 3, columns: int = 2, channels: int = 5) -> Outputs:
    """Return sound outputs of both networks for some images."""
    shape = (images, rows, columns)
    return {
        MALIGNANT: np.full((images, 1), 0.25, np.float32),
        SUBTYPE: np.full((images, 8), 0.125, np.float32),
        MALIGNANT_MAP: np.ones(shape, np.float32),
        SUBTYPE_MAPS: np.ones((*shape, 8), np.float32),
        FEATURES: np.arange(images * rows * columns * channels, dtype=np.float32).reshape(*shape, channels),
    }


@pytest.fixture
def inference() -> RawOutput:
    return RawOutput.of_outputs(outputs(), 2)


def test_outputs_are_assigned_by_name_and_features_are_pooled() -> None:
    given = outputs()
    found = RawOutput.of_outputs(given, 2)
    np.testing.assert_array_equal(found.binary, [0.25, 0.25])
    np.testing.assert_array_equal(found.subtype, given[SUBTYPE])
    np.testing.assert_array_equal(found.malignant_map, given[MALIGNANT_MAP])
    np.testing.assert_array_equal(found.subtype_maps, given[SUBTYPE_MAPS])
    np.testing.assert_allclose(found.features, [[np.mean(image[..., one]) for one in range(5)] for image in given[FEATURES]])


@pytest.mark.parametrize(("rows", "columns", "channels"), [(1, 1, 1), (1, 7, 1), (7, 1, 2)])
def test_maps_of_every_size_are_accepted(rows: int, columns: int, channels: int) -> None:
    assert RawOutput.of_outputs(outputs(1, rows, columns, channels), 1).are_sound().all()


@pytest.mark.parametrize("name", [MALIGNANT, SUBTYPE, MALIGNANT_MAP, SUBTYPE_MAPS, FEATURES])
@pytest.mark.parametrize(
    "change", ["more dimensions", "fewer dimensions", "more images", "fewer images", "half precision", "nothing inside"]
)
def test_an_output_of_the_wrong_shape_or_type_is_refused(name: str, change: str) -> None:
    given = outputs()
    values = given[name]
    given[name] = {
        "more dimensions": values[..., None],
        "fewer dimensions": values[..., 0],
        "more images": np.concatenate([values, values]),
        "fewer images": values[:1],
        "half precision": values.astype(np.float16),
        "nothing inside": values[:, :0],
    }[change]
    with pytest.raises(ValueError, match="another shape or type"):
        RawOutput.of_outputs(given, 2)


@pytest.mark.parametrize(("name", "classes"), [(MALIGNANT, 2), (SUBTYPE, 7), (SUBTYPE, 9), (SUBTYPE_MAPS, 7), (SUBTYPE_MAPS, 9)])
def test_an_output_with_the_wrong_number_of_classes_is_refused(name: str, classes: int) -> None:
    given = outputs()
    given[name] = np.zeros((*given[name].shape[:-1], classes), np.float32)
    with pytest.raises(ValueError, match="number of classes"):
        RawOutput.of_outputs(given, 2)


@pytest.mark.parametrize("name", [FEATURES, MALIGNANT_MAP, SUBTYPE_MAPS])
def test_an_output_whose_last_dimension_is_empty_is_refused(name: str) -> None:
    given = outputs()
    given[name] = given[name][..., :0]
    with pytest.raises(ValueError, match="another shape or type"):
        RawOutput.of_outputs(given, 2)


@pytest.mark.parametrize(("rows", "columns"), [(2, 2), (3, 1), (2, 3)])
def test_maps_of_different_sizes_from_the_two_networks_are_refused(rows: int, columns: int) -> None:
    with pytest.raises(ValueError, match="maps of different sizes"):
        RawOutput.of_outputs({**outputs(), SUBTYPE_MAPS: np.ones((2, rows, columns, 8), np.float32)}, 2)


def test_features_too_large_to_pool_are_unsound_and_cause_no_warning() -> None:
    given = outputs()
    given[FEATURES][1] = np.finfo(np.float32).max
    given[FEATURES][0] = [np.inf, -np.inf, 0, 0, 0]
    assert RawOutput.of_outputs(given, 2).are_sound().tolist() == [False, False]


@pytest.mark.parametrize(("p", "is_sound"), [(0, True), (1, True), (-5e-5, True), (1 + 5e-5, True), (-3e-4, False), (1 + 3e-4, False)])
def test_a_probability_may_lie_outside_zero_to_one_by_a_rounding_error(inference: RawOutput, p: float, is_sound: bool) -> None:
    binary = inference.binary.copy()
    binary[1] = p
    assert replace(inference, binary=binary).are_sound().tolist() == [True, is_sound]
    subtype = inference.subtype.copy()
    subtype[1] = [p, 1 - p, 0, 0, 0, 0, 0, 0]
    assert replace(inference, subtype=subtype).are_sound().tolist() == [True, is_sound]


@pytest.mark.parametrize(("total", "is_sound"), [(0.995, True), (1.005, True), (0.985, False), (1.015, False), (0, False), (2, False)])
def test_the_subtypes_must_sum_to_one_within_a_hundredth(inference: RawOutput, total: float, is_sound: bool) -> None:
    subtype = inference.subtype.copy()
    subtype[0] = total / 8
    assert replace(inference, subtype=subtype).are_sound().tolist() == [is_sound, True]


@pytest.mark.parametrize("name", ["binary", "subtype", "malignant_map", "subtype_maps", "features"])
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("place", [0, -1])
def test_a_value_that_is_not_finite_spoils_only_its_own_image(inference: RawOutput, name: str, value: float, place: int) -> None:
    values = getattr(inference, name).copy()
    values[1:].flat[place] = value
    assert replace(inference, **{name: values}).are_sound().tolist() == [True, False]


def test_outputs_for_no_images_are_accepted() -> None:
    assert RawOutput.of_outputs(outputs(0), 0).are_sound().tolist() == []
