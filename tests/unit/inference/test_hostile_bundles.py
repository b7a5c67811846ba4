"""A bundle with any fault in its card or arrays is refused with a sentence, and other bundles stay on the list."""

import io
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from breakhis_desktop.cli import NOTHING_RAN, main
from breakhis_desktop.domain.engines import ONNX_RUNTIME
from breakhis_desktop.errors import BundleError
from breakhis_desktop.inference.bundle import read_bundle, read_card
from breakhis_desktop.inference.classifier import Classifier, load_classifier
from breakhis_desktop.pipeline.installed_bundles import list_bundles
from tests.factories.bundles import SHIPPED, WITH_GOLDEN, arrays_of, header_of, put, saved, write_card


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """Return a bundle whose card leaves out the networks, so that it is quick to read."""
    folder = tmp_path / "models"
    folder.mkdir()
    for name in ("golden.npz", "familiarity.npz", "joint.onnx"):
        (folder / name).symlink_to(SHIPPED / name)
    write_card(folder, left_out=["binary.keras", "subtype.keras"])
    return folder


def beginning_as_an_array() -> bytes:
    stream = io.BytesIO()
    np.save(stream, np.zeros(3))
    return stream.getvalue() + saved(arrays_of("golden.npz"))


def changed(name: str, part: str, change: Callable[[Any], Any]) -> bytes:
    arrays = arrays_of(name)
    return saved(arrays | {part: change(arrays[part])})


def with_nan(values: Any) -> Any:
    values = values.copy()
    values.flat[3] = np.nan
    return values


def as_fields(values: Any) -> Any:
    return np.zeros(values.shape, [("a", "<f4")])


ARRAYS: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "an array before the archive": ("golden.npz", beginning_as_an_array, "is not an archive"),
    "an array without dimensions": (
        "golden.npz",
        lambda: changed("golden.npz", "binary", lambda _: np.float32(0.5)),
        "of an unexpected shape",
    ),
    "a header of brackets": ("golden.npz", lambda: header_of("(" * 9000), "holds something other than arrays"),
    "a header of minus signs": ("golden.npz", lambda: header_of("-" * 9000), "holds something other than arrays"),
    "a short header of brackets": ("golden.npz", lambda: header_of("(" * 900), "holds something other than arrays"),
    "a short header of minus signs": ("golden.npz", lambda: header_of("-" * 900 + "1"), "holds something other than arrays"),
    "texts": ("golden.npz", lambda: changed("golden.npz", "binary", lambda values: values.astype("U8")), "something other than arrays"),
    "dates": ("golden.npz", lambda: changed("golden.npz", "subtype", lambda values: values.astype("M8[s]")), "something other than arrays"),
    "record fields": ("golden.npz", lambda: changed("golden.npz", "subtype", as_fields), "something other than arrays"),
    "complex numbers": ("golden.npz", lambda: changed("golden.npz", "binary", lambda values: values + 1j), "something other than arrays"),
    "whole numbers": ("golden.npz", lambda: changed("golden.npz", "binary", np.int64), "something other than images and probabilities"),
    "images of floats": (
        "golden.npz",
        lambda: changed("golden.npz", "images", np.float32),
        "something other than images and probabilities",
    ),
    "NaN for a probability": (
        "golden.npz",
        lambda: changed("golden.npz", "binary", with_nan),
        "something other than images and probabilities",
    ),
    "NaN for a subtype": (
        "golden.npz",
        lambda: changed("golden.npz", "subtype", with_nan),
        "something other than images and probabilities",
    ),
    "subtypes that sum to 2": (
        "golden.npz",
        lambda: changed("golden.npz", "subtype", lambda values: np.minimum(values * 2, 1)),
        "something other than images and probabilities",
    ),
    "a probability above 1": (
        "golden.npz",
        lambda: changed("golden.npz", "binary", lambda values: values + 1),
        "something other than images and probabilities",
    ),
    "no subtypes": (
        "golden.npz",
        lambda: saved({**arrays_of("golden.npz"), "subtype": np.zeros((12, 0), np.float32)}),
        "an unexpected shape",
    ),
    "an array that is missing": ("golden.npz", lambda: saved({"images": np.zeros(3, np.uint8)}), "holds no golden images"),
    "familiarity data of record fields": (
        "familiarity.npz",
        lambda: changed("familiarity.npz", "axes", as_fields),
        "something other than arrays",
    ),
    "familiarity data with NaN": (
        "familiarity.npz",
        lambda: changed("familiarity.npz", "centre", with_nan),
        "features that are not numbers",
    ),
    "familiarity data of whole numbers": (
        "familiarity.npz",
        lambda: changed("familiarity.npz", "axes", np.int32),
        "something other than features",
    ),
}


@pytest.mark.parametrize("name", ARRAYS)
def test_arrays_that_do_not_belong_in_a_bundle_are_refused(models: Path, name: str) -> None:
    file, content, words = ARRAYS[name]
    put(models, file, content())
    with pytest.raises(BundleError, match=rf"{file} .*{words}.*Install"):
        read_bundle(models)


def test_a_bundle_that_causes_an_unforeseen_error_is_refused_and_the_error_is_logged(
    models: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def stumble(*_: Any, **__: Any) -> None:
        raise ArithmeticError("nobody thought of it")

    monkeypatch.setattr(np, "load", stumble)
    with pytest.raises(BundleError, match=r"its files hold content that does not belong in a bundle\. Install"):
        read_bundle(models)
    assert "nobody thought of it" in caplog.text


needs_pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes and devices are files only on Unix")


@needs_pipes
@pytest.mark.parametrize("name", ["card.json", "golden.npz", "familiarity.npz", "joint.onnx"])
@pytest.mark.parametrize("kind", ["pipe", "device", "folder"])
def test_a_pipe_or_device_or_folder_in_place_of_a_file_is_refused_without_being_read(models: Path, name: str, kind: str) -> None:
    (models / name).unlink()
    match kind:
        case "pipe":
            os.mkfifo(models / name)
        case "device":
            (models / name).symlink_to("/dev/zero")
        case _:
            (models / name).mkdir()
    with pytest.raises(BundleError, match=rf"{name} cannot be read \(it is not a regular file\)\. Install"):
        load_classifier(models, engine=ONNX_RUNTIME)


@needs_pipes
@pytest.mark.parametrize("name", ["binary.keras", "subtype.keras"])
def test_a_pipe_in_place_of_a_network_is_refused_without_being_read(models: Path, name: str) -> None:
    for network in ("binary.keras", "subtype.keras"):
        (models / network).symlink_to(SHIPPED / network)
    write_card(models)
    (models / name).unlink()
    os.mkfifo(models / name)
    with pytest.raises(BundleError, match=rf"{name} cannot be read \(it is not a regular file\)"):
        read_bundle(models)


@needs_pipes
@pytest.mark.parametrize("name", ["card.json", "golden.npz", "familiarity.npz", "joint.onnx", "binary.keras", "subtype.keras"])
def test_an_oversized_file_is_refused_without_being_read(models: Path, name: str) -> None:
    for network in ("binary.keras", "subtype.keras"):
        (models / network).symlink_to(SHIPPED / network)
    (models / name).unlink()
    (models / name).touch()
    os.truncate(models / name, 2**42)
    with pytest.raises(BundleError, match=rf"({name} cannot be read \(it is too large\)|its card is too large)\. Install"):
        load_classifier(models, engine=ONNX_RUNTIME)


def test_a_good_bundle_is_listed_beside_bundles_with_bad_cards(tmp_path: Path) -> None:
    cards = {
        "a": json.dumps({**WITH_GOLDEN, "input_size": [float("inf")] * 2}),
        "b": json.dumps({**WITH_GOLDEN, "keras_version": "three"}),
        "c": json.dumps({**WITH_GOLDEN, "name": "\ud800"}),
        "d": "[" * 100_000,
        "e": "null",
        "good": json.dumps(WITH_GOLDEN),
    }
    for name, card in cards.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "card.json").write_text(card, encoding="utf-8")
    (tmp_path / "f").mkdir()
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "f" / "card.json")
    shipped, *bad, good = list_bundles(SHIPPED, tmp_path)
    assert shipped.card is not None
    assert good.card == shipped.card
    assert [(one.name, one.card) for one in bad] == [(name, None) for name in "abcdef"]
    assert all("Install the program again, or choose another model folder." in str(one.problem) for one in bad)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="an administrator may read everything")
def test_the_shipped_models_are_listed_even_if_the_folder_of_installed_models_is_inaccessible(tmp_path: Path) -> None:
    (tmp_path / "models" / "one").mkdir(parents=True)
    (tmp_path / "models").chmod(0)
    assert [bundle.name for bundle in list_bundles(SHIPPED, tmp_path / "models")] == [""]
    (tmp_path / "models").chmod(0o700)


def test_the_command_line_reports_a_bad_card_and_its_exit_status_says_that_nothing_ran(
    models: Path, samples: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    write_card(models, temperature={"binary": 10**400, "subtype": 1})
    assert main([str(samples[0]), "--models", str(models)]) == NOTHING_RAN
    output = capsys.readouterr().err
    assert "its card has no valid value for temperature.binary" in output


def test_the_bundle_of_these_tests_is_valid(models: Path) -> None:
    assert isinstance(load_classifier(models, engine=ONNX_RUNTIME), Classifier)
    assert read_card(models).model_id == read_card(SHIPPED).model_id
