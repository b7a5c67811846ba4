"""The line on a terminal that shows how far a run has progressed."""

import math
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from breakhis_desktop.console import silence, tell
from breakhis_desktop.domain.progress import Progress, duration_words
from breakhis_desktop.files import printable
from breakhis_desktop.pipeline.events import FilesAwaited
from breakhis_desktop.wording.message import Message
from breakhis_desktop.wording.runs import RunCode


class ProgressLine:
    """Shows progress in a line on stderr that overwrites itself, if stderr is a terminal, and prints notes in lines of their own."""

    def __init__(self, *, quiet: bool = False) -> None:
        """Start with an empty line; if `quiet`, show no progress and only report what goes wrong."""
        self._quiet = quiet
        self._shown = not quiet and sys.stderr is not None and sys.stderr.isatty()
        self._queued = 0
        self._ended = 0
        self._awaited: dict[Path, float] = {}
        self._progress = Progress(time.monotonic())

    def start(self, queued: int, ended: int) -> None:
        """Start counting, with the number of queued images and the number of those already finished."""
        self._queued = queued
        self._progress = Progress(time.monotonic(), ended)

    def say(self, stage: Message | str) -> None:
        """Show the stage that now begins, and measure the speed afresh."""
        self._write(f"{stage}…")
        self._progress = Progress(time.monotonic(), self._ended)

    def advance(self, images: int) -> None:
        """Add to the number of finished images."""
        self._ended += images
        self._progress.update(time.monotonic(), self._ended)
        left = self._progress.seconds_left(self._queued - self._ended)
        self._write(str(self._counts(left)))

    def _counts(self, seconds_left: float | None) -> Message:
        if seconds_left is None:
            return Message.of(RunCode.CLI_PROGRESS, ended=self._ended, queued=self._queued)
        return Message.of(RunCode.CLI_PROGRESS_WITH_TIME, ended=self._ended, queued=self._queued, time=duration_words(seconds_left))

    def note(self, words: Message | str) -> None:
        """Print a line that is not overwritten, even if stderr is not a terminal; print nothing if the user asked for quiet."""
        if not self._quiet:
            self._tell(words)

    def warn(self, words: Message | str) -> None:
        """Print a line that says what went wrong, even if the user asked for quiet."""
        self._tell(words)

    def note_awaited(self, awaited: FilesAwaited) -> None:
        """Report files and folders that do not answer or take long: each once, and again if the run will wait longer than last reported."""
        silent = self._not_reported(awaited.paths, awaited.waits)
        if silent:
            what = Message.of(RunCode.CLI_SILENT, files=_first_of(silent), meanwhile=_what_goes_on(awaited.waits))
            self._tell(f"breakhis-classify: {what}")
        slow = self._not_reported(awaited.slow, 0)
        if slow:
            self._tell(f"breakhis-classify: {Message.of(RunCode.CLI_SLOW, files=_first_of(slow), meanwhile=_what_goes_on(0))}")

    def _not_reported(self, paths: Iterable[Path], waits: float) -> Sequence[Path]:
        new = [path for path in paths if self._awaited.get(path, -1) < waits]
        self._awaited.update(dict.fromkeys(new, waits))
        return new

    def _tell(self, words: Message | str) -> None:
        self.clear()
        tell(words)

    def clear(self) -> None:
        """Clear the line."""
        self._write("")

    def _write(self, text: str) -> None:
        if self._shown:
            try:
                print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)
            except OSError:  # the terminal was closed
                self._shown = False
                silence(sys.stderr.fileno())


def _first_of(paths: Sequence[Path]) -> Message | str:
    first = printable(paths[0])
    return Message.of(RunCode.CLI_FILES, file=first, more=len(paths) - 1) if len(paths) > 1 else first


def _what_goes_on(waits: float) -> Message:
    """Return a message that says whether the run goes on meanwhile, waits for that many seconds, or waits without limit."""
    if not waits:
        return Message.of(RunCode.CLI_GOES_ON)
    if waits < math.inf:
        return Message.of(RunCode.CLI_WAITS, seconds=waits)
    return Message.of(RunCode.CLI_STANDS)
