"""Copies images with a known diagnosis from a run into a training folder, in the layout that `python -m training prepare` reads."""

import errno
import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path, PurePath

from breakhis_desktop import paths
from breakhis_desktop.domain.filenames import folded, parse_official_name
from breakhis_desktop.domain.records import ImageRecord, RunInfo
from breakhis_desktop.domain.truth import Truth, truths
from breakhis_desktop.errors import ImageError, UserError
from breakhis_desktop.files import printable, read_bytes, why_unreadable
from breakhis_desktop.pipeline.check_outputs import is_below
from breakhis_desktop.pipeline.patience import Reader
from breakhis_desktop.pipeline.unfinished import folder_in_the_making, remove_unfinished
from breakhis_desktop.reporting.provenance import Origin, provenance_csv
from breakhis_desktop.store.store import Store
from breakhis_desktop.wording.message import Message
from breakhis_desktop.wording.runs import RunCode

PROVENANCE = "provenance.csv"

_MISREAD = re.compile(r"\D*|\d{1,4}x|(?:com|lpt)\d(?:\..*)?", re.ASCII | re.IGNORECASE | re.DOTALL)
"""Patient names that the trainer could mistake for a class or a magnification, and names that Windows reserves for devices."""

_LONGEST_NAME = 255
"""Maximum length of a file name in bytes."""


@dataclass(frozen=True, slots=True)
class TruthExport:
    """The result of an export.

    Attributes:
        folder: The new folder.
        images: The number of images copied into it.
        left_out: The number of images left out; `provenance.csv` in the folder gives the reasons.
    """

    folder: Path
    images: int
    left_out: int


def export_truth(store_file: Path, run_id: int, target: Path, *, official: bool) -> TruthExport:
    """Copy images with a known truth into a new folder as `CLASS/PATIENT/MAGNIFICATION/file`, with a table of their provenance.

    Args:
        store_file: The store.
        run_id: The run.
        target: The folder to create; it appears once it is complete.
        official: Whether to copy also the images whose truth comes only from their official name.

    Raises:
        StoreError: The store cannot be read.
        UserError: There is nothing to copy, or the folder already exists, lies inside an analysed folder or cannot be written.
    """
    with Store(store_file) as store, store.unchanging():
        run = store.run(run_id)
        run_info, records, reviews = run.info(), run.records(), run.reviews()
    known = truths(records, reviews)
    chosen = [(record, known[record.position]) for record in records if _is_chosen(known.get(record.position), official=official)]
    _check(target, run_info, chosen)
    remove_unfinished(paths.home())
    with _export_errors(target), folder_in_the_making(target, paths.home()) as folder:
        origins = list(_copy_all(chosen, folder))
        images = sum(origin.place is not None for origin in origins)
        if not images:
            name, reason = printable(origins[0].record.path.name), origins[0].left_out
            raise UserError(Message.of(RunCode.TRUTH_NONE_COPIED, name=name, reason=reason))
        (folder / PROVENANCE).write_bytes(provenance_csv(run_info, origins))
    return TruthExport(target, images, len(origins) - images)


def _is_chosen(truth: Truth | None, *, official: bool) -> bool:
    return truth is not None and (official or truth.review is not None)


def _check(target: Path, run_info: RunInfo, chosen: Sequence[object]) -> None:
    if not chosen:
        raise UserError(Message.of(RunCode.TRUTH_NOT_REVIEWED))
    if os.path.lexists(target):
        raise UserError(Message.of(RunCode.TRUTH_FOLDER_TAKEN, path=printable(target)))
    if any(is_below(target, root) for root in run_info.inputs):
        raise UserError(Message.of(RunCode.TRUTH_FOLDER_IN_ROOT, path=printable(target)))


@contextmanager
def _export_errors(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        message = Message.of(RunCode.TRUTH_NOT_WRITTEN, path=printable(target), error=error.strerror or str(error))
        raise UserError(message) from error


def _copy_all(chosen: Iterable[tuple[ImageRecord, Truth]], folder: Path) -> Iterator[Origin]:
    taken: set[str] = set()
    reader = Reader()
    for record, truth in chosen:
        origin = Origin(record, truth)
        content = _content_of(origin, reader)
        if isinstance(content, Message):
            yield replace(origin, left_out=content)
            continue
        place = _free(_place_of(record, truth), taken)
        taken.add(folded(place.as_posix()))
        yield (
            replace(origin, place=place)
            if _is_written(folder / place, content)
            else replace(origin, left_out=Message.of(RunCode.TRUTH_NAME_TOO_LONG))
        )


def _is_written(file: Path, content: bytes) -> bool:
    """Write a copy; return False if its name is too long for this disk."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    except OSError as error:
        if error.errno != errno.ENAMETOOLONG:
            raise
        return False
    return True


def _content_of(origin: Origin, reader: Reader) -> bytes | Message:
    """Return the bytes that were analysed, or why the image cannot be used for training."""
    if origin.truth.contradicted:
        return Message.of(RunCode.TRUTH_CONTRADICTED)
    try:
        content = reader.read(origin.record.path, read_bytes)
    except ImageError as error:
        return error.message
    except OSError as error:
        return why_unreadable(error)
    if hashlib.sha256(content).hexdigest() != origin.record.sha256:
        return Message.of(RunCode.TRUTH_FILE_CHANGED)
    return content


def _place_of(record: ImageRecord, truth: Truth) -> PurePath:
    parts = [truth.subtype.code if truth.subtype else truth.decision.value]
    if record.patient_id:
        parts.append(patient_folder(record.patient_id))
    if record.magnification:
        parts.append(f"{record.magnification}X")
    return PurePath(*parts, record.path.name)


def patient_folder(patient_id: str) -> str:
    """Return a folder name for a patient: the id if possible, else a name that every system allows and the trainer reads as a patient."""
    safe = "".join(letter if letter.isalnum() or letter in " -_.()" else f"%{ord(letter):02x}" for letter in patient_id)
    if safe[0] in " ." or safe[-1] in " ." or _MISREAD.fullmatch(safe):
        safe = f"patient {safe}_" if safe[-1] in " ." else f"patient {safe}"
    if len(safe.encode()) <= _LONGEST_NAME:
        return safe
    return _lengthened(safe, f" {hashlib.sha256(patient_id.encode()).hexdigest()[:12]}")  # keeps apart two ids that begin alike


def _lengthened(stem: str, ending: str) -> str:
    """Return stem and ending as a file name of valid length, shortening the stem if necessary."""
    while len(os.fsencode(f"{stem}{ending}")) > _LONGEST_NAME:
        stem = stem[:-1]
    return f"{stem}{ending}"


def _free(place: PurePath, taken: set[str]) -> PurePath:
    """Return a path that no other copy has, even if a file system ignores case and Unicode normalisation."""
    if folded(place.as_posix()) not in taken:
        return place
    is_official = parse_official_name(place.name) is not None  # the trainer parses it: keep the name, change the folder
    others = (place.parent / str(number) / place.name if is_official else _numbered(place, number) for number in count(2))
    return next(other for other in others if folded(other.as_posix()) not in taken)


def _numbered(place: PurePath, number: int) -> PurePath:
    return place.with_name(_lengthened(place.stem, f" {number}{place.suffix}"))
