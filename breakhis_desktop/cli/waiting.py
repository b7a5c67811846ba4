"""Waits for files and folders, and reports those that do not answer."""

from collections.abc import Callable
from typing import TypeVar

from breakhis_desktop.cli.progress_line import ProgressLine
from breakhis_desktop.errors import UserError
from breakhis_desktop.files import printable
from breakhis_desktop.pipeline.discover import Asking, NoAnswerError
from breakhis_desktop.pipeline.patience import patiently
from breakhis_desktop.wording.message import Message
from breakhis_desktop.wording.runs import RunCode

T = TypeVar("T")


def wait_for(work: Callable[[Asking], T], bar: ProgressLine, *patience: Callable[[], float]) -> T:
    """Do some work, and report the files for which the work is waiting.

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
