"""`breakhis-classify`: the window's pipeline on the command line."""

import argparse
import io
import logging
import math
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from breakhis_desktop import paths
from breakhis_desktop.cli.arguments import parser
from breakhis_desktop.cli.interruption import Wishes, hear_signals, left_behind_if_need_be
from breakhis_desktop.cli.outputs import check, export_all, keep, store_file
from breakhis_desktop.cli.progress_line import ProgressLine
from breakhis_desktop.cli.running import run
from breakhis_desktop.cli.table import print_table
from breakhis_desktop.cli.waiting import wait_for
from breakhis_desktop.console import fill_closed_streams, tell
from breakhis_desktop.domain.identity import PATTERN, TABLE, UNREAD
from breakhis_desktop.domain.notice import RESEARCH_USE
from breakhis_desktop.domain.records import ImageRecord, RunInfo, Status
from breakhis_desktop.errors import UserError, is_out_of_memory
from breakhis_desktop.logs import start_log
from breakhis_desktop.pipeline.discover import Asking
from breakhis_desktop.pipeline.export_run import Export, ExportFormat, export_run
from breakhis_desktop.pipeline.leftovers import clear_leftovers
from breakhis_desktop.reporting.report import ReportOptions
from breakhis_desktop.wording.files import FileCode
from breakhis_desktop.wording.message import Message
from breakhis_desktop.wording.runs import RunCode

DONE, SOME_NOT_DONE, NOTHING_RAN, BUG, CANCELLED = 0, 1, 2, 70, 130

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
    options = parser().parse_args(arguments)
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
    wait_for(_open_home, bar)
    return _classify(options, wishes, bar)


def _open_home(asking: Asking) -> None:
    asking(paths.named_home())
    start_log()
    asking(None)
    clear_leftovers(paths.home(), paths.models_folder())


def _classify(options: argparse.Namespace, wishes: Wishes, bar: ProgressLine) -> int:
    exports = [Export(kind, getattr(options, kind)) for kind in ExportFormat if getattr(options, kind)]
    if options.case and not options.pdf:
        raise UserError(Message.of(RunCode.CLI_CASE_WITHOUT_PDF))
    if options.reuse and not options.store:
        raise UserError(Message.of(RunCode.CLI_REUSE_WITHOUT_STORE))
    inputs = check(exports, options, bar)
    with store_file(options.store) as file:
        card, run_info, ledger, records = run(options, file, wishes, bar)
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
            written = export_all(exports, write, bar, patience=lambda: _GIVEN_UP_WITHIN if wishes.cancel.is_set() else math.inf)
        finally:
            if not written and not options.store:
                keep(file)
    if ledger.cancelled:
        return CANCELLED
    return SOME_NOT_DONE if ledger.failed or ledger.refused or not written else DONE


def _print(run_info: RunInfo, records: Sequence[ImageRecord], store_file: Path, options: argparse.Namespace) -> None:
    try:
        print_table(run_info, records)
    except UserError:
        if not options.store:
            keep(store_file)
        raise


def _tell_how_the_rule_fits(run_info: RunInfo, records: Sequence[ImageRecord]) -> None:
    """Report how many images a table or pattern fits, unless it fits all; the other rules fit every image, or rely on its file name."""
    if not run_info.identity_rule.startswith((PATTERN, TABLE)):
        return
    images = [record for record in records if record.status is not Status.SKIPPED]
    fitting = sum(record.identity != UNREAD for record in images)
    if fitting < len(images):
        some, none = _FITS[TABLE if run_info.identity_rule.startswith(TABLE) else PATTERN]
        tell(Message.of(some if fitting else none, fitting=fitting, images=len(images)))


def _tell_of_earlier_runs(records: Sequence[ImageRecord]) -> None:
    taken = [record.reused_from for record in records if record.reused_from is not None]
    if taken:
        tell(Message.of(RunCode.CLI_REUSED, count=len(taken)))
