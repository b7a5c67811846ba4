"""Checks and writes the outputs that the command line asks for, and keeps a temporary store if an output cannot be written."""

import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from breakhis_desktop import paths
from breakhis_desktop.cli.arguments import OUTPUTS, STANDARD, Options
from breakhis_desktop.cli.progress_line import ProgressLine
from breakhis_desktop.cli.standard_streams import put
from breakhis_desktop.cli.waiting import wait_for
from breakhis_desktop.console import tell
from breakhis_desktop.domain.card import ModelCard
from breakhis_desktop.domain.identity import tables_of
from breakhis_desktop.errors import UserError
from breakhis_desktop.files import absolute, printable
from breakhis_desktop.pipeline.check_outputs import Inputs, check_outputs, inputs_of
from breakhis_desktop.pipeline.discover import Asking
from breakhis_desktop.pipeline.export_run import Export, ExportFormat, export_run, exported
from breakhis_desktop.pipeline.report_run import read_logo
from breakhis_desktop.reporting.report import ReportOptions
from breakhis_desktop.store.recovery import move_store
from breakhis_desktop.store.temporary import temporary_store
from breakhis_desktop.wording.message import Message
from breakhis_desktop.wording.runs import RunCode

_KNOWN_WITHIN = 3.0
"""Seconds to wait for the inputs to answer; once an input has answered, an output that would replace it can be recognised and refused.

If an input does not answer, an output cannot replace it either.
"""

_BINARY = {ExportFormat.XLSX, ExportFormat.PDF}
_REPORT_OPTIONS = ("case", "laboratory", "logo", "comment")


@dataclass(frozen=True, slots=True)
class Outputs:
    """The outputs that the command line asks for.

    Attributes:
        exports: What to write, and where; the path `-` is standard output.
        inputs: The files that no output may replace.
        report: The user's choices for the PDF.
    """

    exports: Sequence[Export]
    inputs: Inputs
    report: ReportOptions

    def write(self, store_file: Path, run_id: int, card: ModelCard, export: Export, asking: Asking) -> None:
        """Write one output of a run.

        Raises:
            UserError: The output cannot be written.
        """
        if export.file == STANDARD:
            put(exported(store_file, run_id, export.format, self.report, card))
        else:
            export_run(store_file, run_id, [export], options=self.report, card=card, inputs=self.inputs, asking=asking)


def check(options: Options, bar: ProgressLine) -> Outputs:
    """Check that the outputs can be written; report files and folders that do not answer.

    Raises:
        UserError: Options do not go together, an output cannot be written, or the logo cannot be read.
    """
    _check_options(options)
    exports = [Export(kind, file) for kind in OUTPUTS if (file := options.output(kind)) is not None]
    _check_standard([export.format for export in exports if export.file == STANDARD])
    files = [export.file for export in exports if export.file != STANDARD]
    for path in (*options.paths, *files, *filter(None, (options.store, options.models, options.logo))):
        absolute(path)
    logos = [options.logo] if options.logo else []
    names = partial(inputs_of, options.paths, store=options.store, tables=tables_of(options.patients), models=options.models, logos=logos)
    inputs = wait_for(lambda asking: names(asking=asking), bar, lambda: _KNOWN_WITHIN)
    wait_for(lambda asking: check_outputs(files, inputs, asking), bar)
    for logo in logos:
        wait_for(partial(_check_logo, logo), bar)
    report = ReportOptions(options.laboratory or "", options.logo, options.comment or "", options.case or "")
    return Outputs(exports, inputs, report)


def _check_logo(logo: Path, asking: Asking) -> None:
    asking(absolute(logo))
    read_logo(logo)
    asking(None)


def _check_options(options: Options) -> None:
    if options.case and not options.pdf:
        raise UserError(Message.of(RunCode.CLI_CASE_WITHOUT_PDF))
    for name in _REPORT_OPTIONS:
        if getattr(options, name) and not options.pdf:
            raise UserError(Message.of(RunCode.CLI_OPTION_WITHOUT_PDF, option=f"--{name}"))
    if options.reuse and not options.store:
        raise UserError(Message.of(RunCode.CLI_REUSE_WITHOUT_STORE))


def _check_standard(kinds: Sequence[ExportFormat]) -> None:
    if len(kinds) > 1:
        raise UserError(Message.of(RunCode.CLI_STANDARD_TWICE))
    if _BINARY.intersection(kinds) and sys.stdout is not None and sys.stdout.isatty():
        raise UserError(Message.of(RunCode.CLI_BINARY_TO_TERMINAL, format=kinds[0].upper(), option=f"--{kinds[0]}"))


def store_file(chosen: Path | None) -> AbstractContextManager[Path]:
    """Return the store that the user named, or else a temporary store."""
    return nullcontext(absolute(chosen)) if chosen is not None else temporary_store(paths.home())


def keep(store_file: Path) -> None:
    """Move a temporary store into the program's folder to keep it, and tell the user how to resume the run."""
    kept = paths.home() / f"{store_file.parent.name}.sqlite"
    try:
        move_store(store_file, kept)
    except OSError:  # the program's folder was removed, as the error that stopped the run says
        return
    tell(Message.of(RunCode.CLI_KEPT, file=printable(kept)))


def write_all(exports: Sequence[Export], write: Callable[[Export, Asking], None], bar: ProgressLine, patience: Callable[[], float]) -> bool:
    """Write each output that can be written, and report the others; return whether all were written.

    Raises:
        Exception: Any unexpected error, raised once the other outputs are written.
    """
    complete, unforeseen = True, None
    for export in exports:
        try:
            wait_for(partial(write, export), bar, patience)
        except UserError as error:
            tell(f"breakhis-classify: {error}")
            complete = False
        except Exception as error:  # noqa: BLE001 (raised again once the other outputs are written)
            unforeseen = unforeseen or error
    if unforeseen is not None:
        raise unforeseen
    return complete
