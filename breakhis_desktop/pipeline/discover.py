"""From what a user queued to the files of a run, each once."""

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from breakhis_desktop.domain.filenames import absolute, printable
from breakhis_desktop.domain.records import Status
from breakhis_desktop.errors import NothingToDoError
from breakhis_desktop.imaging.formats import DICOM_ADVICE, WHOLE_SLIDE_ADVICE, FileKind, kind_of

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


class HaltedError(Exception):
    """The search was to end before it had looked everywhere."""


def discover(roots: Sequence[Path], halted: Callable[[], bool] = lambda: False) -> list[FoundFile]:
    """List the files below the given folders, and the given files, in the order of their names.

    Hidden files are passed over. Inside a folder, a link to another folder is not followed but skipped.

    Args:
        roots: Folders and files.
        halted: Looked at before each file; once it is true, the search ends.

    Raises:
        NothingToDoError: There is no image among them.
        HaltedError: The search was to end.
    """
    found: list[FoundFile] = []
    seen: set[Path] = set()
    for root in roots:
        for file in _below(absolute(root)):
            if halted():
                raise HaltedError
            repeated = file.path in seen
            found.append(FoundFile(file.path, Status.SKIPPED, "Already in this run.") if repeated else file)
            seen.add(file.path)
    if not any(file.status in {None, Status.REFUSED} for file in found):
        raise NothingToDoError(_nothing_in(roots, found))
    return found


def why_unreadable(error: OSError) -> str:
    """Return in one sentence with advice why a file or folder cannot be read."""
    match error:
        case FileNotFoundError():
            return "It is not there; check that the drive is connected and the name is right."
        case PermissionError():
            return "It may not be opened; ask for permission to read it."
    return f"It cannot be read ({error.strerror}); check the drive and the name."


def _below(root: Path) -> Iterator[FoundFile]:
    if not os.path.isdir(root):  # noqa: PTH112 (Path.is_dir raises where a folder above may not be entered)
        yield _judge_by_name(root)
        return
    unreadable: list[OSError] = []
    for folder, folders, names in os.walk(root, onerror=unreadable.append):
        yield from _links_to_folders(folder, folders)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith("."):
                yield _judge_by_name(Path(folder, name))
    for error in unreadable:
        yield FoundFile(Path(error.filename), Status.FAILED, why_unreadable(error))


def _links_to_folders(folder: str, names: Sequence[str]) -> Iterator[FoundFile]:
    for name in sorted(names):
        path = Path(folder, name)
        if not name.startswith(".") and path.is_symlink():
            yield FoundFile(path, Status.SKIPPED, "A link to a folder; add that folder itself.")


def _judge_by_name(path: Path) -> FoundFile:
    try:
        mode = path.stat().st_mode
    except OSError as error:
        return FoundFile(path, Status.FAILED, why_unreadable(error))
    kind = kind_of(path)
    if kind in _ADVICE:
        return FoundFile(path, Status.REFUSED, _ADVICE[kind])
    if not stat.S_ISREG(mode):
        return FoundFile(path, Status.SKIPPED, "Not a file that can be read.")
    if kind is FileKind.OTHER:
        return FoundFile(path, Status.SKIPPED, "Not an image, by its name; images end in .png, .jpg, .tif, .bmp, .webp or .jp2.")
    return FoundFile(path)


def _nothing_in(roots: Sequence[Path], found: Sequence[FoundFile]) -> str:
    for file in found:
        if file.status is Status.FAILED:
            return f"There is nothing to analyse in {printable(file.path)}. {file.reason}"
    names = ", ".join(printable(root) for root in roots)
    return f"There is no image in {names}; choose a folder with PNG, JPEG, TIFF, BMP, WebP or JPEG 2000 files."
