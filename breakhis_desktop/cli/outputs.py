"""Checks and writes the outputs of a call, and keeps its store when they cannot be written."""

import argparse
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path

from breakhis_desktop import paths
from breakhis_desktop.cli.progress_line import ProgressLine
from breakhis_desktop.cli.waiting import wait_for
from breakhis_desktop.console import tell
from breakhis_desktop.domain.identity import tables_of
from breakhis_desktop.errors import UserError
from breakhis_desktop.files import absolute, printable
from breakhis_desktop.pipeline.check_outputs import Inputs, check_outputs, inputs_of
from breakhis_desktop.pipeline.discover import Asking
from breakhis_desktop.pipeline.export_run import Export
from breakhis_desktop.store.recovery import move_store
from breakhis_desktop.store.temporary import temporary_store
from breakhis_desktop.wording.message import Message
from breakhis_desktop.wording.runs import RunCode

_KNOWN_WITHIN = 3.0
"""Seconds to wait for an input that no output may replace; a silent input cannot be replaced either."""


def check(exports: Sequence[Export], options: argparse.Namespace, bar: ProgressLine) -> Inputs:
    """Check that the outputs can be written, and return the files that none may replace; any drive may fail to answer."""
    for path in (*options.paths, *(export.file for export in exports), *filter(None, (options.store, options.models))):
        absolute(path)

    names = partial(inputs_of, options.paths, store=options.store, tables=tables_of(options.patients), models=options.models)
    inputs = wait_for(lambda asking: names(asking=asking), bar, lambda: _KNOWN_WITHIN)
    wait_for(lambda asking: check_outputs([export.file for export in exports], inputs, asking), bar)
    return inputs


def store_file(chosen: Path | None) -> AbstractContextManager[Path]:
    """Return the store that the user named, or a temporary store for this call."""
    return nullcontext(absolute(chosen)) if chosen is not None else temporary_store(paths.home())


def keep(store_file: Path) -> None:
    """Move this call's store into the program's folder to keep it, and tell the user how to resume it."""
    kept = paths.home() / f"{store_file.parent.name}.sqlite"
    try:
        move_store(store_file, kept)
    except OSError:  # the program's folder is gone; the error that stopped the run says so
        return
    tell(Message.of(RunCode.CLI_KEPT, file=printable(kept)))


def export_all(exports: Sequence[Export], write: Callable[..., None], bar: ProgressLine, patience: Callable[[], float]) -> bool:
    """Write each file that can be written, and report the others; return whether all were written.

    Raises:
        Exception: Any unexpected error, raised once the other files are written.
    """
    complete, unforeseen = True, None
    for export in exports:
        try:
            wait_for(partial(_write, write, export), bar, patience)
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
