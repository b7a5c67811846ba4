"""Loads identity rules as users write them, and applies them to the files of a job."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from breakhis_desktop.domain import identity
from breakhis_desktop.domain.identity import PATTERN, TABLE, IdentityRule, OfficialNames, ParentFolder, Pattern, Table
from breakhis_desktop.domain.records import PendingImage
from breakhis_desktop.errors import NothingToDoError, UserError
from breakhis_desktop.files import absolute, printable, why_unreadable
from breakhis_desktop.pipeline.discover import Asking, HaltedError, discover
from breakhis_desktop.wording.message import Message
from breakhis_desktop.wording.runs import RunCode

_LARGEST_TABLE = 50_000_000
_MOST_PREVIEWED = 200


@dataclass(frozen=True, slots=True)
class Survey:
    """The images of a job that has not started.

    Attributes:
        images: The number of files to read.
        first: The first of these files.
        nothing: Why a run over the same folder or files would have nothing to analyse; else None.
    """

    images: int
    first: tuple[Path, ...]
    nothing: Message | None = None


def survey(inputs: Sequence[Path], halted: Callable[[], bool] = lambda: False) -> Survey:
    """List what a job would read; empty if there is no image or the search is halted."""
    try:
        images = [file.path for file in discover(inputs, halted) if file.status is None]
    except NothingToDoError as error:
        return Survey(0, (), error.message)
    except HaltedError:
        images = []
    return Survey(len(images), tuple(islice(images, _MOST_PREVIEWED)))


def load_rule(text: str, asking: Asking = lambda _: None) -> IdentityRule:
    """Parse a rule, and load the table that it names.

    Args:
        text: The rule as the user wrote it.
        asking: Called with the table before it is read.

    Raises:
        UserError: The rule is invalid, or its table cannot be read.
    """
    match text:
        case "" | identity.OFFICIAL:
            return OfficialNames()
        case identity.FOLDER:
            return ParentFolder()
        case _ if text.startswith(PATTERN):
            return Pattern(text.removeprefix(PATTERN))
        case _ if text.startswith(TABLE):
            file = absolute(Path(text.removeprefix(TABLE)))
            return _load_table(file, asking)
    raise UserError(Message.of(RunCode.RULE_UNKNOWN, rule=printable(text)))


def preview(rule_text: str, files: Sequence[Path]) -> list[PendingImage]:
    """Return what a rule reads from some files.

    Raises:
        UserError: The rule cannot be used.
    """
    rule = load_rule(rule_text)
    return [PendingImage(position, file, rule.identify(file)) for position, file in enumerate(files)]


def _load_table(file: Path, asking: Asking) -> Table:
    try:
        asking(file)
        with file.open("rb") as stream:
            data = stream.read(_LARGEST_TABLE + 1)
        asking(None)
    except OSError as error:
        raise UserError(Message.of(RunCode.TABLE_UNOPENED, file=printable(file), reason=why_unreadable(error))) from None
    if len(data) > _LARGEST_TABLE:
        raise UserError(Message.of(RunCode.TABLE_TOO_LARGE, file=printable(file)))
    return Table.of_csv(str(file), data)
