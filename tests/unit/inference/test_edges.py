"""Limits on a bundle's files: what just fits within a limit is accepted, and anything beyond it is refused."""

import io
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from breakhis_desktop.errors import BundleError
from breakhis_desktop.inference import archives, bundle
from breakhis_desktop.inference.archives import ArchiveError, check_arrays, check_keras_file
from breakhis_desktop.inference.bundle import read_bundle, read_card
from breakhis_desktop.inference.graphs import GraphError, MalformedError, check_graph
from breakhis_desktop.regular_files import open_regular, read_regular
from tests.factories.bundles import SHIPPED, WITH_GOLDEN, arrays_of, header_of, network_of, put, saved, write_card
from tests.factories.graphs import many_operators, small_graph


@pytest.fixture
def light(tmp_path: Path) -> Path:
    """Return a bundle whose card leaves out the networks, so that it is quick to read."""
    folder = tmp_path / "light"
    folder.mkdir()
    for name in ("golden.npz", "familiarity.npz", "joint.onnx"):
        (folder / name).symlink_to(SHIPPED / name)
    write_card(folder, left_out=["binary.keras", "subtype.keras"])
    return folder


def put_golden(folder: Path, **changes: Callable[[Any], Any]) -> None:
    arrays = arrays_of("golden.npz")
    put(folder, "golden.npz", saved({name: changes.get(name, lambda values: values)(values) for name, values in arrays.items()}))


def test_an_archive_may_be_as_large_as_the_largest_network_and_no_larger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = network_of(tmp_path / "binary.keras", ("keras.layers", "Dense"))
    with zipfile.ZipFile(file) as archive:
        size = sum(member.file_size for member in archive.infolist())
    monkeypatch.setattr(archives, "LARGEST_NETWORK", size)
    check_keras_file(file)
    monkeypatch.setattr(archives, "LARGEST_NETWORK", size - 1)
    with pytest.raises(ArchiveError, match="would grow beyond"):
        check_keras_file(file)


@pytest.mark.parametrize(("kind", "size"), [("network", 2**31), ("golden", 2**28)])
def test_an_archive_that_claims_an_enormous_size_is_refused_without_being_unpacked(tmp_path: Path, kind: str, size: int) -> None:
    file = tmp_path / "large.zip"
    with zipfile.ZipFile(file, "w") as target:
        target.writestr("config.json", b"")
    content = file.read_bytes()
    directory = content.index(b"PK\x01\x02")
    file.write_bytes(content[: directory + 24] + (size + 1).to_bytes(4, "little") + content[directory + 28 :])
    with pytest.raises(ArchiveError, match="would grow beyond"):
        check_keras_file(file) if kind == "network" else check_arrays(file)


def test_a_long_part_name_is_shortened_in_the_error(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"holds x{80}, which"):
        check_keras_file(network_of(tmp_path / "binary.keras", ("keras.layers", "x" * 200)))


def test_an_overlong_array_header_is_refused(tmp_path: Path) -> None:
    description = "{'descr': '<f4', 'fortran_order': False, 'shape': (0,)}"
    file = tmp_path / "golden.npz"
    file.write_bytes(header_of(description + " " * 900))
    check_arrays(file)
    file.write_bytes(header_of(description + " " * 2000))
    with pytest.raises(ArchiveError, match="something other than arrays"):
        check_arrays(file)


@pytest.mark.parametrize("kind", ["?", "<i2", "<u2", "<f8"])
def test_an_array_may_hold_plain_numbers_of_any_type(kind: str) -> None:
    check_arrays(io.BytesIO(saved({"values": np.zeros((2, 3), kind)})))


def test_an_array_in_a_later_format_is_refused() -> None:
    stream = io.BytesIO()
    np.lib.format.write_array(stream, np.zeros(3), version=(2, 0))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("binary.npy", stream.getvalue())
    with pytest.raises(ArchiveError, match="something other than arrays"):
        check_arrays(file)


def test_an_archive_with_other_bytes_before_it_is_refused(tmp_path: Path) -> None:
    file = network_of(tmp_path / "binary.keras", ("keras.layers", "Dense"))
    file.write_bytes(b"before" + file.read_bytes())
    with pytest.raises(ArchiveError, match="is not an archive"):
        check_keras_file(file)


def test_a_network_of_more_than_two_gigabytes_is_refused_without_being_read(light: Path) -> None:
    write_card(light)
    with (light / "binary.keras").open("wb") as file:
        file.truncate(2**31 + 2**20 + 1)
    with pytest.raises(BundleError, match=r"binary\.keras cannot be read \(it is too large\)"):
        read_bundle(light)


class Runs:
    """Runs code when it is unpickled."""

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, ("ran",)


def test_an_array_of_objects_is_not_unpickled_even_if_the_archive_check_is_bypassed(
    light: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(light, "golden.npz", saved(arrays_of("golden.npz") | {"binary": np.array([Runs()], object)}))
    monkeypatch.setattr(bundle, "check_arrays", lambda _: None)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BundleError, match=r"golden\.npz holds no golden images"):
        read_bundle(light)
    assert not (tmp_path / "ran").exists()


def test_a_card_may_be_as_large_as_the_limit_and_no_larger(light: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    size = (light / "card.json").stat().st_size
    monkeypatch.setattr(bundle, "_LARGEST_CARD", size)
    assert read_card(light).name == WITH_GOLDEN["name"]
    monkeypatch.setattr(bundle, "_LARGEST_CARD", size - 1)
    with pytest.raises(BundleError, match="its card is too large"):
        read_card(light)


def test_models_from_a_newer_patch_release_of_keras_are_opened_but_not_those_from_a_newer_minor_release(
    light: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundle, "version", lambda _: "3.5.2")
    for version in ("3.5.99", "3.5.2", "3.4.99", "2.99.0", "3.5"):
        write_card(light, left_out=["binary.keras", "subtype.keras"], keras_version=version)
        assert read_bundle(light).card.keras_version == version
    for version in ("3.6.0", "4.0.0", "3.10.1"):
        write_card(light, left_out=["binary.keras", "subtype.keras"], keras_version=version)
        with pytest.raises(BundleError, match=rf"Keras {version}, newer than the 3\.5\.2"):
            read_bundle(light)


def test_the_keras_version_of_models_is_compared_with_the_installed_version(light: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def version(name: str) -> str:
        asked.append(name)
        return "3.99.0"

    monkeypatch.setattr(bundle, "version", version)
    read_bundle(light)
    assert asked == ["keras"]


@pytest.mark.parametrize("images", [1, 2])
def test_one_or_two_golden_images_are_enough(light: Path, images: int) -> None:
    put_golden(light, **dict.fromkeys(("images", "binary", "subtype"), lambda values: values[:images]))
    assert len(read_bundle(light).golden.binary) == images


def test_a_bundle_without_golden_images_is_refused(light: Path) -> None:
    put_golden(light, **dict.fromkeys(("images", "binary", "subtype"), lambda values: values[:0]))
    with pytest.raises(BundleError, match="golden images of an unexpected shape"):
        read_bundle(light)


@pytest.mark.parametrize("part", ["images", "binary", "subtype"])
def test_there_must_be_as_many_golden_probabilities_as_golden_images(light: Path, part: str) -> None:
    put_golden(light, **{part: lambda values: values[:-1]})
    with pytest.raises(BundleError, match="golden images of an unexpected shape"):
        read_bundle(light)


def certain(values: Any) -> Any:
    values = np.zeros_like(values)
    values[..., 0] = 1
    return values


def test_a_golden_probability_may_be_zero_or_one(light: Path) -> None:
    put_golden(light, binary=certain, subtype=certain)
    golden = read_bundle(light).golden
    assert set(np.unique(golden.binary)) == set(np.unique(golden.subtype)) == {0, 1}


@pytest.mark.parametrize(("part", "change"), [("binary", -0.001), ("binary", 0.001), ("subtype", -0.0005), ("subtype", 0.0005)])
def test_a_golden_probability_below_zero_or_above_one_is_refused(light: Path, part: str, change: float) -> None:
    def beyond(values: Any) -> Any:
        values = certain(values)
        values.flat[0 if change > 0 else 1] += np.float32(change)
        return values

    put_golden(light, **{"binary": certain, "subtype": certain, part: beyond})
    with pytest.raises(BundleError, match="something other than images and probabilities"):
        read_bundle(light)


@pytest.mark.parametrize(("off", "passes"), [(0.0009, True), (-0.0009, True), (0.0015, False), (-0.0015, False)])
def test_golden_subtypes_must_sum_to_one_within_a_thousandth(light: Path, off: float, passes: bool) -> None:
    def less_than_certain(values: Any) -> Any:
        return np.full_like(values, (1 + off) / values.shape[1])

    put_golden(light, subtype=less_than_certain)
    if passes:
        assert len(read_bundle(light).golden.subtype) > 0
        return
    with pytest.raises(BundleError, match="something other than images and probabilities"):
        read_bundle(light)


@pytest.mark.parametrize("value", [np.inf, -np.inf, np.nan])
@pytest.mark.parametrize("part", ["centre", "axes"])
def test_familiarity_data_with_a_value_that_is_not_finite_is_refused(light: Path, part: str, value: float) -> None:
    arrays = arrays_of("familiarity.npz")
    arrays[part].flat[-1] = value
    put(light, "familiarity.npz", saved(arrays))
    with pytest.raises(BundleError, match="features that are not numbers"):
        read_bundle(light)


def test_familiarity_data_beyond_the_range_of_single_precision_is_refused(light: Path) -> None:
    arrays = {name: values.astype(np.float64) for name, values in arrays_of("familiarity.npz").items()}
    put(light, "familiarity.npz", saved(arrays))
    assert read_bundle(light).detector is not None
    arrays["axes"].flat[0] = 1e300
    put(light, "familiarity.npz", saved(arrays))
    with pytest.raises(BundleError, match="features that are not numbers"):
        read_bundle(light)


def test_a_file_may_be_as_large_as_expected_and_no_larger(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"12345")
    assert read_regular(file, 5) == b"12345"
    assert read_regular(file, 6) == b"12345"
    with pytest.raises(OSError, match="too large"):
        read_regular(file, 4)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes are files only on Unix")
def test_a_pipe_that_replaces_a_file_just_before_it_is_opened_does_not_block(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").touch()
    before = (tmp_path / "file").stat()
    monkeypatch.setattr(Path, "stat", lambda _: before)
    with pytest.raises(OSError, match="not a regular file"), open_regular(tmp_path / "pipe"):
        pytest.fail("the pipe was opened")


def test_a_graph_may_hold_as_many_operators_as_the_limit_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("breakhis_desktop.inference.graphs._MOST_NODES", 5001)
    check_graph(small_graph(many_operators))
    monkeypatch.setattr("breakhis_desktop.inference.graphs._MOST_NODES", 5000)
    with pytest.raises(GraphError, match="more operators"):
        check_graph(small_graph(many_operators))


WHOLE = small_graph()
NOTE = 6
"""The number of ONNX's field `doc_string`, which only describes the model."""


def field(number: int, kind: int, content: bytes) -> bytes:
    return bytes([number << 3 | kind]) + content


@pytest.mark.parametrize(
    "more",
    [
        field(NOTE, 0, b"\x00"),
        field(NOTE, 0, b"\x7f"),
        field(NOTE, 0, b"\x80\x01"),
        field(NOTE, 0, b"\xff" * 9 + b"\x01"),
        field(NOTE, 1, bytes(8)),
        field(NOTE, 2, b"\x00"),
        field(NOTE, 2, b"\x03abc"),
        field(NOTE, 2, b"\x80\x01" + b"a" * 128),
        field(NOTE, 5, bytes(4)),
    ],
)
def test_fields_of_every_type_and_length_are_skipped_completely(more: bytes) -> None:
    for content in (WHOLE + more, more + WHOLE, more + more + WHOLE):
        check_graph(content)
    for cut in range(1, len(more)):
        with pytest.raises(MalformedError):
            check_graph(WHOLE + more[:-cut])


@pytest.mark.parametrize(
    "more",
    [
        field(NOTE, 0, b"\xff" * 9 + b"\x02"),
        field(NOTE, 0, b"\x80" * 10),
        field(NOTE, 0, b"\x80" * 10 + b"\x00"),
        field(NOTE, 1, bytes(7)),
        field(NOTE, 2, b"\x04abc"),
        field(NOTE, 3, b""),
        field(NOTE, 4, b""),
        field(NOTE, 5, bytes(3)),
        field(NOTE, 6, b""),
        field(NOTE, 7, b""),
        field(0, 0, b"\x00"),
        field(8, 0, b"\x01"),
    ],
)
def test_a_field_of_an_impossible_type_or_length_makes_a_graph_malformed(more: bytes) -> None:
    with pytest.raises(MalformedError):
        check_graph(WHOLE + more)


def test_a_field_with_an_unknown_number_is_refused() -> None:
    with pytest.raises(GraphError, match="holds model fields") as raised:
        check_graph(WHOLE + field(9, 0, b"\x00"))
    assert not isinstance(raised.value, MalformedError)
    with pytest.raises(GraphError, match="holds model fields"):
        check_graph(WHOLE + b"\x80\x01\x00")  # field 16, whose number takes two bytes


def test_a_long_operator_name_is_shortened_and_a_known_name_must_match_exactly() -> None:
    def named_node(name: bytes) -> bytes:
        node = b"\x22" + bytes([len(name)]) + name
        graph = b"\x0a" + bytes([len(node)]) + node
        return b"\x3a" + bytes([len(graph)]) + graph

    with pytest.raises(GraphError, match=r"holds x{80}, which"):
        check_graph(named_node(b"x" * 100))
    for name in (b"Relu\xff", b"Relu\x00", b"ReluX", b"Rel", b""):
        with pytest.raises(GraphError, match="which no network of this program has"):
            check_graph(named_node(name))


def test_these_tests_use_the_card_of_the_shipped_bundle(light: Path) -> None:
    assert json.loads((light / "card.json").read_text(encoding="utf-8"))["name"] == WITH_GOLDEN["name"]
    assert read_bundle(light).has_networks is False
