"""How both commands, for the window and for the command line, deal with a terminal: paths, standard streams, messages and signals."""

import argparse
import os
import signal
import sys
from pathlib import Path

from breakhis_desktop.files import printable
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
        silence(sys.stderr.fileno())


def silence(stream: int) -> None:
    """Redirect a broken stream to the null device, so that Python does not fail on it at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
