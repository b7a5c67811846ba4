"""Changes to a copy of the shipped bundle: a different card, different arrays or a different network."""

import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np

from breakhis_desktop.assets import default_models

SHIPPED = default_models()
NETWORK = SHIPPED / "binary.keras"
WITH_GOLDEN = json.loads((SHIPPED / "card.json").read_text(encoding="utf-8"))
"""The shipped card."""

Arrays = dict[str, Any]


def write_card(folder: Path, **changes: Any) -> None:
    """Write the shipped card with some entries replaced."""
    (folder / "card.json").write_text(json.dumps({**WITH_GOLDEN, **changes}), encoding="utf-8")


def put(folder: Path, name: str, content: bytes) -> None:
    """Replace a file's content; write a card that states the new hash and says that the copy lacks both networks."""
    (folder / name).unlink()
    (folder / name).write_bytes(content)
    digest = hashlib.sha256(content).hexdigest()
    changes = (
        {"familiarity": {**WITH_GOLDEN["familiarity"], "sha256": digest}}
        if name == "familiarity.npz"
        else {"files": {**WITH_GOLDEN["files"], name: digest}}
    )
    write_card(folder, left_out=["binary.keras", "subtype.keras"], **changes)


def saved(arrays: Arrays) -> bytes:
    """Return the arrays as the bytes of an `.npz` archive."""
    stream = io.BytesIO()
    np.savez(stream, **arrays)
    return stream.getvalue()


def arrays_of(name: str) -> Arrays:
    """Load the arrays of a file in the shipped bundle."""
    with np.load(SHIPPED / name) as arrays:
        return dict(arrays)


def header_of(text: str) -> bytes:
    """Return an `.npz` archive with a single array that has this text as its header and no values."""
    content = text.encode() + b"\n"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("binary.npy", b"\x93NUMPY\x01\x00" + len(content).to_bytes(2, "little") + content)
    return stream.getvalue()


def network_of(file: Path, *parts: tuple[str, str]) -> Path:
    """Write a network file with these layers, each given by its module and its name; return the file."""
    config = {"class_name": "Functional", "module": "keras.src.models.functional", "config": {"layers": []}}
    layers = [{"class_name": name, "module": module, "config": {}} for module, name in parts]
    with zipfile.ZipFile(file, "w") as target:
        target.writestr("config.json", json.dumps({**config, "config": {"layers": layers}}))
        target.writestr("metadata.json", "{}")
        target.writestr("model.weights.h5", b"")
    return file
