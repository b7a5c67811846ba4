"""The log: a rotating file in the program's own folder that names no patients and none of the user's files."""

import errno
import logging
import re
import traceback
from collections.abc import Iterator
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from breakhis_desktop import paths
from breakhis_desktop.endings import DICOM_SUFFIXES, IMAGE_SUFFIXES, WHOLE_SLIDE_SUFFIXES, WRITTEN_SUFFIXES
from breakhis_desktop.errors import UserError
from breakhis_desktop.wording.files import FileCode
from breakhis_desktop.wording.message import Message

_CODE = re.compile(r"^.*[\\/](?=[\w.-]+:\d+: )")
"""The folder of a source file, at the start of a warning from Python."""

_ENDINGS = IMAGE_SUFFIXES | WHOLE_SLIDE_SUFFIXES | DICOM_SUFFIXES | WRITTEN_SUFFIXES
_FILE = re.compile(rf"[\\/]|(?:{'|'.join(map(re.escape, sorted(_ENDINGS)))})(?![^\W_])", re.IGNORECASE)
_PATIENT = re.compile(r"SOB_\S*|\b\d{2}-\d{3,}[A-Z]*")

_QUOTING_ONLY_CODE = (ArithmeticError, AssertionError, AttributeError, ImportError, MemoryError, NameError, TypeError, NotImplementedError)
"""Exceptions that quote only names from the code; others may quote the user's data, such as a missing key."""

_QUOTED = re.compile(r"""(?<!\w)(['"])(?:\\.|(?!\1)[^\\])*(?:\1|$)""")


_log = logging.getLogger(__name__)


class PrivateFormatter(logging.Formatter):
    """Formats what happened and where in the program, without paths or patient ids."""

    def format(self, record: logging.LogRecord) -> str:
        """Return a record as lines; an exception is shown as the module, line and function of each of its frames."""
        lines = [f"{self.formatTime(record)} {record.levelname} {record.name}: {masked(record.getMessage())}"]
        if record.exc_info and record.exc_info[1]:
            lines += describe(record.exc_info[1])
        return "\n".join(lines)


def masked(text: str) -> str:
    """Return a text without patient ids, and without lines that contain a path or an image's name.

    The whole line is dropped, because folder names may contain spaces, and so the end of a path cannot be found.
    """
    return "\n".join(_masked_line(_CODE.sub("", line)) for line in text.splitlines())


def _masked_line(line: str) -> str:
    return "(left out: it may name a file)" if _FILE.search(line) else _PATIENT.sub("\N{HORIZONTAL ELLIPSIS}", line)


def describe(error: BaseException) -> Iterator[str]:
    """Yield an exception and its causes as lines, oldest first, without paths or patient ids."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before:
        yield from describe(before)
        yield "which led to:"
    for frame, line in traceback.walk_tb(error.__traceback__):
        yield f"  {frame.f_globals.get('__name__')}:{line} in {frame.f_code.co_name}"
    yield f"{type(error).__name__}: {masked(_message(error))}"


def _message(error: BaseException) -> str:
    """Return an exception's message, without the parts that quote user data."""
    match error:
        case UserError():
            return "(told to the user)"
        case OSError():
            return error.strerror or "(no reason given)"
        case _ if isinstance(error, _QUOTING_ONLY_CODE):
            return str(error)
    return "\n".join(_QUOTED.sub("'\N{HORIZONTAL ELLIPSIS}'", line) for line in str(error).splitlines())


class _PrivateFile(RotatingFileHandler):
    """A log file that only this user may read, and whose own failures are ignored."""

    def _open(self) -> TextIOWrapper:
        file = Path(self.baseFilename)
        file.touch(mode=0o600)
        if file.is_fifo():  # opening it would block
            raise OSError(errno.EINVAL, "it is a pipe")
        return super()._open()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 (the name is logging's)
        """Do nothing: a full disk is reported elsewhere, and printing the record could reveal a patient's name."""


def start_log() -> None:
    """Send the program's messages and Python's warnings to the log file: at most one megabyte, plus one older file.

    Raises:
        UserError: The log cannot be written.
    """
    file = paths.log_file()
    try:
        handler = _PrivateFile(file, maxBytes=1_000_000, backupCount=1, encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        raise UserError(Message.of(FileCode.LOG_UNWRITABLE, file=file, error=error.strerror)) from error
    handler.setFormatter(PrivateFormatter())
    logging.captureWarnings(capture=True)
    for name in ("breakhis_desktop", "py.warnings"):
        logger = logging.getLogger(name)
        logger.setLevel(logging.INFO)
        logger.addHandler(handler)
    if paths.others_may_write():
        _log.warning("other users may write to the program's folder")
