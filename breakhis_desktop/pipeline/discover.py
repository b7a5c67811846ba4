"""Finds the files of a run in the folders and files that the user queued."""

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from breakhis_desktop.domain.identity import UNREAD, Identity
from breakhis_desktop.domain.natural_order import natural_key
from breakhis_desktop.domain.records import Status
from breakhis_desktop.endings import UNREAD_SUFFIXES
from breakhis_desktop.errors import NothingToDoError
from breakhis_desktop.files import absolute, printable, why_unreadable
from breakhis_desktop.imaging.formats import FileKind, kind_of
from breakhis_desktop.wording.files import FileCode
from breakhis_desktop.wording.images import ImageCode
from breakhis_desktop.wording.message import Message
from breakhis_desktop.wording.runs import RunCode

_REFUSED = {FileKind.WHOLE_SLIDE: ImageCode.WHOLE_SLIDE, FileKind.DICOM: ImageCode.DICOM}

Asking = Callable[[Path | None], object]
"""Called with each path before it is accessed, so that a path that does not answer can be named; called with None after the last answer.

Raises `NoAnswerError` if the path, its folder or two other paths in its folder have already failed to answer.
"""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file of a run, with its outcome if that is known without reading it.

    Attributes:
        path: The file, absolute.
        status: The outcome; None if the file is still to be read.
        reason: The reason for the outcome; None if the file is still to be read.
        identity: The patient and magnification that the job's rule reads from the path.
    """

    path: Path
    status: Status | None = None
    reason: Message | None = None
    identity: Identity = UNREAD


class HaltedError(Exception):
    """The search was halted before it was complete."""


class NoAnswerError(TimeoutError):
    """A file or folder does not answer, or is not accessed because it or its folder has failed to answer; `filename` names it."""


def discover(inputs: Sequence[Path], halted: Callable[[], bool] = lambda: False, asking: Asking = lambda _: None) -> list[FoundFile]:
    """List the given files and all files below the given folders, in natural order.

    Hidden files and folders inside a folder are ignored. A link to a folder, found inside a folder, is not followed but listed as skipped.
    A file that was found before is listed as skipped, too. A file or folder about which the system refuses information is listed as failed.

    Args:
        inputs: Folders and files.
        halted: Checked before each file; once it returns True, the search ends.
        asking: Called with each path before it is accessed.

    Raises:
        NothingToDoError: The inputs hold no image.
        HaltedError: The search was halted.
    """
    found: list[FoundFile] = []
    seen: set[Path] = set()
    real_folder = cache(lambda folder: Path(os.path.realpath(folder)))
    for root in map(absolute, inputs):
        real = _real_place(root, real_folder, asking)
        for file in _below(root, asking):
            if halted():
                raise HaltedError
            place = real / file.path.relative_to(root)
            found.append(FoundFile(file.path, Status.SKIPPED, Message.of(ImageCode.ALREADY_IN_RUN)) if place in seen else file)
            seen.add(place)
    if not any(file.status in {None, Status.REFUSED} for file in found):
        raise NothingToDoError(_nothing_in(inputs, found))
    return found


def _below(root: Path, asking: Asking) -> Iterator[FoundFile]:
    """List a folder recursively, without `os.walk`, which cannot go deeper than Python's stack and silently drops a folder on an error."""
    if not _is_there_as_folder(root, asking):
        yield _decide_by_name(root, asking, was_named=True)
        return
    folders = [root]
    while folders:
        listing = _list(folders.pop(), asking)
        yield from listing.ended
        for file in listing.files:
            yield _decide_by_name(file, asking, was_named=False)
        folders += reversed(listing.folders)


def _real_place(root: Path, real_folder: Callable[[Path], Path], asking: Asking) -> Path:
    """Return where an input lies, with links to its folder resolved; two links to the same file count as two files."""
    try:
        asking(root)
        if os.path.isdir(root):  # noqa: PTH112 (Path.is_dir raises if a parent folder may not be entered)
            return real_folder(root)
        return real_folder(root.parent) / root.name
    except (OSError, ValueError):  # reported when the input itself is examined
        return root


def _is_there_as_folder(root: Path, asking: Asking) -> bool:
    """Return whether to search an input as a folder; errors are reported when the input itself is examined."""
    try:
        asking(root)
        return os.path.isdir(root)  # noqa: PTH112 (Path.is_dir raises if a parent folder may not be entered)
    except NoAnswerError:
        return False


@dataclass(frozen=True, slots=True)
class _Listing:
    """The contents of a folder in natural order; `ended` holds entries that need no further reading."""

    folders: list[Path]
    files: list[Path]
    ended: list[FoundFile]


def _list(folder: Path, asking: Asking) -> _Listing:
    listing, entries = _Listing([], [], []), []
    try:
        asking(folder)
        with os.scandir(folder) as listed:
            for entry in listed:
                entries.append(entry)  # keep what was listed before an error
                asking(folder)  # restart the wait: a slow listing is still an answer
    except OSError as error:
        listing.ended.append(FoundFile(folder, Status.FAILED, why_unreadable(error)))
    for entry in sorted(filter(_is_shown, entries), key=lambda entry: natural_key(entry.name)):
        path = folder / entry.name
        if not _is_folder(entry, path, asking):
            listing.files.append(path)
        elif _is_link(entry):
            listing.ended.append(FoundFile(path, Status.SKIPPED, Message.of(ImageCode.LINK_TO_FOLDER)))
        else:
            listing.folders.append(path)
    return listing


def _is_shown(entry: os.DirEntry[str]) -> bool:
    return not entry.name.startswith(".")


def _is_folder(entry: os.DirEntry[str], path: Path, asking: Asking) -> bool:
    """Return whether an entry is a folder; errors are reported when the file is examined."""
    try:
        asking(path)
        return entry.is_dir()
    except OSError:
        return False


def _is_link(entry: os.DirEntry[str]) -> bool:
    """Return whether an entry is a link or junction to a folder elsewhere; errors are reported when the folder is listed."""
    try:
        return entry.is_symlink() or (hasattr(entry, "is_junction") and entry.is_junction())
    except OSError:
        return False


def _decide_by_name(path: Path, asking: Asking, *, was_named: bool) -> FoundFile:
    """Decide from name and type whether a file is to be read, skipped or refused, or has failed."""
    kind = kind_of(path)
    try:
        asking(path)
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        if kind is FileKind.OTHER and not was_named and _leads_nowhere(path, error):
            return FoundFile(path, Status.SKIPPED, Message.of(ImageCode.NOT_AN_IMAGE))
        return FoundFile(path, Status.FAILED, why_unreadable(error))
    if kind in _REFUSED:
        return FoundFile(path, Status.REFUSED, Message.of(_REFUSED[kind]))
    if not stat.S_ISREG(mode):
        return FoundFile(path, Status.SKIPPED, Message.of(FileCode.NO_REGULAR_FILE))
    return _decide_other(path) if kind is FileKind.OTHER else FoundFile(path)


def _decide_other(path: Path) -> FoundFile:
    """Decide whether a file that the program does not read is refused, as an image in another format, or skipped."""
    suffix = path.suffix.lower()
    if suffix in UNREAD_SUFFIXES:
        return FoundFile(path, Status.REFUSED, Message.of(ImageCode.OTHER_FORMAT, kind=suffix[1:].upper()))
    return FoundFile(path, Status.SKIPPED, Message.of(ImageCode.NOT_AN_IMAGE))


def _leads_nowhere(path: Path, error: OSError | ValueError) -> bool:
    """Return whether a listed file is a dangling link or has disappeared, and so holds no image."""
    return isinstance(error, FileNotFoundError) or os.path.islink(path)  # noqa: PTH114 (Path.is_symlink raises without permission)


def _nothing_in(inputs: Sequence[Path], found: Sequence[FoundFile]) -> Message:
    for file in found:
        if file.status is Status.FAILED and file.reason is not None:
            return Message.of(RunCode.RUN_NOTHING_IN, path=printable(file.path), reason=file.reason)
    return Message.of(RunCode.RUN_WITHOUT_IMAGES, roots=tuple(map(printable, inputs)))
