"""Checks that output files may be written: the only module that knows which files no output may replace.

Files are compared by where they lie on disk, whatever links and names lead to them. Images are recognised by their content instead: the
drives from which they were read may have stopped answering, and are not accessed again.
"""

import hashlib
import os
import re
import stat
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from breakhis_desktop import paths
from breakhis_desktop.assets import default_models
from breakhis_desktop.domain.card import CARD_FILE, FAMILIARITY_FILE, GOLDEN_FILE, GRAPH_FILE, NETWORK_FILES
from breakhis_desktop.domain.filenames import folded
from breakhis_desktop.errors import UserError
from breakhis_desktop.files import MAX_BYTES, absolute, followed, is_folder, printable, try_place
from breakhis_desktop.imaging.formats import LONGEST_START, FileKind, begins_as_image, kind_of
from breakhis_desktop.pipeline.discover import Asking, NoAnswerError
from breakhis_desktop.wording.message import Message
from breakhis_desktop.wording.runs import RunCode

_BUNDLE_FILES = (CARD_FILE, *NETWORK_FILES, GOLDEN_FILE, FAMILIARITY_FILE, GRAPH_FILE)

_Mark = tuple[object, ...]
"""A value that two paths share if they lead to the same file."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """The files that no output may replace.

    Attributes:
        home: The program's own folder.
        known: For each mark of an input, the code of a clause that tells the user what that input is.
        store: The store; None if it is temporary.
        hashes: The SHA-256 of the images that were read.
    """

    home: Path
    known: Mapping[_Mark, RunCode]
    store: Path | None
    hashes: Collection[str] = frozenset()

    def refuse(self, file: Path) -> None:
        """Raise an error if a file that is about to be written is an input.

        Raises:
            UserError: The file is an image or another input.
        """
        if kind_of(file) is not FileKind.OTHER:
            raise UserError(Message.of(RunCode.OUTPUT_NAMED_AS_IMAGE, file=printable(file)))
        what = self._what(file)
        if what is not None:
            raise UserError(_is_input(file, Message.of(what)))

    def _what(self, file: Path) -> RunCode | None:
        """Return the code of a clause that says which input a file is; None if it is not an input."""
        real = Path(os.path.realpath(file))
        if self.store is not None and _is_of_store(real, self.store):
            return RunCode.INPUT_STORE
        if _is_own(real, self.home):
            return RunCode.INPUT_OWN_FILE
        if kind_of(real) is not FileKind.OTHER or _holds_image(real, self.hashes):
            return RunCode.INPUT_IMAGE
        return next((self.known[mark] for mark in _marks(real) if mark in self.known), None)


def inputs_of(
    inputs: Sequence[Path] = (),
    *,
    store: Path | None = None,
    tables: Sequence[Path] = (),
    models: Path | None = None,
    logos: Sequence[Path] = (),
    asking: Asking = lambda _: None,
) -> Inputs:
    """Return the files that no output may replace.

    Args:
        inputs: The files and folders to analyse.
        store: The store, if the user named one.
        tables: The tables from which patients are read.
        models: The bundle's folder, if it is not the shipped one.
        logos: The logos shown in reports.
        asking: Called with each file before it is accessed.
    """
    folders = (default_models(), *([models] if models else []))
    files = {
        RunCode.INPUT_ROOT: inputs,
        RunCode.INPUT_TABLE: tables,
        RunCode.INPUT_MODELS: [folder / name for folder in folders for name in _BUNDLE_FILES],
        RunCode.INPUT_LOGO: logos,
    }
    known = {mark: what for what, found in files.items() for file in found for mark in _marks_of_input(file, asking)}
    asking(None)
    return Inputs(paths.home(), known, store)


def check_outputs(outputs: Sequence[Path], inputs: Inputs, asking: Asking = lambda _: None) -> None:
    """Check the store and the output files before a run, so that a file that cannot be written is reported before any work is done.

    Args:
        outputs: The files to be written.
        inputs: The files that no output may replace.
        asking: Called with each file before it is accessed.

    Raises:
        UserError: A file is named twice, would replace an input, is a folder, pipe, device or read-only file, or lies where nothing can be
            written.
    """
    if inputs.store is not None:
        asking(absolute(inputs.store))
        _check_store(inputs.store, inputs)
    taken: set[_Mark] = set()
    for file in outputs:
        asking(absolute(file))
        inputs.refuse(file)
        final = followed(file)
        _check_place(file, final, RunCode.OUTPUT_IS_DEVICE)
        if os.path.exists(final) and not os.access(final, os.W_OK):  # noqa: PTH110 (Path.exists raises if a folder may not be entered)
            raise UserError(Message.of(RunCode.OUTPUT_READ_ONLY, file=printable(file)))
        marks = set(_marks(file))
        if marks & taken:
            raise UserError(Message.of(RunCode.OUTPUT_NAMED_TWICE, file=printable(file)))
        taken |= marks
    asking(None)


def _check_store(store: Path, inputs: Inputs) -> None:
    real = Path(os.path.realpath(store))
    if not (_is_own(real, inputs.home) and real.suffix == ".sqlite"):  # a store kept in the program's folder is allowed
        replace(inputs, store=None).refuse(store)
    _check_place(store, real, RunCode.STORE_IS_DEVICE)


def _check_place(file: Path, final: Path, device: RunCode) -> None:
    if is_folder(file):
        raise UserError(Message.of(RunCode.OUTPUT_IS_FOLDER, file=printable(file)))
    if os.path.exists(file) and not os.path.isfile(file):  # noqa: PTH110, PTH113 (Path.exists and Path.is_file raise)
        raise UserError(Message.of(device, file=printable(file)))
    if not os.access(absolute(final).parent, os.W_OK):
        raise UserError(Message.of(RunCode.OUTPUT_NOWHERE, file=printable(file)))
    try_place(file, absolute(final))


def _is_input(file: Path, what: Message) -> Message:
    """Return the message that a path is an input; the message shows the path as the user wrote it, and the target of a link."""
    if os.path.islink(file):  # noqa: PTH114 (Path.is_symlink raises if a parent folder may not be entered)
        return Message.of(RunCode.OUTPUT_LEADS_TO_INPUT, file=printable(file), place=printable(os.path.realpath(file)), what=what)
    return Message.of(RunCode.OUTPUT_IS_INPUT, file=printable(file), what=what)


def _marks(file: Path) -> Iterator[_Mark]:
    """Yield marks that any other path to the same file shares, even if the file does not exist yet."""
    real = Path(os.path.realpath(file))
    yield "path", str(real)
    yield from _node(real)
    folder = next(_node(real.parent), str(real.parent))
    yield "name", folder, folded(real.name)


def _marks_of_input(file: Path, asking: Asking) -> Iterator[_Mark]:
    """Yield the marks of an input.

    An existing file is not marked by its name, because the mark of a name ignores case, and a folder may hold both `a` and `A`.
    """
    try:
        asking(absolute(file))
    except NoAnswerError:  # a file that does not answer cannot be overwritten either
        yield "path", str(absolute(file))
        return
    path, *others = _marks(file)
    yield path
    yield others[0]


def _node(path: Path) -> Iterator[_Mark]:
    """Yield a file's device and inode, which all its hard links share, if the file exists and has an inode."""
    try:
        status = os.stat(path)  # noqa: PTH116 (like the other calls on arbitrary paths)
    except (OSError, ValueError):
        return
    if status.st_ino:
        yield "node", status.st_dev, status.st_ino


def _is_of_store(real: Path, store: Path) -> bool:
    """Return whether a file is the store, a copy that the program keeps of it, or a file that SQLite or a lock puts beside it."""
    for place in {absolute(store), Path(os.path.realpath(store))}:
        name = re.escape(folded(place.name))
        parts = rf"{name}(?:-wal|-shm|-journal|\.version-.*|\.damaged-.*)?|\.{name}\..*"
        if _is_same_folder(real.parent, place.parent) and re.fullmatch(parts, folded(real.name), re.DOTALL):
            return True
    return any(mark in set(_node(real)) for mark in _node(store))


def _is_same_folder(one: Path, other: Path) -> bool:
    return os.path.realpath(one) == os.path.realpath(other) or any(mark in set(_node(one)) for mark in _node(other))


def _is_own(real: Path, home: Path) -> bool:
    """Return whether a file is one that the program keeps in its own folder."""
    above = _same_folder_above(real, home)
    return above is not None and paths.is_own(real.relative_to(above).parts[0])


def is_below(file: Path, folder: Path) -> bool:
    """Return whether a file lies, or would lie once created, anywhere below a folder, whatever names and links lead to either."""
    return _same_folder_above(Path(os.path.realpath(file)), folder) is not None


def _same_folder_above(real: Path, folder: Path) -> Path | None:
    return next((above for above in real.parents if _is_same_folder(above, folder)), None)


def _holds_image(file: Path, hashes: Collection[str]) -> bool:
    """Return whether a file starts like an image or has the hash of an image that was read; the hash also recognises damaged images."""
    try:
        size = _size(file)
        if not size:
            return False
        with file.open("rb") as stream:
            if begins_as_image(stream.read(LONGEST_START)):
                return True
            stream.seek(0)
            return bool(hashes) and size <= MAX_BYTES and hashlib.file_digest(stream, "sha256").hexdigest() in hashes
    except OSError:  # an unreadable file was not an image of any run; whether it can be written is checked elsewhere
        return False


def _size(file: Path) -> int:
    """Return the size of a file; 0 if it is not a regular file, because opening a pipe would block."""
    status = file.stat()
    return status.st_size if stat.S_ISREG(status.st_mode) else 0
