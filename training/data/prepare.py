"""Prepares a folder of labelled images: arrays, index and report."""

import logging
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

from breakhis_desktop.domain.progress import Progress, duration_words
from breakhis_desktop.errors import UserError
from breakhis_desktop.files import absolute, printable, write_atomically
from breakhis_desktop.wording.message import Message
from training.data.arrays import GrowingArray, refuse_without_room
from training.data.decoding import DecodedImage, decode_files
from training.data.discovery import LabelledFile, LeftOut, find_images
from training.data.folds import assign_folds, split_sha256
from training.data.index import PreparedImage, write_index
from training.data.labels import Label
from training.data.report import Findings, log_lines, make_report, report_page
from training.data.same_pixels import SamePixels, find_same_pixels
from training.disk import disk_errors
from training.wording import TrainingCode
from training.workspace import INPUT_SIDES, Workspace

_SECONDS_BETWEEN_LINES = 10.0
_log = logging.getLogger(__name__)


def prepare_images(data: Path, workspace: Workspace) -> int:
    """Decode every labelled image below a folder into a workspace.

    Args:
        data: The official BreakHis folder or a part of it; a folder of images with official names; or folders named after classes or
            subtypes, each with one folder for each patient.
        workspace: Where arrays, report and index are written; earlier files are replaced once all images are decoded.

    Returns:
        The number of images prepared; the report lists the images left out, with the reasons.

    Raises:
        UserError: The images are not fit for training, or the workspace cannot be written.
    """
    found = find_images(data)
    _folds_of([file.label for file in found.labelled])
    with _disk_errors(workspace), _unfinished_files(workspace) as unfinished:
        refuse_without_room(workspace.root, len(found.labelled))
        images, unreadable, same_pixels = _fill(unfinished, found.labelled)
        if not images:
            raise UserError(_why_nothing_is_left(unreadable))
        folds = _folds_of([image.label for image in images])
        workspace.index_file.unlink(missing_ok=True)
        for side, file in unfinished.items():
            file.replace(workspace.images_file(side))
        left_out = [*found.unreadable, *unreadable]
        report = make_report(Findings(printable(absolute(data).name), images, found, left_out, same_pixels, split_sha256(folds)))
        write_atomically(workspace.report_file, report_page(report).encode())
        write_index(images, folds, same_pixels.contradictory_accessions, workspace.index_file)
    for line in log_lines(report):
        _log.info("%s", line)
    return len(images)


def _disk_errors(workspace: Workspace) -> AbstractContextManager[None]:
    return disk_errors(Message.of(TrainingCode.PREPARED_IMAGES), workspace.root, TrainingCode.OTHER_WORK_FOLDER)


@contextmanager
def _unfinished_files(workspace: Workspace) -> Iterator[dict[int, Path]]:
    """Yield temporary files for the arrays, keyed by side, and delete any that are left at the end."""
    workspace.root.mkdir(parents=True, exist_ok=True)
    files = {side: workspace.images_file(side).with_suffix(".part") for side in INPUT_SIDES}
    _discard(files.values())
    try:
        yield files
    finally:
        _discard(files.values())


def _discard(files: Iterable[Path]) -> None:
    for file in files:
        file.unlink(missing_ok=True)


def _fill(unfinished: Mapping[int, Path], files: Sequence[LabelledFile]) -> tuple[list[PreparedImage], list[LeftOut], SamePixels]:
    """Write all images that can be read and whose class is not contradicted.

    Returns:
        The images written, the files that cannot be read, and the groups of images with the same pixels.
    """
    images: list[PreparedImage] = []
    unreadable: list[LeftOut] = []
    with ExitStack() as stack:
        arrays = {side: GrowingArray(stack.enter_context(file.open("w+b")), side) for side, file in unfinished.items()}
        for result in with_progress(decode_files(files), len(files)):
            if isinstance(result, LeftOut):
                unreadable.append(result)
                continue
            for side, array in arrays.items():
                array.append(result.inputs[side])
            images.append(PreparedImage(result.file.path, result.file.label, result.sha256, result.pixels_sha256))
        same_pixels = find_same_pixels(images)
        kept = [position for position, image in enumerate(images) if image.path not in same_pixels.unusable]
        for array in arrays.values():
            array.finish(kept)
    return [images[position] for position in kept], unreadable, same_pixels


def _why_nothing_is_left(unreadable: Sequence[LeftOut]) -> Message:
    if unreadable:
        return Message.of(TrainingCode.NO_IMAGE_USABLE, path=unreadable[0].path, reason=unreadable[0].reason)
    return Message.of(TrainingCode.ALL_IN_BOTH_CLASSES)


def with_progress(results: Iterable[DecodedImage | LeftOut], count: int) -> Iterator[DecodedImage | LeftOut]:
    """Yield the results, and log every few seconds how many of `count` images are done and how long the rest will take."""
    progress, said = Progress(time.monotonic()), time.monotonic()
    for ended, result in enumerate(results, start=1):
        yield result
        now = time.monotonic()
        progress.update(now, ended)
        left = progress.seconds_left(count - ended)
        if left is not None and now - said >= _SECONDS_BETWEEN_LINES:
            _log.info("%s of %s images prepared, %s left", f"{ended:,}", f"{count:,}", duration_words(left))
            said = now


def _folds_of(labels: Sequence[Label]) -> dict[str, int]:
    """Assign each accession to a fold.

    Raises:
        UserError: There is only one class, all images of a class come from one accession, or `assign_folds` refuses the images.
    """
    classes = {label.decision for label in labels}
    if len(classes) == 1:
        raise UserError(Message.of(TrainingCode.IMAGES_OF_ONE_CLASS, decision=classes.pop().value))
    folds = assign_folds([label.accession for label in labels], [label.stratum for label in labels])
    for decision in classes:
        accessions = {label.accession for label in labels if label.decision is decision}
        if len(accessions) == 1:
            raise UserError(Message.of(TrainingCode.CLASS_OF_ONE_ACCESSION, decision=decision.value, accession=accessions.pop()))
    return folds
