"""Folders in, one row per image out."""

import threading
from collections.abc import Generator, Iterator, Sequence
from contextlib import AbstractContextManager, closing, nullcontext, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from breakhis_desktop.assets import program_version
from breakhis_desktop.clock import local_now
from breakhis_desktop.domain.decision import OperatingPoint
from breakhis_desktop.domain.filenames import composed
from breakhis_desktop.domain.identity import OFFICIAL, UNREAD, Identity, IdentityRule
from breakhis_desktop.domain.model_card import ModelCard
from breakhis_desktop.domain.queued_job import QueuedJob
from breakhis_desktop.domain.records import ImageRecord, PendingImage, RunInfo, Status
from breakhis_desktop.errors import UserError
from breakhis_desktop.files import absolute
from breakhis_desktop.pipeline.classify import ImageClassifier, classify
from breakhis_desktop.pipeline.discover import Asking, FoundFile, HaltedError, discover
from breakhis_desktop.pipeline.drive_check import check_drives, inodes_of, is_unread
from breakhis_desktop.pipeline.events import Event, FilesAwaited, ImagesEnded, RunEnded, RunPaused, RunStarted
from breakhis_desktop.pipeline.guard import guarded
from breakhis_desktop.pipeline.identities import load_rule
from breakhis_desktop.pipeline.patience import patiently
from breakhis_desktop.pipeline.read_ahead import ReadAhead
from breakhis_desktop.pipeline.read_image import Answer, ReadImage, read_image
from breakhis_desktop.pipeline.reuse import earlier_answers
from breakhis_desktop.quality.gate import GATE_VERSION
from breakhis_desktop.store.store import Store
from breakhis_desktop.store.writer import only_writer
from breakhis_desktop.wording.images import ImageCode
from breakhis_desktop.wording.message import Message
from breakhis_desktop.wording.runs import RunCode

CHUNK = 32
"""Images that are read, stored and reported together."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a user asks for.

    Attributes:
        inputs: Folders and files.
        point: The operating point that decides.
        gate: Whether the quality gate refuses images.
        resume: Whether a run over the same roots that stands in the store is gone on with.
        run_id: The run in the store that is gone on with, whose roots, operating point and gate these are; None for any other.
        identity_rule: How patient and magnification are read, as the user wrote it; a run that is gone on with by its number keeps its own.
        job: What a new run belongs to in the window's queue.
        reuse: Whether an unchanged image is answered with what an earlier run of the store found out under the same conditions.
    """

    inputs: tuple[Path, ...]
    point: OperatingPoint
    gate: bool = True
    resume: bool = False
    run_id: int | None = None
    identity_rule: str = ""
    job: QueuedJob | None = None
    reuse: bool = False


@dataclass(frozen=True, slots=True)
class Halt:
    """What another thread asks of a run: to end, or to stop and be gone on with later."""

    cancel: threading.Event = field(default_factory=threading.Event)
    pause: threading.Event = field(default_factory=threading.Event)

    def asked(self) -> bool:
        """Tell whether nothing more is to be read or classified."""
        return self.cancel.is_set() or self.pause.is_set()


def analyse(
    request: Request, classifier: ImageClassifier, store: Store, cancel: threading.Event, pause: threading.Event | None = None
) -> Generator[Event, None, None]:
    """Run both models over everything that was queued; each image is in the store before it is yielded.

    Args:
        request: What to do.
        classifier: The models, asked on the caller's thread.
        store: Where the rows go.
        cancel: Once set, the images that were not yet classified end as cancelled; it is looked at before each batch.
        pause: Once set, the run stops in the same way and keeps those images for later.

    Yields:
        One `RunStarted`, then `ImagesEnded` until every image has ended once, then one `RunEnded`; or one `RunPaused` before that, and
        that alone where it is asked to end before its files are counted. `FilesAwaited` at any time before the end.

    Raises:
        NothingToDoError: There is no image.
        StoreError: Another window or command writes the store, or a row cannot be written; what was written stays.
        UserError: The run to be resumed was made with other models, another threshold, review rule, gate or reading of patients, or a
            folder went away; what was written stays.
    """
    with only_writer(store.file):
        yield from _analyse(request, classifier, store, Halt(cancel, pause or threading.Event()))


def _analyse(request: Request, classifier: ImageClassifier, store: Store, halt: Halt) -> Iterator[Event]:
    try:
        run_info = yield from _begin_or_resume(request, classifier.card, store, halt)
    except HaltedError:
        yield RunPaused()
        return
    to_go = store.to_go(run_info.run_id)
    queued = store.ledger(run_info.run_id).queued
    yield RunStarted(run_info, queued, ended=queued - len(to_go))
    yield from _ended_before(store, run_info.run_id)
    with _earlier_answers(request, run_info, classifier, store) if to_go else nullcontext() as answer, suppress(HaltedError):
        yield from _classify_all(to_go, classifier, store, run_info=run_info, halt=halt, answer=answer)
    if halt.cancel.is_set():
        rest = cancel_rest(store, run_info.run_id)
        if rest:
            yield ImagesEnded(rest, {})
    ledger = store.ledger(run_info.run_id)
    yield RunPaused() if ledger.to_go else RunEnded(ledger)


def _classify_all(
    to_go: Sequence[PendingImage], classifier: ImageClassifier, store: Store, *, run_info: RunInfo, halt: Halt, answer: Answer | None
) -> Iterator[Event]:
    gate = run_info.gate_version is not None

    def read(image: PendingImage, asking: Asking) -> ReadImage:
        return read_image(image.position, image.path, classifier.card, gate=gate, identity=image.identity, answer=answer, asking=asking)

    def end(reads: Sequence[ReadImage]) -> Iterator[ImagesEnded]:
        if reads:
            ended = classify(reads, classifier, gate=gate, halted=halt.asked)
            store.write(run_info.run_id, ended.records, ended.thumbnails, ended.heat_maps)
            yield ImagesEnded(ended.records, ended.thumbnails)

    with closing(ReadAhead(to_go, read, halt.asked, CHUNK).chunks()) as chunks:
        for reads in chunks:
            if isinstance(reads, FilesAwaited):
                yield reads
                continue
            unread = [read for read in reads if is_unread(read.record)]
            yield from end([read for read in reads if not is_unread(read.record)])
            if unread:  # what could be read has its row by now, whatever becomes of the folder
                yield from patiently(partial(check_drives, [read.record for read in unread], run_info), halt.asked)
                yield from end(unread)


def _earlier_answers(
    request: Request, run_info: RunInfo, classifier: ImageClassifier, store: Store
) -> AbstractContextManager[Answer | None]:
    if not request.reuse:
        return nullcontext()
    # A run may be gone on with by another program or graph than began it; what would compute now is what an earlier result must be of.
    now = replace(run_info, file_hashes=classifier.card.all_hashes, program_version=program_version())
    return earlier_answers(store.file, now, classifier.engine_name)


def _begin_or_resume(request: Request, card: ModelCard, store: Store, halt: Halt) -> Generator[FilesAwaited, None, RunInfo]:
    inputs = tuple(absolute(root) for root in request.inputs)
    run_info = RunInfo(
        run_id=0,
        started=local_now().isoformat(timespec="seconds"),
        inputs=inputs,
        model_name=f"{card.name} {card.version}",
        model_id=card.model_id,
        file_hashes=card.all_hashes,
        point=request.point,
        review_rule=card.review_rule,
        program_version=program_version(),
        gate_version=GATE_VERSION if request.gate else None,
    )
    if request.run_id is not None:
        return _named_run(request.run_id, run_info, card, store)
    rule = yield from patiently(partial(load_rule, request.identity_rule), halt.asked)
    run_info = replace(run_info, identity_rule=rule.text)
    if request.resume:
        earlier = _earlier_run(run_info, card, store)
        if earlier is not None:
            return earlier
    found = yield from patiently(partial(_search, inputs, rule, halt), halt.asked)
    return _begin(replace(run_info, root_inodes=found.inodes), found, request.job, store)


@dataclass(frozen=True, slots=True)
class _Found:
    """What a new run is over.

    Attributes:
        inodes: The number that the file system gives each root's folder.
        files: The files in order.
        identities: What the job's rule reads of each.
    """

    inodes: tuple[int, ...]
    files: list[FoundFile]
    identities: list[Identity]


def _search(inputs: Sequence[Path], rule: IdentityRule, halt: Halt, asking: Asking) -> _Found:
    found = discover(inputs, halt.asked, asking)
    asking(None)
    files, identities = [], []
    for place, file in enumerate(found):
        if halt.asked():
            raise HaltedError
        identified, identity = _identified(place, file, rule)
        files.append(identified)
        identities.append(identity)
    return _Found(inodes_of(inputs, asking), files, identities)


def _identified(place: int, file: FoundFile, rule: IdentityRule) -> tuple[FoundFile, Identity]:
    """Return a file with what the rule reads of it; one whose name makes the rule fail ends there."""
    return guarded(
        ImageRecord(place, file.path, Status.FAILED),
        lambda: (file, rule.identify(file.path)),
        lambda record: (FoundFile(record.path, record.status, record.reason), UNREAD),
    )


def _named_run(run_id: int, run_info: RunInfo, card: ModelCard, store: Store) -> RunInfo:
    run = store.run_info(run_id)
    differences = _differences(run, replace(run_info, identity_rule=run.identity_rule), card)
    if differences:
        raise UserError(Message.of(RunCode.RUN_MADE_OTHERWISE, differences=differences))
    return run


def _earlier_run(run_info: RunInfo, card: ModelCard, store: Store) -> RunInfo | None:
    runs = store.runs_over(run_info.inputs)
    for run in runs:
        if not _differences(run, run_info, card):
            return run
    for run in runs:
        if store.to_go(run.run_id):
            differences = _differences(run, run_info, card)
            raise UserError(Message.of(RunCode.RUN_UNFINISHED, started=run.started, differences=differences))
    return None


def _differences(run: RunInfo, now: RunInfo, card: ModelCard) -> tuple[Message, ...]:
    """Return what decided in a run that would decide otherwise now, each as a clause."""
    found = []
    if not card.made(run.model_id, run.file_hashes):
        found.append(Message.of(RunCode.DIFFERENT_MODELS, name=run.model_name, id=run.model_id))
    if run.point.threshold != now.point.threshold:
        found.append(Message.of(RunCode.DIFFERENT_POINT, name=run.point.name, threshold=run.point.threshold))
    if run.review_rule != now.review_rule:
        found.append(Message.of(RunCode.DIFFERENT_REVIEW_RULE, margin=run.review_rule.margin))
    if run.gate_version != now.gate_version:
        found.append(_gate_difference(run, now))
    if composed(run.identity_rule) != composed(now.identity_rule):
        found.append(Message.of(RunCode.DIFFERENT_IDENTITY_RULE, rule=run.identity_rule or OFFICIAL))
    return tuple(found)


def _gate_difference(run: RunInfo, now: RunInfo) -> Message:
    if run.gate_version and now.gate_version:
        return Message.of(RunCode.DIFFERENT_GATE_VERSION, version=run.gate_version)
    return Message.of(RunCode.DIFFERENT_GATE_ON if run.gate_version else RunCode.DIFFERENT_GATE_OFF)


def _begin(run_info: RunInfo, found: _Found, job: QueuedJob | None, store: Store) -> RunInfo:
    judged = [ImageRecord(place, file.path, file.status, file.reason) for place, file in enumerate(found.files) if file.status is not None]
    files = [file.path for file in found.files]
    return replace(run_info, run_id=store.begin_run(run_info, files, judged, found.identities, job))


def _ended_before(store: Store, run_id: int) -> Iterator[ImagesEnded]:
    records = tuple(record for record in store.records(run_id) if record.status is not Status.CANCELLED)
    if records:
        yield ImagesEnded(records, store.thumbnails(run_id))


def cancel_rest(store: Store, run_id: int) -> tuple[ImageRecord, ...]:
    """End what a run has still to go as cancelled, and return it."""
    rest = tuple(
        ImageRecord(image.position, image.path, Status.CANCELLED, Message.of(ImageCode.CANCELLED), identity=image.identity)
        for image in store.to_go(run_id)
    )
    store.write(run_id, rest)
    return rest
