"""Whose image it is and at which magnification it was taken: the rule by which a job reads both.

A rule is written as `official`, `folder`, `pattern:...` or `csv:...`; what it leaves open, an official name may still say.
"""

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from breakhis_desktop.domain.filenames import composed
from breakhis_desktop.domain.pattern_cost import longest_read
from breakhis_desktop.errors import UserError
from breakhis_desktop.files import escaped, printable, unescaped
from breakhis_desktop.wording.message import Message
from breakhis_desktop.wording.runs import RunCode

OFFICIAL, FOLDER, PATTERN, TABLE = "official", "folder", "pattern:", "csv:"
"""How each rule is written; the last two go on with the pattern and with the file."""

LONGEST_PATTERN = 200
_LONGEST_NAME = 128
_LONGEST_PATIENT = 64
_GAPS = {"", "nan", "na", "n/a", "none", "null"}
"""What programs write into a table where there is nothing."""

_HALF = re.compile("[\ud800-\udfff]")
"""Half a character, or a byte that is no UTF-8; no store takes it."""

_NAMES = {"patient": r"(?P<patient>[^/]+?)", "magnification": r"(?P<magnification>\d{1,4})"}


@dataclass(frozen=True, slots=True)
class Identity:
    """What a rule read of one image.

    Attributes:
        patient_id: Whose it is, in composed letters, so that two spellings of a name are one patient; None where the rule does not say.
        magnification: At which magnification it was taken; None where the rule does not say.
    """

    patient_id: str | None = None
    magnification: int | None = None

    def __post_init__(self) -> None:
        """Compose the letters of the patient; earlier versions stored them as the file system has them."""
        if self.patient_id is not None:
            object.__setattr__(self, "patient_id", composed(self.patient_id))


UNREAD = Identity()


class IdentityRule(Protocol):
    """A way to read patient and magnification of an image from where it lies."""

    @property
    def text(self) -> str:
        """The rule as it stands in the store, from which a difference shows; empty for official names."""

    def identify(self, path: Path) -> Identity:
        """Read what an image's absolute path says."""


@dataclass(frozen=True, slots=True)
class OfficialNames:
    """Leaves everything to the official names."""

    text: str = ""

    def identify(self, path: Path) -> Identity:
        """Return nothing, of whatever file, beyond its official name."""
        del path
        return UNREAD


@dataclass(frozen=True, slots=True)
class ParentFolder:
    """Takes the name of the folder in which an image lies for its patient."""

    text: str = FOLDER

    def identify(self, path: Path) -> Identity:
        """Return the folder's name."""
        return Identity(_patient(path.parent.name))


class Pattern:
    """Reads names by a template such as `{patient}_{magnification}x_*`, or by a regular expression with these named groups.

    It is compared with the name without its ending, and with as many folders above as it has slashes. A template must describe all
    of that, a regular expression may stand anywhere in it.
    """

    def __init__(self, pattern: str) -> None:
        """Read the pattern.

        Raises:
            UserError: It is none, names neither group, or might take forever on a name.
        """
        if "\0" in pattern or _HALF.search(pattern):
            raise UserError(Message.of(RunCode.PATTERN_NO_TEXT))
        self.text = PATTERN + pattern
        self._expression = _compiled(composed(pattern))
        self._folders = _slashes(self._expression.pattern)
        self._longest = longest_read(self._expression.pattern, _LONGEST_NAME * (1 + self._folders))

    def identify(self, path: Path) -> Identity:
        """Return what the named groups hold; nothing where the pattern does not fit."""
        place = Path(*path.parts[-1 - self._folders :])
        text = composed(place.as_posix().removesuffix(place.suffix))
        found = self._expression.search(text) if len(text) <= self._longest else None
        if found is None:
            return UNREAD
        groups = found.groupdict()
        return Identity(_patient(groups.get("patient")), read_magnification(groups.get("magnification")))


class _TableError(UserError):
    """A table cannot be used; the message is a clause that does not name it."""


@dataclass(frozen=True, slots=True)
class Table:
    """Looks images up in a table, by their name or by as much of their path as the table has.

    Attributes:
        text: The table's file and its contents' hash.
        identities: What the table says, by the end of a path.
    """

    text: str
    identities: Mapping[str, Identity]

    @classmethod
    def of_csv(cls, file: str, data: bytes) -> "Table":
        """Read a CSV file with the columns `file`, `patient` and `magnification`.

        Args:
            file: Where it lies.
            data: What it holds.

        Raises:
            UserError: It is no such table.
        """
        try:
            identities = _identities(data.decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise UserError(Message.of(RunCode.TABLE_NO_UTF_8, file=printable(file))) from None
        except _TableError as error:
            raise UserError(Message.of(RunCode.TABLE_UNUSABLE, file=printable(file), error=error.message)) from None
        except csv.Error as error:
            raise UserError(Message.of(RunCode.TABLE_UNUSABLE, file=printable(file), error=str(error))) from None
        return cls(f"{TABLE}{escaped(file)} ({hashlib.sha256(data).hexdigest()[:12]})", identities)

    def identify(self, path: Path) -> Identity:
        """Return the row whose path fits best; nothing where there is none."""
        parts = _key(path.as_posix()).split("/")
        ends = ("/".join(parts[start:]) for start in range(len(parts)))
        return next((self.identities[end] for end in ends if end in self.identities), UNREAD)


def as_kept(rule: str) -> str:
    """Return a rule as a user writes it in letters that any store takes, whatever the name of its table."""
    return escaped(rule) if rule.startswith(TABLE) else rule


def restored(kept: str) -> str:
    """Return the rule that `as_kept` was given."""
    return unescaped(kept) if kept.startswith(TABLE) else kept


def as_written(text: str) -> str:
    """Return the rule of a run as a user writes it: with its table as the file system has it, and without that one's hash."""
    return restored(re.sub(r" \([0-9a-f]{12}\)$", "", text)) if text.startswith(TABLE) else text


def tables_of(rule: str) -> list[Path]:
    """Return the table that a rule names, as a user writes it, if it does."""
    file = rule.removeprefix(TABLE)
    return [Path(file)] if rule.startswith(TABLE) and file else []


def _compiled(pattern: str) -> re.Pattern[str]:
    if not pattern:
        raise UserError(Message.of(RunCode.PATTERN_EMPTY))
    if len(pattern) > LONGEST_PATTERN:
        raise UserError(Message.of(RunCode.PATTERN_LENGTH, most=LONGEST_PATTERN))
    is_template = any(f"{{{name}}}" in pattern for name in _NAMES)
    expression = _of_template(pattern) if is_template else pattern
    longest_read(expression, _LONGEST_NAME)
    try:
        compiled = re.compile(expression)
    except (re.error, OverflowError, RecursionError) as error:
        raise UserError(Message.of(RunCode.PATTERN_NO_EXPRESSION, error=str(error))) from None
    if not compiled.groupindex.keys() & _NAMES.keys():
        raise UserError(Message.of(RunCode.PATTERN_NAMES_NOTHING))
    return compiled


def _slashes(expression: str) -> int:
    """Count the slashes that an expression matches; in a class such as `[^/]` a slash stands for what is not matched."""
    plain = re.sub(r"\\[^/]", "x", expression, flags=re.DOTALL)
    return re.sub(r"\[(\^?)\]?[^\]]*\]", lambda found: "x" if found[1] else "/" * ("/" in found[0]), plain).count("/")


def _of_template(template: str) -> str:
    """Return a template as a regular expression: a star stands for anything, all else but the two names for itself."""
    parts = re.split(r"(\{patient\}|\{magnification\}|\*)", template)
    for name in _NAMES:
        if parts.count(f"{{{name}}}") > 1:
            raise UserError(Message.of(RunCode.PATTERN_NAMES_TWICE, name=name))
    known = {"*": ".*?", **{f"{{{name}}}": expression for name, expression in _NAMES.items()}}
    return f"^{''.join(known.get(part, re.escape(part)) for part in parts)}$"


def _identities(text: str) -> dict[str, Identity]:
    found: dict[str, Identity] = {}
    for file, identity in _rows(text):
        if found.setdefault(file, identity) != identity:
            raise _TableError(Message.of(RunCode.TABLE_CONTRADICTS_ITSELF, file=printable(file)))
    return found


def _rows(text: str) -> Iterator[tuple[str, Identity]]:
    """Yield file and identity of each row; of a row only the three columns are looked at, whatever else it holds."""
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    columns = {name.strip().lower(): place for place, name in enumerate(next(reader, []))}
    if "file" not in columns or not {"patient", "magnification"} & columns.keys():
        raise _TableError(Message.of(RunCode.TABLE_LACKS_COLUMNS))
    places = [columns.get(name) for name in ("file", "patient", "magnification")]
    for row in reader:
        file, patient, magnification = (row[place].strip() if place is not None and place < len(row) else "" for place in places)
        if file:
            yield _key(file), Identity(_patient(patient), _stated_magnification(magnification, file))


def _stated_magnification(text: str, file: str) -> int | None:
    if text.lower() in _GAPS:
        return None
    magnification = read_magnification(text)
    if magnification is None:
        raise _TableError(Message.of(RunCode.TABLE_ODD_MAGNIFICATION, file=printable(file), value=printable(text[:20])))
    return magnification


def _key(path: str) -> str:
    """Return a path so that those of one file are equal, however a spreadsheet or a system writes its accents and slashes."""
    return composed(printable(path).replace("\\", "/")).removeprefix("./")


def _patient(text: str | None) -> str | None:
    return printable(composed(text.strip()))[:_LONGEST_PATIENT] or None if text else None


def read_magnification(text: str | None) -> int | None:
    """Read a magnification as people and spreadsheets write it: `400`, `400X`, `x400`, `400.0`; None where it is none.

    `1,000` and `1.000` may mean one or a thousand, and so are none.
    """
    found = re.fullmatch(r"\s*[xX×]?\s*(?![1-9][.,]000(?!0))([1-9][0-9]{0,3})(?:[.,]0+)?\s*[xX×]?\s*", text or "")
    return int(found[1]) if found else None
