"""`breakhis-classify`: the window's pipeline on the command line."""

import argparse
import io
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import NoReturn

from breakhis_desktop import paths
from breakhis_desktop.assets import default_models, program_version
from breakhis_desktop.domain.decision import OperatingPoint
from breakhis_desktop.domain.filenames import absolute, printable
from breakhis_desktop.domain.identity import OFFICIAL
from breakhis_desktop.domain.model_card import DEFAULT_POINT, ModelCard
from breakhis_desktop.domain.notice import RESEARCH_USE
from breakhis_desktop.domain.operating_curve import custom_point
from breakhis_desktop.domain.progress import Progress, duration_words
from breakhis_desktop.domain.records import ImageRecord, Ledger, RunFacts, Status
from breakhis_desktop.errors import UserError
from breakhis_desktop.inference.deferred import DeferredClassifier
from breakhis_desktop.inference.devices import CPU, DEVICES
from breakhis_desktop.inference.engine import ENGINES
from breakhis_desktop.inference.installed import clear_interrupted
from breakhis_desktop.logs import start_log
from breakhis_desktop.pipeline.analyse import Request, analyse
from breakhis_desktop.pipeline.check_outputs import check_outputs, inputs_of
from breakhis_desktop.pipeline.events import ImagesEnded, RunEnded, RunPaused, RunStarted
from breakhis_desktop.pipeline.export_run import Export, ExportFormat, export_run
from breakhis_desktop.pipeline.unfinished import remove_unfinished
from breakhis_desktop.reporting.report import ReportOptions
from breakhis_desktop.store.recovery import move_store
from breakhis_desktop.store.store import Store
from breakhis_desktop.store.temporary import remove_abandoned, temporary_store

DONE, SOME_NOT_DONE, NOTHING_RAN, BUG, CANCELLED = 0, 1, 2, 70, 130

_log = logging.getLogger(__name__)


def main(arguments: Sequence[str] | None = None) -> int:
    """Classify what the command line names; return the exit status.

    Returns:
        0 every image done; 1 some failed or refused; 2 nothing could run; 70 a bug; 130 cancelled.
    """
    options = _parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        start_log()
        remove_abandoned(paths.home())
        clear_interrupted(paths.models_folder())
        remove_unfinished(paths.home())
        return _classify(options)
    except UserError as error:
        _tell(f"breakhis-classify: {error}")
        return NOTHING_RAN
    except KeyboardInterrupt:
        return CANCELLED
    except Exception:  # noqa: BLE001 (what is left is a bug: it is logged, and told once)
        _log.exception("breakhis-classify stopped")
        _tell("breakhis-classify: something went wrong that should not; the log says more. Please report it.")
        return BUG


def _tell(words: str) -> None:
    """Print to stderr, where there is one."""
    if sys.stderr is not None:
        print(printable(words), file=sys.stderr)


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints repeat arguments, which may be names of files, without what steers a terminal."""

    def error(self, message: str) -> NoReturn:
        """Print a complaint and leave."""
        super().error(printable(message))


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="breakhis-classify",
        description="Classifies breast histology fields as benign or malignant and by subtype. " + RESEARCH_USE,
        epilog="Exit status: 0 every image done, 1 some failed or refused or an output could not be written, "
        "2 nothing could run, 70 a bug, 130 cancelled.",
    )
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="folder, with all below it, or image")
    for kind in ExportFormat:
        parser.add_argument(f"--{kind}", type=Path, metavar="FILE", help=f"write the results as {kind.upper()}")
    parser.add_argument("--case", metavar="PATIENT", help="with --pdf: report this patient's images alone, each large")
    decides = parser.add_mutually_exclusive_group()
    decides.add_argument("--operating-point", default=DEFAULT_POINT, metavar="NAME", help="one of the model card's; default: %(default)s")
    decides.add_argument("--threshold", type=_probability, metavar="X", help="malignant from this probability upwards, 0 to 1")
    parser.add_argument("--engine", choices=ENGINES, default=ENGINES[0], help="what computes the networks; default: %(default)s")
    parser.add_argument(
        "--device",
        choices=DEVICES,
        default=CPU,
        help="the device that onnxruntime computes on; all but the CPU are untested, and the CPU computes where another does not give the "
        "known probabilities; default: %(default)s",
    )
    parser.add_argument("--models", type=Path, metavar="DIR", help="another model bundle than the one that ships")
    parser.add_argument(
        "--store", type=Path, metavar="FILE", help="keep the run in this file; the same call resumes it, or exports it again"
    )
    parser.add_argument(
        "--reuse",
        action="store_true",
        help="with --store: give an unchanged image the result of an earlier run there, if models, gate, engine, magnification and "
        "version of the program are the same",
    )
    parser.add_argument(
        "--patients",
        default=OFFICIAL,
        metavar="RULE",
        help="how patient and magnification are read: official (names as BreakHis has them), folder (the patient is the folder above), "
        "pattern:PATTERN (such as {patient}_{magnification}x_* or a regular expression with these named groups), or csv:FILE (with the "
        "columns file, patient and magnification); what a rule leaves open, an official name may still say; default: %(default)s",
    )
    parser.add_argument("--no-gate", action="store_true", help="judge images that the quality gate would refuse")
    parser.add_argument("--version", action="version", version=f"%(prog)s {program_version()}")
    return parser


def _probability(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text} is no number from 0 to 1; write one such as 0.5")
    return value


def _classify(options: argparse.Namespace) -> int:
    exports = [Export(kind, getattr(options, kind)) for kind in ExportFormat if getattr(options, kind)]
    if options.case and not options.pdf:
        raise UserError("A case is told in a PDF; name its file with --pdf.")
    if options.reuse and not options.store:
        raise UserError("Earlier runs stand in a store; name its file with --store.")
    inputs = inputs_of(options.paths, store=options.store, rule=options.patients, models=options.models)
    check_outputs([export.file for export in exports], inputs)
    with _store_file(options.store) as file:
        card, facts, ledger, records = _run(options, file)
        _tell(f"{ledger}. {RESEARCH_USE}")
        _tell_of_earlier_runs(records)
        if ledger.cancelled and options.store:
            _tell("The same call resumes the run.")
        if not exports:
            _print_table(facts, records)
        reported = ReportOptions(patient=options.case or "")
        written = _export_all(exports, partial(export_run, file, facts.run_id, options=reported, card=card, inputs=inputs))
        if not written and not options.store:
            _keep(file)
    if ledger.cancelled:
        return CANCELLED
    return SOME_NOT_DONE if ledger.failed or ledger.refused or not written else DONE


def _tell_of_earlier_runs(records: Sequence[ImageRecord]) -> None:
    taken = [record.reused_from for record in records if record.reused_from is not None]
    if taken:
        _tell(f"{len(taken):,} of them are results of earlier runs over the same files; the column reused_from names the run.")


def _store_file(chosen: Path | None) -> AbstractContextManager[Path]:
    """Give the store that the user named, or one for this call alone."""
    return nullcontext(absolute(chosen)) if chosen is not None else temporary_store(paths.home())


def _keep(store_file: Path) -> None:
    """Move the store of this call to where it stays, and say how to go on with it."""
    kept = paths.home() / f"{store_file.parent.name}.sqlite"
    try:
        move_store(store_file, kept)
    except OSError:  # the program's folder went away; what stopped the run says so
        return
    _tell(f"What is finished is kept in {kept}; the same call with --store {kept} goes on from there.")


def _export_all(exports: Sequence[Export], write: Callable[[Sequence[Export]], None]) -> bool:
    """Write each file that can be written; tell of the others, and return whether there were none."""
    complete = True
    for export in exports:
        try:
            write([export])
        except UserError as error:
            _tell(f"breakhis-classify: {error}")
            complete = False
    return complete


def _run(options: argparse.Namespace, store_file: Path) -> tuple[ModelCard, RunFacts, Ledger, list[ImageRecord]]:
    cancel = threading.Event()
    bar = _ProgressLine()
    classifier = DeferredClassifier(options.models or default_models(), bar.say, options.engine, options.device, bar.note)
    request = Request(
        tuple(options.paths),
        _point(options, classifier.card),
        gate=not options.no_gate,
        resume=options.store is not None,
        identity_rule=options.patients,
        reuse=options.reuse,
    )
    done = 0
    try:
        with Store(store_file) as store, _cancelled_by_interrupt(cancel):
            for event in analyse(request, classifier, store, cancel):
                match event:
                    case RunStarted(facts, queued, ended):
                        bar.start(queued, ended)
                    case ImagesEnded(records):
                        bar.advance(sum(record.status is not Status.CANCELLED for record in records))
                        done += sum(record.status is Status.DONE for record in records)
                    case RunPaused():  # nothing had begun when it was interrupted
                        raise KeyboardInterrupt
                    case RunEnded(ledger):
                        bar.clear()
            return classifier.card, facts, ledger, store.records(facts.run_id)
    except Exception:
        bar.clear()
        if done and not options.store:
            _keep(store_file)
        raise


def _point(options: argparse.Namespace, card: ModelCard) -> OperatingPoint:
    if options.threshold is not None:
        return custom_point(options.threshold, card.curve)
    if options.operating_point not in card.points:
        raise UserError(f"The models know no operating point {options.operating_point}; choose one of {', '.join(card.points)}.")
    return card.points[options.operating_point]


@contextmanager
def _cancelled_by_interrupt(cancel: threading.Event) -> Iterator[None]:
    """Let the first Ctrl+C, or the system's wish, end the run in good order, and the second one at once."""

    def interrupt(_signal: int, _frame: object) -> None:
        if cancel.is_set():
            raise KeyboardInterrupt
        cancel.set()

    before = {number: signal.signal(number, interrupt) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class _ProgressLine:
    """One line on a terminal's stderr that is written over; elsewhere nothing."""

    def __init__(self) -> None:
        self._shown = sys.stderr is not None and sys.stderr.isatty()
        self._queued = 0
        self._ended = 0
        self._progress = Progress(time.monotonic())

    def start(self, queued: int, ended: int) -> None:
        self._queued = queued
        self._progress = Progress(time.monotonic(), ended)

    def say(self, stage: str) -> None:
        """Tell what begins; its time is not the images'."""
        self._write(f"{stage}…")
        self._progress = Progress(time.monotonic(), self._ended)

    def advance(self, images: int) -> None:
        self._ended += images
        self._progress.update(time.monotonic(), self._ended)
        left = self._progress.seconds_left(self._queued - self._ended)
        self._write(f"{self._ended:,} of {self._queued:,}" + (f", {duration_words(left)} left" if left is not None else ""))

    def note(self, words: str) -> None:
        """Print a line that stays, on whatever stderr is."""
        self.clear()
        _tell(words)

    def clear(self) -> None:
        self._write("")

    def _write(self, text: str) -> None:
        if self._shown:
            print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)


def _print_table(facts: RunFacts, records: Sequence[ImageRecord]) -> None:
    records = sorted(records, key=_suspicion)
    names = [printable(record.path.name) for record in records]
    width = max(map(len, names))
    try:
        for name, record in zip(names, records, strict=True):
            print(f"{name:<{width}}  {printable(_row_words(facts, record))}")
        sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):  # where whoever reads the table has seen enough, nothing is wrong
            raise UserError(f"The table could not be printed ({error.strerror}); write it to a file with --csv.") from error


def _suspicion(record: ImageRecord) -> tuple[float, int]:
    """Return what sorts the most suspicious image first, and images without a prediction last."""
    return (-record.prediction.p_malignant if record.prediction else 1.0, record.position)


def _row_words(facts: RunFacts, record: ImageRecord) -> str:
    verdict = facts.verdict(record)
    if verdict is None or record.prediction is None:
        return f"{record.status}: {record.reason}"
    review = f"  review: {', '.join(verdict.review_reasons)}" if verdict.review_reasons else ""
    return f"{record.prediction.p_malignant:.3f}  {verdict.decision:<9}  {verdict.subtype.name:<18}{review}".rstrip()


if __name__ == "__main__":
    sys.exit(main())
