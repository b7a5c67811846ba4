"""Terminal input and output: messages, the progress line, the table of results, and signals."""

import argparse
import math
import os
import signal
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from breakhis_desktop.domain.progress import Progress, duration_words
from breakhis_desktop.domain.records import ImageRecord, RunInfo
from breakhis_desktop.errors import UserError
from breakhis_desktop.files import printable
from breakhis_desktop.pipeline.events import FilesAwaited
from breakhis_desktop.reporting.report import most_suspicious
from breakhis_desktop.wording.message import Message
from breakhis_desktop.wording.runs import RunCode


def path_argument(text: str) -> Path:
    """Parse a path from the command line; refuse an empty path, which would mean the working folder with everything below it.

    Raises:
        ArgumentTypeError: The path is empty.
    """
    if not text:
        raise argparse.ArgumentTypeError(str(Message.of(RunCode.CLI_NO_PATH)))
    return Path(text)


def ending_signals() -> tuple[int, ...]:
    """Return the signals with which users, terminals and the system end a program; under `nohup`, SIGHUP is left out."""
    numbers = [signal.SIGINT, signal.SIGTERM]
    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        numbers.append(signal.SIGHUP)
    if hasattr(signal, "SIGBREAK"):  # Ctrl+Break, or a closed console on Windows
        numbers.append(signal.SIGBREAK)
    return tuple(numbers)


def fill_closed_streams() -> None:
    """Open the null device for each closed standard stream; the next file opened would otherwise get the stream's number and our output."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            opened = os.open(os.devnull, os.O_RDWR)
            if opened != number:
                os.dup2(opened, number)
                os.close(opened)


def tell(words: Message | str) -> None:
    """Print a line to stderr, if stderr exists and its terminal is still open."""
    if sys.stderr is None:
        return
    try:
        print(printable(str(words)), file=sys.stderr, flush=True)
    except OSError:
        _silence(sys.stderr.fileno())


def _silence(stream: int) -> None:
    """Redirect a broken stream to the null device, so that Python does not fail on it at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream)


class ProgressLine:
    """A progress line that overwrites itself on a terminal's stderr; elsewhere it prints nothing."""

    def __init__(self) -> None:
        """Start with an empty line."""
        self._shown = sys.stderr is not None and sys.stderr.isatty()
        self._queued = 0
        self._ended = 0
        self._awaited: dict[Path, float] = {}
        self._progress = Progress(time.monotonic())

    def start(self, queued: int, ended: int) -> None:
        """Start counting, with the number of queued images and the number of those already finished."""
        self._queued = queued
        self._progress = Progress(time.monotonic(), ended)

    def say(self, stage: Message | str) -> None:
        """Show the stage that begins, and start measuring the speed anew."""
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
        """Print a line that stays, whether or not stderr is a terminal."""
        self.clear()
        tell(words)

    def note_awaited(self, awaited: FilesAwaited) -> None:
        """Report files and folders that do not answer or take long: each once, and again if the wait becomes longer than reported."""
        silent = self._not_told(awaited.paths, awaited.waits)
        if silent:
            what = Message.of(RunCode.CLI_SILENT, files=_first_of(silent), meanwhile=_what_goes_on(awaited.waits))
            self.note(f"breakhis-classify: {what}")
        slow = self._not_told(awaited.slow, 0)
        if slow:
            self.note(f"breakhis-classify: {Message.of(RunCode.CLI_SLOW, files=_first_of(slow), meanwhile=_what_goes_on(0))}")

    def _not_told(self, paths: Iterable[Path], waits: float) -> Sequence[Path]:
        new = [path for path in paths if self._awaited.get(path, -1) < waits]
        self._awaited.update(dict.fromkeys(new, waits))
        return new

    def clear(self) -> None:
        """Clear the line."""
        self._write("")

    def _write(self, text: str) -> None:
        if self._shown:
            try:
                print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)
            except OSError:  # the terminal was closed
                self._shown = False
                _silence(sys.stderr.fileno())


def _first_of(paths: Sequence[Path]) -> Message | str:
    first = printable(paths[0])
    return Message.of(RunCode.CLI_FILES, file=first, more=len(paths) - 1) if len(paths) > 1 else first


def _what_goes_on(waits: float) -> Message:
    """Return a message about what happens in the meantime, given the seconds for which everything else waits."""
    if not waits:
        return Message.of(RunCode.CLI_GOES_ON)
    if waits < math.inf:
        return Message.of(RunCode.CLI_WAITS, seconds=waits)
    return Message.of(RunCode.CLI_STANDS)


def print_table(run_info: RunInfo, records: Sequence[ImageRecord]) -> None:
    """Print a line for each image, most suspicious first.

    Raises:
        UserError: Standard output cannot be written to.
    """
    if sys.stdout is None:
        return
    records = most_suspicious(records)
    names = [printable(record.path.name) for record in records]
    width = max(map(len, names))
    try:
        for name, record in zip(names, records, strict=True):
            print(f"{name:<{width}}  {printable(_row_words(run_info, record))}")
        sys.stdout.flush()
    except OSError as error:
        _silence(sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):  # a reader that closes the pipe has seen enough
            raise UserError(Message.of(RunCode.CLI_TABLE_NOT_PRINTED, error=error.strerror)) from error


def _row_words(run_info: RunInfo, record: ImageRecord) -> str:
    verdict = run_info.verdict(record)
    if verdict is None or record.prediction is None:
        return f"{record.status}: {record.reason}"
    review = f"  review: {', '.join(map(str, verdict.review_reasons))}" if verdict.review_reasons else ""
    return f"{record.prediction.p_malignant:.3f}  {verdict.decision:<9}  {verdict.subtype.name:<18}{review}".rstrip()
