"""`breakhis-classify`: the window's pipeline on the command line."""

import argparse
import io
import logging
import math
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path
from typing import NoReturn, TypeVar

from breakhis_desktop import paths
from breakhis_desktop.assets import default_models, program_version
from breakhis_desktop.console import ProgressLine, fill_closed_streams, path_argument, print_table, tell
from breakhis_desktop.domain.card import DEFAULT_POINT, ModelCard
from breakhis_desktop.domain.decision import OperatingPoint
from breakhis_desktop.domain.engines import CPU, DEVICES, ENGINES
from breakhis_desktop.domain.filenames import composed
from breakhis_desktop.domain.identity import OFFICIAL, PATTERN, TABLE, UNREAD, parts_of, tables_of
from breakhis_desktop.domain.notice import RESEARCH_USE
from breakhis_desktop.domain.operating_curve import custom_point
from breakhis_desktop.domain.records import ImageRecord, Ledger, RunInfo, Status
from breakhis_desktop.errors import UserError, is_out_of_memory
from breakhis_desktop.files import absolute, printable
from breakhis_desktop.inference.deferred import DeferredClassifier
from breakhis_desktop.interruption import Wishes, hear_signals, left_behind_if_need_be
from breakhis_desktop.logs import start_log
from breakhis_desktop.pipeline.analyse import Request, analyse
from breakhis_desktop.pipeline.check_case import check_case
from breakhis_desktop.pipeline.check_outputs import Inputs, check_outputs, inputs_of
from breakhis_desktop.pipeline.discover import Asking, NoAnswerError
from breakhis_desktop.pipeline.events import FilesAwaited, ImagesEnded, RunEnded, RunPaused, RunStarted
from breakhis_desktop.pipeline.export_run import Export, ExportFormat, export_run
from breakhis_desktop.pipeline.leftovers import clear_leftovers
from breakhis_desktop.pipeline.patience import patiently
from breakhis_desktop.reporting.report import ReportOptions
from breakhis_desktop.store.recovery import move_store
from breakhis_desktop.store.store import Store
from breakhis_desktop.store.temporary import temporary_store
from breakhis_desktop.wording.files import FileCode
from breakhis_desktop.wording.message import Message
from breakhis_desktop.wording.runs import RunCode

T = TypeVar("T")

DONE, SOME_NOT_DONE, NOTHING_RAN, BUG, CANCELLED = 0, 1, 2, 70, 130

_KNOWN_WITHIN = 3.0
"""Seconds to wait for an input that no output may replace; a silent input cannot be replaced either."""

_GIVEN_UP_WITHIN = 1.0
"""Seconds to wait for a silent output once the program is asked to end; the store is then kept."""

_FITS = {
    TABLE: (RunCode.CLI_TABLE_FITS, RunCode.CLI_TABLE_FITS_NONE),
    PATTERN: (RunCode.CLI_PATTERN_FITS, RunCode.CLI_PATTERN_FITS_NONE),
}
"""The message for a rule that fits some of the images, and for one that fits none."""

_log = logging.getLogger("breakhis_desktop.cli")  # not __name__, which `python -m` changes


def main(arguments: Sequence[str] | None = None) -> int:
    """Classify the images named on the command line.

    Returns:
        0 every image done; 1 some failed or refused, or an output could not be written; 2 nothing could run; 70 a bug; 130 cancelled.
    """
    fill_closed_streams()
    options = _parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        with hear_signals() as wishes:
            return left_behind_if_need_be(partial(_start, options, wishes), wishes)
    except UserError as error:
        tell(f"breakhis-classify: {error}")
        return NOTHING_RAN
    except KeyboardInterrupt:
        return CANCELLED
    except Exception as error:  # noqa: BLE001 (anything else is a bug: log it, and report it once)
        _log.exception("breakhis-classify stopped")
        if is_out_of_memory(error):
            tell(f"breakhis-classify: {Message.of(FileCode.NO_MEMORY)}")
            return NOTHING_RAN
        tell(f"breakhis-classify: {Message.of(RunCode.BUG)}")
        return BUG


def _start(options: argparse.Namespace, wishes: Wishes) -> int:
    bar = ProgressLine()
    _wait_for(_open_home, bar)
    return _classify(options, wishes, bar)


def _open_home(asking: Asking) -> None:
    asking(paths.named_home())
    start_log()
    asking(None)
    clear_leftovers(paths.home(), paths.models_folder())


class _Parser(argparse.ArgumentParser):
    """A parser that escapes control characters in its error messages, because they repeat arguments such as file names."""

    def error(self, message: str) -> NoReturn:
        """Print an error message and exit."""
        super().error(printable(message))


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="breakhis-classify",
        description="Classifies breast histology fields as benign or malignant and by subtype. " + RESEARCH_USE,
        epilog="Exit status: 0 every image done, 1 some failed or refused or an output could not be written, "
        "2 nothing could run, 70 a bug, 130 cancelled.",
    )
    parser.add_argument("paths", nargs="+", type=path_argument, metavar="PATH", help="folder, with all below it, or image")
    for kind in ExportFormat:
        parser.add_argument(f"--{kind}", type=path_argument, metavar="FILE", help=f"write the results as {kind.upper()}")
    parser.add_argument("--case", type=_patient, metavar="PATIENT", help="with --pdf: report this patient's images alone, each large")
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
    parser.add_argument("--models", type=path_argument, metavar="DIR", help="another model bundle than the one that ships")
    parser.add_argument(
        "--store", type=path_argument, metavar="FILE", help="keep the run in this file; the same call resumes it, or exports it again"
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
        "magnification (written in the name or the folder, such as 100x), pattern:PATTERN (such as {patient}_{magnification}x_* or a "
        "regular expression with these named groups), or csv:FILE (with the columns file, patient and magnification); folder and "
        "magnification may stand before another rule, with a comma, and fill in what it leaves open: folder,magnification or "
        "folder,csv:FILE; what no rule tells is read from a BreakHis name; default: %(default)s",
    )
    parser.add_argument("--no-gate", action="store_true", help="judge images that the quality gate would refuse")
    parser.add_argument("--version", action="version", version=f"%(prog)s {program_version()}")
    return parser


def _patient(text: str) -> str:
    """Return a patient's name in its canonical spelling; refuse an empty name, which would mean every patient."""
    if not text.strip():
        raise argparse.ArgumentTypeError("the patient is empty, as an unset variable leaves it; name one")
    return composed(text)


def _probability(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(str(Message.of(RunCode.CLI_NO_PROBABILITY, text=text)))
    return value


def _classify(options: argparse.Namespace, wishes: Wishes, bar: ProgressLine) -> int:
    exports = [Export(kind, getattr(options, kind)) for kind in ExportFormat if getattr(options, kind)]
    if options.case and not options.pdf:
        raise UserError(Message.of(RunCode.CLI_CASE_WITHOUT_PDF))
    if options.reuse and not options.store:
        raise UserError(Message.of(RunCode.CLI_REUSE_WITHOUT_STORE))
    inputs = _check(exports, options, bar)
    with _store_file(options.store) as file:
        card, run_info, ledger, records = _run(options, file, wishes, bar)
        tell(f"{ledger}. {RESEARCH_USE}")
        _tell_of_earlier_runs(records)
        _tell_how_the_rule_fits(run_info, records)
        if ledger.cancelled and options.store:
            tell(Message.of(RunCode.CLI_RESUMABLE))
        if not exports:
            _print(run_info, records, file, options)
        reported = ReportOptions(patient=options.case or "")
        write = partial(export_run, file, run_info.run_id, options=reported, card=card, inputs=inputs)
        written = False
        try:
            written = _export_all(exports, write, bar, patience=lambda: _GIVEN_UP_WITHIN if wishes.cancel.is_set() else math.inf)
        finally:
            if not written and not options.store:
                _keep(file)
    if ledger.cancelled:
        return CANCELLED
    return SOME_NOT_DONE if ledger.failed or ledger.refused or not written else DONE


def _check(exports: Sequence[Export], options: argparse.Namespace, bar: ProgressLine) -> Inputs:
    """Check that the outputs can be written, and return the files that none may replace; any drive may fail to answer."""
    for path in (*options.paths, *(export.file for export in exports), *filter(None, (options.store, options.models))):
        absolute(path)

    names = partial(inputs_of, options.paths, store=options.store, tables=tables_of(options.patients), models=options.models)
    inputs = _wait_for(lambda asking: names(asking=asking), bar, lambda: _KNOWN_WITHIN)
    _wait_for(lambda asking: check_outputs([export.file for export in exports], inputs, asking), bar)
    return inputs


def _wait_for(work: Callable[[Asking], T], bar: ProgressLine, *patience: Callable[[], float]) -> T:
    """Do some work, and report the files that it is waiting for.

    Raises:
        UserError: The work needs a file that does not answer.
    """
    waiting = patiently(work, lambda: False, *patience)
    while True:
        try:
            bar.note_awaited(next(waiting))
        except StopIteration as ended:
            return ended.value  # type: ignore[no-any-return]
        except NoAnswerError as error:
            raise UserError(Message.of(RunCode.CLI_NO_ANSWER, file=printable(error.filename))) from None


def _print(run_info: RunInfo, records: Sequence[ImageRecord], store_file: Path, options: argparse.Namespace) -> None:
    try:
        print_table(run_info, records)
    except UserError:
        if not options.store:
            _keep(store_file)
        raise


def _tell_how_the_rule_fits(run_info: RunInfo, records: Sequence[ImageRecord]) -> None:
    """Report how many images a table or pattern fits, unless it fits all; the other rules fit every image, or rely on its file name."""
    rule = parts_of(run_info.identity_rule)
    if not rule[-1].startswith((PATTERN, TABLE)) or len(rule) > 1:
        return
    images = [record for record in records if record.status is not Status.SKIPPED]
    fitting = sum(record.identity != UNREAD for record in images)
    if fitting < len(images):
        some, none = _FITS[TABLE if rule[0].startswith(TABLE) else PATTERN]
        tell(Message.of(some if fitting else none, fitting=fitting, images=len(images)))


def _tell_of_earlier_runs(records: Sequence[ImageRecord]) -> None:
    taken = [record.reused_from for record in records if record.reused_from is not None]
    if taken:
        tell(Message.of(RunCode.CLI_REUSED, count=len(taken)))


def _store_file(chosen: Path | None) -> AbstractContextManager[Path]:
    """Return the store that the user named, or a temporary store for this call."""
    return nullcontext(absolute(chosen)) if chosen is not None else temporary_store(paths.home())


def _keep(store_file: Path) -> None:
    """Move this call's store into the program's folder to keep it, and tell the user how to resume it."""
    kept = paths.home() / f"{store_file.parent.name}.sqlite"
    try:
        move_store(store_file, kept)
    except OSError:  # the program's folder is gone; the error that stopped the run says so
        return
    tell(Message.of(RunCode.CLI_KEPT, file=printable(kept)))


def _export_all(exports: Sequence[Export], write: Callable[..., None], bar: ProgressLine, patience: Callable[[], float]) -> bool:
    """Write each file that can be written, and report the others; return whether all were written.

    Raises:
        Exception: Any unexpected error, raised once the other files are written.
    """
    complete, unforeseen = True, None
    for export in exports:
        try:
            _wait_for(partial(_write, write, export), bar, patience)
        except UserError as error:
            tell(f"breakhis-classify: {error}")
            complete = False
        except Exception as error:  # noqa: BLE001 (raised again once the other files are written)
            unforeseen = unforeseen or error
    if unforeseen is not None:
        raise unforeseen
    return complete


def _write(write: Callable[..., None], export: Export, asking: Asking) -> None:
    write([export], asking=asking)


def _run(
    options: argparse.Namespace, store_file: Path, wishes: Wishes, bar: ProgressLine
) -> tuple[ModelCard, RunInfo, Ledger, list[ImageRecord]]:
    classifier = _wait_for(partial(_open_models, options, bar), bar, lambda: math.inf)
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
        with Store(store_file) as store:
            wishes.heeded.set()
            for event in analyse(request, classifier, store, wishes.cancel):
                match event:
                    case FilesAwaited():
                        bar.note_awaited(event)
                    case RunStarted(run_info, queued, ended):
                        bar.start(queued, ended)
                        if options.case:
                            check_case(store, run_info.run_id, options.case)
                    case ImagesEnded(records):
                        bar.advance(sum(record.status is not Status.CANCELLED for record in records))
                        done += sum(record.status is Status.DONE for record in records)
                    case RunPaused():  # interrupted before it started
                        raise KeyboardInterrupt
                    case RunEnded(ledger):
                        bar.clear()
            wishes.over.set()
            return classifier.card, run_info, ledger, store.records(run_info.run_id)
    except Exception:
        bar.clear()
        if done and not options.store:
            _keep(store_file)
        raise


def _open_models(options: argparse.Namespace, bar: ProgressLine, asking: Asking) -> DeferredClassifier:
    models = options.models or default_models()
    asking(absolute(models))
    return DeferredClassifier(models, bar.say, options.engine, options.device, bar.note)


def _point(options: argparse.Namespace, card: ModelCard) -> OperatingPoint:
    if options.threshold is not None:
        return custom_point(options.threshold, card.curve)
    if options.operating_point not in card.points:
        raise UserError(Message.of(RunCode.CLI_NO_SUCH_POINT, name=options.operating_point, points=tuple(card.points)))
    return card.points[options.operating_point]


if __name__ == "__main__":
    sys.exit(main())
