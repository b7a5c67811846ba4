"""An error about a bundle is shown entirely in one language, because it consists of nested messages without any fixed English text."""

import hashlib
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from string import Formatter
from typing import Any

import numpy as np
import pytest

from breakhis_desktop.assets import default_models
from breakhis_desktop.domain.engines import ONNX_RUNTIME
from breakhis_desktop.errors import BundleError
from breakhis_desktop.inference.bundle import read_bundle
from breakhis_desktop.inference.classifier import load_classifier
from breakhis_desktop.wording.bundles import BundleCode
from breakhis_desktop.wording.codes import CODES
from breakhis_desktop.wording.message import Message, as_data, from_data, render

SHIPPED = default_models()
CARD: dict[str, Any] = json.loads((SHIPPED / "card.json").read_text(encoding="utf-8"))
FILES = ("golden.npz", "familiarity.npz", "joint.onnx")


@pytest.fixture
def models(tmp_path: Path) -> Path:
    folder = tmp_path / "models"
    folder.mkdir()
    for name in FILES:
        (folder / name).symlink_to(SHIPPED / name)
    write_card(folder)
    return folder


def write_card(folder: Path, **changes: Any) -> None:
    card = {**CARD, "left_out": ["binary.keras", "subtype.keras"], **changes}
    (folder / "card.json").write_text(json.dumps(card), encoding="utf-8")


def put(folder: Path, name: str, content: bytes) -> str:
    """Replace the content of a file, and return the hash of the new content."""
    (folder / name).unlink(missing_ok=True)
    (folder / name).write_bytes(content)
    return hashlib.sha256(content).hexdigest()


def other_kind(models: Path) -> None:
    write_card(models, temperature={"binary": [], "subtype": 1})


def other_number(models: Path) -> None:
    write_card(models, format=99)


def reversed_curve(models: Path) -> None:
    curve = CARD["operating_curve"]
    write_card(models, operating_curve={**curve, "sensitivity": curve["specificity"]})


def unknown_layer(models: Path) -> None:
    file = models / "binary.keras"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("config.json", json.dumps({"class_name": "Lambda", "module": "keras.layers"}))
        archive.writestr("metadata.json", "{}")
        archive.writestr("model.weights.h5", b"")
    write_card(models, files={**CARD["files"], "binary.keras": hashlib.sha256(file.read_bytes()).hexdigest()})


def unknown_field(models: Path) -> None:
    digest = put(models, "joint.onnx", b"\xca\x01\x00")  # an empty field for functions
    write_card(models, derived={"joint.onnx": {**CARD["derived"]["joint.onnx"], "sha256": digest}})


def folder_for_a_file(models: Path) -> None:
    (models / "golden.npz").unlink()
    (models / "golden.npz").mkdir()


def other_features(models: Path) -> None:
    (models / "familiarity.npz").unlink()
    np.savez(models / "familiarity.npz", centre=np.zeros(3), axes=np.zeros((4, 2)))
    digest = hashlib.sha256((models / "familiarity.npz").read_bytes()).hexdigest()
    write_card(models, familiarity={**CARD["familiarity"], "sha256": digest})


DAMAGES: dict[str, tuple[Callable[[Path], None], tuple[str, ...], str]] = {
    "a list for a number": (other_kind, ("temperature.binary",), "its card has no valid value for temperature.binary"),
    "a different number": (other_number, (), "its card has format 99, and this program reads format 1"),
    "a sensitivity that rises with the threshold": (
        reversed_curve,
        (),
        "its card is not valid (a sensitivity that changes in the wrong direction as the threshold rises)",
    ),
    "a layer of an unknown kind": (
        unknown_layer,
        ("binary.keras", "Lambda"),
        "binary.keras holds Lambda, which no network of this program has",
    ),
    "a field of an unknown kind": (
        unknown_field,
        ("joint.onnx",),
        "joint.onnx holds model fields that no network of this program has",
    ),
    "a folder in place of a file": (folder_for_a_file, ("golden.npz",), "golden.npz cannot be read (it is not a regular file)"),
    "features of an unexpected shape": (
        other_features,
        ("familiarity.npz",),
        "familiarity.npz cannot be used: it holds features of an unexpected shape",
    ),
}


def refusal(models: Path, name: str) -> BundleError:
    """Damage a bundle and return the error that refuses it."""
    DAMAGES[name][0](models)
    with pytest.raises(BundleError) as raised:
        load_classifier(models, engine=ONNX_RUNTIME)
    return raised.value


def marked(template: str) -> str:
    """Replace each letter of a template with a mark, as a stand-in for a translation."""
    parts = []
    for literal, name, form, _ in Formatter().parse(template):
        field = "" if name is None else f"{{{name}:{form}}}" if form else f"{{{name}}}"
        parts.append(re.sub(r"[^\W\d_]", "·", literal) + field)
    return "".join(parts)


def unmarked(message: Message, *values: str) -> list[str]:
    """Return the words of a message that stay untranslated, apart from the given values."""
    text = render(message, marked)
    for value in values:
        assert value in text
        text = text.replace(value, "")
    return re.findall(r"[^\W\d_]+", text)


@pytest.mark.parametrize("name", DAMAGES)
def test_every_part_of_an_error_is_translated_and_its_english_is_complete(models: Path, name: str) -> None:
    error = refusal(models, name)
    _, values, what = DAMAGES[name]
    assert str(error.what) == what
    assert str(error) == f"The models in {models} cannot be used: {what}. Install the program again, or choose another model folder."
    assert unmarked(error.message, str(models), *values) == []


@pytest.mark.parametrize("name", DAMAGES)
def test_a_bundle_error_as_the_reason_for_not_using_a_device_is_fully_translated(models: Path, name: str) -> None:
    what = refusal(models, name).what
    trouble = Message.of(BundleCode.DEVICE_NOT_USED, device="CUDA", what=what)
    assert str(trouble) == f"The CPU is used instead of CUDA: {what}."
    assert unmarked(trouble, "CUDA", *DAMAGES[name][1]) == []


def test_doubly_nested_messages_keep_their_values(models: Path) -> None:
    unknown_layer(models)
    with pytest.raises(BundleError) as raised:
        read_bundle(models)
    part = Message.of(BundleCode.CONTENT_OF_UNKNOWN_PART, part="Lambda")
    what = Message.of(BundleCode.BUNDLE_FILE_REFUSED, file="binary.keras", trouble=part)
    assert raised.value.what == what
    assert raised.value.message == Message.of(BundleCode.MODELS_UNUSABLE, folder=models, what=what)


@pytest.mark.parametrize("name", DAMAGES)
def test_an_error_can_be_stored_as_data_and_restored(models: Path, name: str) -> None:
    message = refusal(models, name).message
    assert from_data(json.loads(json.dumps(as_data(message))), CODES) == message


def test_numbers_in_an_error_are_written_as_the_language_writes_them(models: Path) -> None:
    what = refusal(models, "a different number").what
    assert "format <99>, and this program reads format <1>" in render(what, write_number=lambda number: f"<{number}>")


def test_a_bundle_error_without_a_shorter_reason_gives_its_whole_message_as_the_reason() -> None:
    error = BundleError(Message.of(BundleCode.TENSORFLOW_ON_CPU_ALONE))
    assert error.what == error.message
    trouble = Message.of(BundleCode.DEVICE_NOT_USED, device="CUDA", what=error.what)
    assert str(trouble) == "The CPU is used instead of CUDA: TensorFlow runs on the CPU only."
