"""Whether what a user asked to be written can be, told before the run and not after it."""

import os
from collections.abc import Sequence
from pathlib import Path

from breakhis_desktop.domain.filenames import absolute, printable
from breakhis_desktop.errors import UserError
from breakhis_desktop.imaging.formats import FileKind, kind_of


def check_outputs(outputs: Sequence[Path], store: Path | None, roots: Sequence[Path]) -> None:
    """Look at the files to be written.

    Args:
        outputs: The exports.
        store: The store, if the user named one.
        roots: What is to be analysed.

    Raises:
        UserError: One is named twice, would replace an image, is a folder, or lies where nothing can be written.
    """
    images = {os.path.realpath(root) for root in roots}
    taken: set[str] = set()
    for file in (*([store] if store else []), *outputs):
        target = os.path.realpath(file)
        if target in images:
            raise UserError(f"{printable(file)} is what is to be analysed; write to another file.")
        if target in taken:
            raise UserError(f"{printable(file)} is named twice in this call; give each output a file of its own.")
        taken.add(target)
        _check_place(file)


def _check_place(file: Path) -> None:
    if kind_of(file) is not FileKind.OTHER:
        raise UserError(f"{printable(file)} has the name of an image; give the output another ending, so that no image is replaced.")
    if os.path.isdir(file):  # noqa: PTH112 (Path.is_dir raises where a folder above may not be entered)
        raise UserError(f"{printable(file)} is a folder; give the name of a file in it.")
    if os.path.exists(file) and not os.path.isfile(file):  # noqa: PTH110, PTH113 (as above)
        raise UserError(f"{printable(file)} is a pipe or device; name a file.")
    if not os.access(absolute(file).parent, os.W_OK):
        raise UserError(f"{printable(file)} cannot be written: its folder is not there or is read-only. Choose another place.")
