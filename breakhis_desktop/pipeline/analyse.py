"""Folders in, one row per image out."""

import os
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from breakhis_desktop.assets import program_version
from breakhis_desktop.domain.decision import OperatingPoint
from breakhis_desktop.domain.filenames import absolute
from breakhis_desktop.domain.model_card import ModelCard
from breakhis_desktop.domain.records import ImageRecord, RunFacts, Status
from breakhis_desktop.errors import UserError
from breakhis_desktop.pipeline.classify import ImageClassifier, classify
from breakhis_desktop.pipeline.discover import discover
from breakhis_desktop.pipeline.events import Event, ImagesEnded, RunEnded, RunStarted
from breakhis_desktop.pipeline.presence import check_presence
from breakhis_desktop.pipeline.read_image import ReadImage, read_image
from breakhis_desktop.store.store import Store
from breakhis_desktop.store.writer import only_writer

CHUNK = 32
"""Images that are classified, stored and reported together; a cancel is felt after one chunk."""

_CHUNKS_READ_AHEAD = 2


@dataclass(frozen=True, slots=True)
class Request:
    """What a user asks for.

    Attributes:
        roots: Folders and files.
        point: The operating point that decides.
        gate: Whether the quality gate refuses images.
        resume: Whether a run over the same roots that stands in the store is gone on with.
    """

    roots: tuple[Path, ...]
    point: OperatingPoint
    gate: bool = True
    resume: bool = False


def analyse(request: Request, classifier: ImageClassifier, store: Store, cancel: threading.Event) -> Iterator[Event]:
    """Run both models over everything that was queued; each image is in the store before it is yielded.

    Args:
        request: What to do.
        classifier: The models, asked on the caller's thread.
        store: Where the rows go.
        cancel: Once set, the images that were not yet classified end as cancelled.

    Yields:
        One `RunStarted`, then `ImagesEnded` until every image has ended once, then one `RunEnded`.

    Raises:
        NothingToDoError: There is no image.
        StoreError: Another window or command writes the store, or a row cannot be written; what was written stays.
        UserError: The run to be resumed was made with other models or another threshold, or a folder went away; what was written stays.
    """
    with only_writer(store.file):
        yield from _analyse(request, classifier, store, cancel)


def _analyse(request: Request, classifier: ImageClassifier, store: Store, cancel: threading.Event) -> Iterator[Event]:
    facts = _begin_or_resume(request, classifier.card, store)
    to_go = store.to_go(facts.run_id)
    queued = store.ledger(facts.run_id).queued
    yield RunStarted(facts, queued, ended=queued - len(to_go))
    yield from _ended_before(store, facts.run_id)
    for reads in _read_in_order(to_go, classifier.card, gate=facts.gate, cancel=cancel):
        check_presence([read.record for read in reads], facts.roots)
        ended = classify(reads, classifier, gate=facts.gate)
        store.write(facts.run_id, ended.records, ended.thumbnails, ended.heat_maps)
        yield ImagesEnded(ended.records, ended.thumbnails)
    if cancel.is_set():
        yield from _cancel_rest(store, facts.run_id)
    yield RunEnded(store.ledger(facts.run_id))


def _begin_or_resume(request: Request, card: ModelCard, store: Store) -> RunFacts:
    roots = tuple(absolute(root) for root in request.roots)
    facts = RunFacts(
        run_id=0,
        started=datetime.now().astimezone().isoformat(timespec="seconds"),
        roots=roots,
        model_name=f"{card.name} {card.version}",
        model_id=card.model_id,
        file_hashes=dict(card.file_hashes),
        point=request.point,
        review_rule=card.review_rule,
        program_version=program_version(),
        gate=request.gate,
    )
    if request.resume:
        earlier = _earlier_run(facts, store)
        if earlier is not None:
            return earlier
    return _begin(facts, store)


def _earlier_run(facts: RunFacts, store: Store) -> RunFacts | None:
    runs = store.runs_over(facts.roots)
    for run in runs:
        if _decides_alike(run, facts):
            return run
    for run in runs:
        if store.to_go(run.run_id):
            raise UserError(
                f"The store holds an unfinished run of {run.started} over the same files, made with other models, another threshold or "
                "another gate; finish it with those, or name another store."
            )
    return None


def _decides_alike(one: RunFacts, other: RunFacts) -> bool:
    return (one.model_id, one.point, one.review_rule, one.gate) == (other.model_id, other.point, other.review_rule, other.gate)


def _begin(facts: RunFacts, store: Store) -> RunFacts:
    found = discover(facts.roots)
    judged = [ImageRecord(position, file.path, file.status, file.reason) for position, file in enumerate(found) if file.status is not None]
    return replace(facts, run_id=store.begin_run(facts, [file.path for file in found], judged))


def _ended_before(store: Store, run_id: int) -> Iterator[ImagesEnded]:
    records = tuple(record for record in store.records(run_id) if record.status is not Status.CANCELLED)
    if records:
        yield ImagesEnded(records, store.thumbnails(run_id))


def _read_in_order(files: Sequence[tuple[int, Path]], card: ModelCard, *, gate: bool, cancel: threading.Event) -> Iterator[list[ReadImage]]:
    """Yield chunks of read images in order, while other threads read the next ones."""
    read = partial(read_image, card=card, gate=gate)
    waiting: deque[list[Future[ReadImage]]] = deque()
    pool = ThreadPoolExecutor(os.cpu_count(), thread_name_prefix="read")
    try:
        for start in range(0, len(files), CHUNK):
            waiting.append([pool.submit(read, *file) for file in files[start : start + CHUNK]])
            if len(waiting) > _CHUNKS_READ_AHEAD:
                yield from _read_chunk(waiting.popleft(), cancel)
            if cancel.is_set():
                return
        while waiting and not cancel.is_set():
            yield from _read_chunk(waiting.popleft(), cancel)
    finally:
        pool.shutdown(cancel_futures=True)


def _read_chunk(reading: Sequence[Future[ReadImage]], cancel: threading.Event) -> Iterator[list[ReadImage]]:
    """Wait for a chunk, and yield it unless the run is cancelled meanwhile."""
    reads = []
    for future in reading:
        if cancel.is_set():
            return
        reads.append(future.result())
    yield reads


def _cancel_rest(store: Store, run_id: int) -> Iterator[ImagesEnded]:
    rest = tuple(
        ImageRecord(position, path, Status.CANCELLED, "Cancelled before it was classified.") for position, path in store.to_go(run_id)
    )
    if rest:
        store.write(run_id, rest)
        yield ImagesEnded(rest, {})
