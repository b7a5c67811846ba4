"""Standard output as a place for results, and standard input as a list of files."""

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from breakhis_desktop.cli.arguments import STANDARD
from breakhis_desktop.console import silence, tell
from breakhis_desktop.errors import UserError
from breakhis_desktop.wording.message import Message
from breakhis_desktop.wording.runs import RunCode

_STDIN = 0
_AT_ONCE = 1 << 20
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def put(content: bytes) -> None:
    """Write to standard output; if its reader closes the pipe, report this and drop the rest.

    The bytes bypass Python's buffer, because at exit Python would wait for a buffer that another thread is still writing.

    Raises:
        UserError: Standard output cannot be written to.
    """
    if sys.stdout is None:
        return
    stream = getattr(sys.stdout.buffer, "raw", sys.stdout.buffer)
    rest = memoryview(content)
    try:
        while rest:
            rest = rest[stream.write(rest) :]
    except BrokenPipeError:
        silence(sys.stdout.fileno())
        tell(f"breakhis-classify: {Message.of(RunCode.CLI_PIPE_CLOSED)}")
    except OSError as error:
        silence(sys.stdout.fileno())
        raise UserError(Message.of(RunCode.CLI_NOT_PRINTED, error=error.strerror)) from error


def with_listed(paths: Iterable[Path]) -> list[Path]:
    """Replace the path `-` by the paths that standard input lists.

    Raises:
        UserError: Standard input lists nothing.
    """
    return [path for named in paths for path in (_listed() if named == STANDARD else [named])]


def _listed() -> list[Path]:
    """Read paths from standard input, separated by NUL characters, or by line breaks if there is no NUL."""
    if os.isatty(_STDIN):
        tell(Message.of(RunCode.CLI_LIST_AWAITED))
    content = b"".join(_chunks()).removeprefix(_BYTE_ORDER_MARK)
    names = content.split(b"\0") if b"\0" in content else content.replace(b"\r\n", b"\n").split(b"\n")
    paths = [Path(os.fsdecode(name)) for name in names if name]
    if not paths:
        raise UserError(Message.of(RunCode.CLI_LIST_EMPTY))
    return paths


def _chunks() -> Iterator[bytes]:
    """Read standard input without Python's buffer, whose lock would delay the exit if the command is interrupted during the read."""
    while chunk := os.read(_STDIN, _AT_ONCE):
        yield chunk
