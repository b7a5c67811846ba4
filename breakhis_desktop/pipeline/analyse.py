"""Analyses a job: turns folders and files into one row per image."""

import threading
from collections.abc import Generator, Iterator, Sequence
from contextlib import AbstractContextManager, closing, nullcontext, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from breakhis_desktop.assets import program_version
from breakhis_desktop.clock import local_now
from breakhis_desktop.domain.card import ModelCard
from breakhis_desktop.domain.decision import OperatingPoint, ReviewRule
from breakhis_desktop.domain.filenames import composed
from breakhis_desktop.domain.identity import OFFICIAL, Identity, IdentityRule
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
from breakhis_desktop.pipeline.reread_identities import wait_at_other_magnification
from breakhis_desktop.pipeline.reuse import earlier_answers
from breakhis_desktop.quality.gate import GATE_VERSION
from breakhis_desktop.store.store import Store
from breakhis_desktop.store.stored_run import StoredRun
from breakhis_desktop.store.writer import only_writer
from breakhis_desktop.wording.images import ImageCode
from breakhis_desktop.wording.message import Message
from breakhis_desktop.wording.runs import RunCode

CHUNK = 32
"""Number of images read, stored and reported together."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a user asks to have analysed, and how.

    Attributes:
        inputs: Folders and files.
        point: The operating point of the run.
        gate: Whether the quality gate refuses images.
        resume: Whether to resume an existing run over the same inputs, if one was made under the same conditions.
        run_id: The number of the stored run to resume; its inputs, operating point and gate must be those of this request. None if no
            particular run is to be resumed.
        identity_rule: The rule for reading patients and magnifications, as the user wrote it; a run resumed by `run_id` keeps its own rule.
        job: The job in the window's queue that a new run belongs to.
        reuse: Whether an unchanged image takes its result from an earlier run in the store, if one was made under the same conditions.
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
class Wishes:
    """What another thread asks a run to do: end, pause until it is resumed, or use a newly chosen rule for patients.

    Attributes:
        cancel: Set to cancel.
        pause: Set to pause.
        identities: The patient and magnification that the new rule reads for each image, by position; they apply to images that have not
            been read yet.
    """

    cancel: threading.Event = field(default_factory=threading.Event)
    pause: threading.Event = field(default_factory=threading.Event)
    identities: dict[int, Identity] = field(default_factory=dict)

    def stop_asked(self) -> bool:
        """Return whether to stop reading and classifying."""
        return self.cancel.is_set() or self.pause.is_set()


def analyse(
    request: Request,
    classifier: ImageClassifier,
    store: Store,
    cancel: threading.Event,
    pause: threading.Event | None = None,
    *,
    identities: dict[int, Identity] | None = None,
) -> Generator[Event, None, None]:
    """Run both models over all inputs; each image's result is in the store before its event is yielded.

    Args:
        request: What to analyse, and how.
        classifier: The models, called on the caller's thread.
        store: The store that receives the rows.
        cancel: Once set, images not yet classified end as in `cancel_rest`; checked before each batch.
        pause: Once set, the run stops at the same point, but leaves those images for later.
        identities: The patient and magnification that a rule chosen during the run reads for each image, by position; another thread may
            add to them.

    Yields:
        One `RunStarted`, then `ImagesEnded` as images end (each image once), then one `RunEnded`, or one `RunPaused` if images remain. If
        the run is halted before its files are counted, `RunPaused` comes alone. `FilesAwaited` may come at any time before the last event.

    Raises:
        NothingToDoError: The inputs hold no image.
        StoreError: Another window or command is writing to the store, or a row cannot be written; rows already written are kept.
        UserError: The run to resume was made with different models or a different threshold, review rule, gate or identity rule, or a
            folder has disappeared; rows already written are kept.
    """
    with only_writer(store.file):
        yield from _analyse(
            request, classifier, store, Wishes(cancel, pause or threading.Event(), {} if identities is None else identities)
        )


def _analyse(request: Request, classifier: ImageClassifier, store: Store, wishes: Wishes) -> Iterator[Event]:
    try:
        run_info = yield from _begin_or_resume(request, classifier.card, store, wishes)
    except HaltedError:
        yield RunPaused()
        return
    run = store.run(run_info.run_id)
    run.reopen()
    wait_at_other_magnification(run, classifier.card)
    to_go = run.to_go()
    yield RunStarted(run_info, run.ledger().queued, frozenset(image.position for image in to_go))
    if ended_before := tuple(run.records()):
        yield ImagesEnded(ended_before)
    with _earlier_answers(request, run_info, classifier, store) if to_go else nullcontext() as answer, suppress(HaltedError):
        yield from _classify_all(to_go, classifier, run, run_info=run_info, wishes=wishes, answer=answer)
    if wishes.cancel.is_set() and (rest := cancel_rest(run)):
        yield ImagesEnded(rest)
    ledger = run.ledger()
    yield RunPaused() if ledger.to_go else RunEnded(ledger)


def _classify_all(
    to_go: Sequence[PendingImage], classifier: ImageClassifier, run: StoredRun, *, run_info: RunInfo, wishes: Wishes, answer: Answer | None
) -> Iterator[Event]:
    gate = run_info.gate_version is not None

    def read(image: PendingImage, asking: Asking) -> ReadImage:
        identified = replace(image, identity=wishes.identities.get(image.position, image.identity))
        return read_image(identified, classifier.card, gate=gate, answer=answer, asking=asking)

    def end(reads: Sequence[ReadImage]) -> Iterator[ImagesEnded]:
        if reads:
            ended = classify(reads, classifier, gate=gate, halted=wishes.stop_asked)
            run.write(ended.records, ended.thumbnails, ended.heat_maps)
            yield ImagesEnded(ended.records)

    with closing(ReadAhead(to_go, read, wishes.stop_asked, CHUNK).chunks()) as chunks:
        for reads in chunks:
            if isinstance(reads, FilesAwaited):
                yield reads
                continue
            unread = [read for read in reads if is_unread(read.record)]
            yield from end([read for read in reads if not is_unread(read.record)])
            if unread:  # the readable images have their rows by now, even if the folder has disappeared
                yield from patiently(partial(check_drives, [read.record for read in unread], run_info), wishes.stop_asked)
                yield from end(unread)


def _earlier_answers(
    request: Request, run_info: RunInfo, classifier: ImageClassifier, store: Store
) -> AbstractContextManager[Answer | None]:
    if not request.reuse:
        return nullcontext()
    # A resumed run may have begun with an earlier program version or graph; a reused result must come from the present ones.
    now = replace(run_info, file_hashes=classifier.card.all_hashes, program_version=program_version())
    return earlier_answers(store.file, now, classifier.engine_name)


def _begin_or_resume(request: Request, card: ModelCard, store: Store, wishes: Wishes) -> Generator[FilesAwaited, None, RunInfo]:
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
    rule = yield from patiently(partial(load_rule, request.identity_rule), wishes.stop_asked)
    run_info = replace(run_info, identity_rule=rule.text)
    if request.resume:
        earlier = _earlier_run(run_info, card, store)
        if earlier is not None:
            return earlier
    found = yield from patiently(partial(_search, inputs, rule, wishes), wishes.stop_asked)
    return _begin(replace(run_info, root_inodes=found.inodes), found, request.job, store)


@dataclass(frozen=True, slots=True)
class _Found:
    """The files of a new run.

    Attributes:
        inodes: The inode of each input's folder.
        files: The files, in order, with the patient and magnification that the job's rule reads from their paths.
    """

    inodes: tuple[int, ...]
    files: list[FoundFile]


def _search(inputs: Sequence[Path], rule: IdentityRule, wishes: Wishes, asking: Asking) -> _Found:
    found = discover(inputs, wishes.stop_asked, asking)
    asking(None)
    files = []
    for place, file in enumerate(found):
        if wishes.stop_asked():
            raise HaltedError
        files.append(_identified(place, file, rule))
    return _Found(inodes_of(inputs, asking), files)


def _identified(place: int, file: FoundFile, rule: IdentityRule) -> FoundFile:
    """Return a file, with what the rule reads from its path; if the rule raises an error on that path, the file is marked as failed."""
    return guarded(
        PendingImage(place, file.path),
        lambda: replace(file, identity=rule.identify(file.path)),
        lambda record: replace(file, status=record.status, reason=record.reason),
    )


def _named_run(run_id: int, run_info: RunInfo, card: ModelCard, store: Store) -> RunInfo:
    run = store.run(run_id).info()
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
        if store.run(run.run_id).to_go():
            differences = _differences(run, run_info, card)
            raise UserError(Message.of(RunCode.RUN_UNFINISHED, started=run.started, differences=differences))
    return None


def _differences(run: RunInfo, now: RunInfo, card: ModelCard) -> tuple[Message, ...]:
    """Return the settings of a run that differ from the present ones, each as a clause."""
    found = []
    if not card.made(run.model_id, run.file_hashes):
        found.append(Message.of(RunCode.DIFFERENT_MODELS, name=run.model_name, id=run.model_id))
    if run.point.threshold != now.point.threshold:
        found.append(Message.of(RunCode.DIFFERENT_POINT, name=run.point.name, threshold=run.point.threshold))
    if not _same_rule(run.review_rule, now.review_rule):
        found.append(Message.of(RunCode.DIFFERENT_REVIEW_RULE, margin=run.review_rule.margin))
    if run.gate_version != now.gate_version:
        found.append(_gate_difference(run, now))
    if composed(run.identity_rule) != composed(now.identity_rule):
        found.append(Message.of(RunCode.DIFFERENT_IDENTITY_RULE, rule=run.identity_rule or OFFICIAL))
    return tuple(found)


def _same_rule(one: ReviewRule, now: ReviewRule) -> bool:
    """Return whether a run can be resumed under its review rule: the present rule, or a rule of an earlier version with the same margin."""
    return one.margin == now.margin and one.found_at in (None, now.found_at)


def _gate_difference(run: RunInfo, now: RunInfo) -> Message:
    if run.gate_version and now.gate_version:
        return Message.of(RunCode.DIFFERENT_GATE_VERSION, version=run.gate_version)
    return Message.of(RunCode.DIFFERENT_GATE_ON if run.gate_version else RunCode.DIFFERENT_GATE_OFF)


def _begin(run_info: RunInfo, found: _Found, job: QueuedJob | None, store: Store) -> RunInfo:
    ended = [ImageRecord(place, file.path, file.status, file.reason) for place, file in enumerate(found.files) if file.status is not None]
    files, identities = [file.path for file in found.files], [file.identity for file in found.files]
    return replace(run_info, run_id=store.begin_run(run_info, files, ended, identities, job))


def cancel_rest(run: StoredRun) -> tuple[ImageRecord, ...]:
    """End and return the remaining images of a run: those waiting to be analysed again get their results back, all others are cancelled.

    Afterwards, no image with a result waits to be analysed again; this may change if the run is resumed or its rule changes.
    """
    back = run.give_back({record.position for record in run.waiting_again()})
    rest = tuple(image.ended(Status.CANCELLED, Message.of(ImageCode.CANCELLED)) for image in run.to_go())
    run.write(rest)
    run.let_stand()
    return (*back, *rest)
