"""From what a user queued to the files of a run, each once."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from breakhis_desktop.domain.filenames import absolute, printable
from breakhis_desktop.domain.records import Status
from breakhis_desktop.errors import NothingToDoError
from breakhis_desktop.imaging.formats import DICOM_ADVICE, WHOLE_SLIDE_ADVICE, FileKind, kind_of

_VANISHED = "The file or folder is not there; check that the drive is connected and the name is right."
_ADVICE = {FileKind.WHOLE_SLIDE: WHOLE_SLIDE_ADVICE, FileKind.DICOM: DICOM_ADVICE}


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file of a run, and how it ends where that is known without reading it.

    Attributes:
        path: The file, absolute.
        status: How it ends; None where it is to be read.
        reason: Why, in one sentence.
    """

    path: Path
    status: Status | None = None
    reason: str = ""


def discover(roots: Sequence[Path]) -> list[FoundFile]:
    """List the files below the given folders, and the given files, in the order of their names.

    Hidden files are passed over. Links to folders are not followed inside a folder.

    Raises:
        NothingToDoError: There is no image among them.
    """
    found: list[FoundFile] = []
    seen: set[Path] = set()
    for root in roots:
        for file in _below(absolute(root)):
            repeated = file.path in seen
            found.append(FoundFile(file.path, Status.SKIPPED, "Already in this run.") if repeated else file)
            seen.add(file.path)
    if not any(file.status in {None, Status.REFUSED} for file in found):
        raise NothingToDoError(_nothing_in(roots))
    return found


def _below(root: Path) -> Iterator[FoundFile]:
    if not root.is_dir():
        yield _judge_by_name(root)
        return
    unreadable: list[OSError] = []
    for folder, folders, names in os.walk(root, onerror=unreadable.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith("."):
                yield _judge_by_name(Path(folder, name))
        while unreadable:
            yield _unreadable_folder(unreadable.pop(0))
    for error in unreadable:
        yield _unreadable_folder(error)


def _unreadable_folder(error: OSError) -> FoundFile:
    return FoundFile(Path(error.filename), Status.FAILED, "The folder cannot be opened; ask for permission to read it.")


def _judge_by_name(path: Path) -> FoundFile:
    if not path.exists():
        return FoundFile(path, Status.FAILED, _VANISHED)
    kind = kind_of(path)
    if kind in _ADVICE:
        return FoundFile(path, Status.REFUSED, _ADVICE[kind])
    if not path.is_file():
        return FoundFile(path, Status.SKIPPED, "Not a file that can be read.")
    if kind is FileKind.OTHER:
        return FoundFile(path, Status.SKIPPED, "Not an image, by its name; images end in .png, .jpg, .tif, .bmp, .webp or .jp2.")
    return FoundFile(path)


def _nothing_in(roots: Sequence[Path]) -> str:
    if not any(root.exists() for root in roots):
        missing = ", ".join(printable(root) for root in roots)
        return f"{missing} is not there; check that the drive is connected and the name is right."
    names = ", ".join(printable(root) for root in roots)
    return f"There is no image in {names}; choose a folder with PNG, JPEG, TIFF, BMP, WebP or JPEG 2000 files."
