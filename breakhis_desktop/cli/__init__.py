"""`breakhis-classify`: the window's pipeline on the command line."""

import io
import logging
import math
import sys
from collections.abc import Sequence
from functools import partial

from breakhis_desktop import paths
from breakhis_desktop.cli.arguments import Options, parse
from breakhis_desktop.cli.interruption import Wishes, hear_signals, run_on_another_thread
from breakhis_desktop.cli.outputs import check, keep, store_file, write_all
from breakhis_desktop.cli.progress_line import ProgressLine
from breakhis_desktop.cli.running import run
from breakhis_desktop.cli.standard_streams import put, with_listed
from breakhis_desktop.cli.table import table_of
from breakhis_desktop.cli.waiting import wait_for
from breakhis_desktop.console import fill_closed_streams, tell
from breakhis_desktop.domain.identity import PATTERN, TABLE, UNREAD, parts_of
from breakhis_desktop.domain.notice import RESEARCH_USE
from breakhis_desktop.domain.records import ImageRecord, RunInfo, Status
from breakhis_desktop.errors import UserError, is_out_of_memory
from breakhis_desktop.logs import start_log
from breakhis_desktop.pipeline.discover import Asking
from breakhis_desktop.pipeline.identities import load_rule
from breakhis_desktop.pipeline.leftovers import clear_leftovers
from breakhis_desktop.wording.files import FileCode
from breakhis_desktop.wording.message import Message
from breakhis_desktop.wording.runs import RunCode

DONE, SOME_NOT_DONE, NOTHING_RAN, BUG, CANCELLED = 0, 1, 2, 70, 130

_GIVEN_UP_WITHIN = 1.0
"""Once the program is asked to end, it waits this many seconds for an output file that does not answer, then keeps the store instead."""

_FITS = {
    TABLE: (RunCode.CLI_TABLE_FITS, RunCode.CLI_TABLE_FITS_NONE),
    PATTERN: (RunCode.CLI_PATTERN_FITS, RunCode.CLI_PATTERN_FITS_NONE),
}
"""For each kind of rule, the message if it fits some of the images, and the message if it fits none of them."""

_log = logging.getLogger("breakhis_desktop.cli")  # not __name__, which `python -m` changes


def main(arguments: Sequence[str] | None = None) -> int:
    """Classify the images named on the command line.

    Returns:
        The exit status: 0 if every image is done; 1 if images failed or were refused, or an output could not be written; 2 if nothing could
        run or the run had to stop; 70 after a bug; 130 if cancelled.
    """
    fill_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        options = parse(arguments)
        with hear_signals() as wishes:
            return run_on_another_thread(partial(_start, options, wishes), wishes)
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


def _start(options: Options, wishes: Wishes) -> int:
    bar = ProgressLine(quiet=options.quiet)
    wait_for(_open_home, bar)
    options.paths = with_listed(options.paths)
    return _classify(options, wishes, bar)


def _open_home(asking: Asking) -> None:
    asking(paths.named_home())
    start_log()
    asking(None)
    clear_leftovers(paths.home(), paths.models_folder())


def _classify(options: Options, wishes: Wishes, bar: ProgressLine) -> int:
    outputs = check(options, bar)
    with store_file(options.store) as file:
        card, run_info, ledger, records = run(options, file, wishes, bar)
        bar.note(f"{ledger}. {RESEARCH_USE}")
        if (reused := _earlier_runs(records)) is not None:
            bar.note(reused)
        if (fit := _fit_of_the_rule(options, records, bar)) is not None:
            bar.warn(fit)
        if ledger.cancelled and options.store:
            bar.note(Message.of(RunCode.CLI_RESUMABLE))
        write = partial(outputs.write, file, run_info.run_id, card)
        written = False
        try:
            if outputs.exports:
                written = write_all(outputs.exports, write, bar, patience=lambda: _GIVEN_UP_WITHIN if wishes.cancel.is_set() else math.inf)
            else:
                written = _print(run_info, records)
        finally:
            if not written and not options.store:
                keep(file)
    if ledger.cancelled:
        return CANCELLED
    return SOME_NOT_DONE if ledger.failed or ledger.refused or not written else DONE


def _print(run_info: RunInfo, records: Sequence[ImageRecord]) -> bool:
    """Print the table; return False if standard output cannot be written to."""
    if sys.stdout is not None:
        try:
            put(table_of(run_info, records).encode(sys.stdout.encoding, "backslashreplace"))
        except UserError as error:
            tell(f"breakhis-classify: {error}")
            return False
    return True


def _fit_of_the_rule(options: Options, records: Sequence[ImageRecord], bar: ProgressLine) -> Message | None:
    """Return a message on how many images a table or pattern fits; None if it fits all of them or the table can no longer be read.

    The result is also None for rules of other kinds, whose fit is not reported.
    """
    text = parts_of(options.patients)[-1]
    if not text.startswith((PATTERN, TABLE)):
        return None
    try:
        rule = wait_for(partial(load_rule, text), bar)
    except UserError:  # the table was changed or removed after the run had read it
        return None
    images = [record for record in records if record.status is not Status.SKIPPED]
    fitting = sum(rule.identify(record.path) != UNREAD for record in images)
    if fitting == len(images):
        return None
    some, none = _FITS[TABLE if text.startswith(TABLE) else PATTERN]
    return Message.of(some if fitting else none, fitting=fitting, images=len(images))


def _earlier_runs(records: Sequence[ImageRecord]) -> Message | None:
    taken = [record.reused_from for record in records if record.reused_from is not None]
    return Message.of(RunCode.CLI_REUSED, count=len(taken)) if taken else None
