"""Loads identity rules, which say how patient and magnification are read from a path, and applies them to the files of a job."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from breakhis_desktop.domain.identity import (
    FOLDER,
    MAGNIFICATION,
    OFFICIAL,
    PATTERN,
    TABLE,
    Combined,
    IdentityRule,
    OfficialNames,
    ParentFolder,
    Pattern,
    Table,
    WrittenMagnification,
    parts_of,
)
from breakhis_desktop.domain.identity_guess import Guess, guess_identity
from breakhis_desktop.domain.records import PendingImage
from breakhis_desktop.errors import NothingToDoError, UserError
from breakhis_desktop.files import absolute, printable, why_unreadable
from breakhis_desktop.pipeline.discover import Asking, FoundFile, HaltedError, discover
from breakhis_desktop.pipeline.patience import patiently, without_news
from breakhis_desktop.wording.message import Message
from breakhis_desktop.wording.runs import RunCode

_RULES: dict[str, Callable[[], IdentityRule]] = {
    "": OfficialNames,
    OFFICIAL: OfficialNames,
    FOLDER: ParentFolder,
    MAGNIFICATION: WrittenMagnification,
}
"""The rules without an argument, by the text that selects them."""
_LARGEST_TABLE = 50_000_000
_MOST_PREVIEWED = 200
_TABLE_SUFFIX = ".csv"
_MOST_TABLES = 5
_LARGEST_GUESSED = 5_000_000
"""Maximum size in bytes of a table that the program reads to guess a rule."""


@dataclass(frozen=True, slots=True)
class Survey:
    """The images of a job that has not started.

    Attributes:
        images: The number of files to read.
        first: The first of these files, at most `_MOST_PREVIEWED`.
        guess: The rule that probably suits these files, and how many patients it finds.
        nothing: Why a run over the same folder or files would have nothing to analyse; else None.
    """

    images: int
    first: tuple[Path, ...]
    guess: Guess
    nothing: Message | None = None


def survey(inputs: Sequence[Path], halted: Callable[[], bool] = lambda: False) -> Survey:
    """List the files that a job would read, and guess its identity rule.

    Files on a drive that does not answer are left out. The survey is empty if it is halted.
    """
    try:
        return without_news(patiently(partial(_survey, inputs, halted), halted))
    except HaltedError:
        return Survey(0, (), guess_identity([], [], {}))


def _survey(inputs: Sequence[Path], halted: Callable[[], bool], asking: Asking) -> Survey:
    try:
        found, nothing = discover(inputs, halted, asking), None
    except NothingToDoError as error:
        found, nothing = [], error.message
    images = [file.path for file in found if file.status is None]
    tables = _tables_beside(images, found, asking)
    asking(None)
    guess = guess_identity(images, [absolute(root) for root in inputs], tables)
    return Survey(len(images), tuple(islice(images, _MOST_PREVIEWED)), guess, nothing)


def load_rule(text: str, asking: Asking = lambda _: None) -> IdentityRule:
    """Parse a rule, and load the table if it names one.

    Args:
        text: The rule as the user wrote it.
        asking: Called with the table before it is read.

    Raises:
        UserError: The rule is invalid, or its table cannot be read.
    """
    rules = tuple(_load_part(part, asking) for part in parts_of(text))
    return rules[0] if len(rules) == 1 else Combined(rules)


def _load_part(text: str, asking: Asking) -> IdentityRule:
    if text in _RULES:
        return _RULES[text]()
    if text.startswith(PATTERN):
        return Pattern(text.removeprefix(PATTERN))
    if text.startswith(TABLE):
        return _load_table(absolute(Path(text.removeprefix(TABLE))), asking)
    raise UserError(Message.of(RunCode.RULE_UNKNOWN, rule=printable(text)))


def preview(rule_text: str, files: Sequence[Path]) -> list[PendingImage]:
    """Return what a rule reads from some files.

    Raises:
        UserError: The rule cannot be used.
    """
    rule = load_rule(rule_text)
    return [PendingImage(position, file, rule.identify(file)) for position, file in enumerate(files)]


def _tables_beside(images: Sequence[Path], found: Sequence[FoundFile], asking: Asking) -> dict[Path, Table]:
    """Return the first few tables of patients, by path: from the job's files or, if these include none, from the first image's folder."""
    files = [file.path for file in found if file.path.suffix.lower() == _TABLE_SUFFIX]
    if images and not files:
        with suppress(OSError):
            asking(images[0].parent)
            files = sorted(file for file in images[0].parent.iterdir() if file.suffix.lower() == _TABLE_SUFFIX)
    tables: dict[Path, Table] = {}
    for file in files[:_MOST_TABLES]:
        with suppress(UserError, OSError):
            asking(file)
            if file.is_file() and file.stat().st_size <= _LARGEST_GUESSED:
                tables[file] = _load_table(file, asking)
    return tables


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
