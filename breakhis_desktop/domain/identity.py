"""The rules by which a job reads the patient and the magnification of an image from its path.

A rule is written as `official`, `folder`, `magnification`, `pattern:...` or `csv:...`. `folder` and `magnification` may precede another
rule, as in `folder,magnification` or `folder,pattern:...`: they supply what that rule does not read. An official name supplies the rest.
"""

import csv
import hashlib
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from breakhis_desktop.domain.filenames import composed
from breakhis_desktop.domain.pattern_cost import longest_read
from breakhis_desktop.errors import UserError
from breakhis_desktop.files import escaped, printable, unescaped
from breakhis_desktop.wording.message import Message
from breakhis_desktop.wording.runs import RunCode

OFFICIAL, FOLDER, MAGNIFICATION, PATTERN, TABLE = "official", "folder", "magnification", "pattern:", "csv:"
"""How each rule is written; the last two are prefixes, followed by the pattern or the file."""

LONGEST_PATTERN = 200
_LONGEST_NAME = 128
_LONGEST_PATIENT = 64
_GAPS = {"", "nan", "na", "n/a", "none", "null"}
"""What programs write into an empty cell of a table."""

_HALF = re.compile("[\ud800-\udfff]")
"""A lone surrogate: half a character, or a byte that is not UTF-8. SQLite cannot store it."""

_WRITTEN = re.compile(r"(?<![^\W_])(?<![.,])(?:[xX×]([1-9][0-9]{0,3})|([1-9][0-9]{0,3})[xX×])(?![^\W_])")
"""A magnification as people write it in names, such as `100x` or `x400`; the size of a picture, such as `1024x768`, does not match."""

_TOTAL = frozenset({40, 50, 60, 63, 100, 125, 160, 200, 250, 320, 400, 500, 600, 630, 1000})
"""The usual magnifications of lens and eyepiece together; a folder that states any other magnification, such as `3x`, may be a patient."""

_NAMES = {"patient": r"(?P<patient>[^/]+?)", "magnification": r"(?P<magnification>\d{1,4})"}


@dataclass(frozen=True, slots=True)
class Identity:
    """What a rule read for one image.

    Attributes:
        patient_id: The patient in Unicode NFC, so that two spellings of a name are one patient; None if the rule found no patient.
        magnification: The magnification; None if the rule found no magnification.
    """

    patient_id: str | None = None
    magnification: int | None = None

    def __post_init__(self) -> None:
        """Convert the patient to Unicode NFC; earlier versions stored the spelling of the file system."""
        if self.patient_id is not None:
            object.__setattr__(self, "patient_id", composed(self.patient_id))


UNREAD = Identity()


class IdentityRule(Protocol):
    """Reads the patient and magnification of an image from its path."""

    @property
    def text(self) -> str:
        """The rule as stored, so that a later run can tell whether it changed; empty for official names."""

    def identify(self, path: Path) -> Identity:
        """Read patient and magnification from an image's absolute path."""


@dataclass(frozen=True, slots=True)
class OfficialNames:
    """Leaves everything to the official names."""

    text: str = ""

    def identify(self, path: Path) -> Identity:
        """Return an empty identity for every file."""
        del path
        return UNREAD


@dataclass(frozen=True, slots=True)
class ParentFolder:
    """Takes the parent folder as the patient; a parent folder like `100x` is the magnification, and the folder above it the patient."""

    text: str = FOLDER

    def identify(self, path: Path) -> Identity:
        """Return the patient, and the magnification if the parent folder states it."""
        return Identity(_patient(self.of(path).name), _magnification_of(path.parent))

    @staticmethod
    def of(path: Path) -> Path:
        """Return the folder that names the patient."""
        return path.parent if _magnification_of(path.parent) is None else path.parent.parent


@dataclass(frozen=True, slots=True)
class WrittenMagnification:
    """Reads a magnification such as `100x` in an image's name, or else in its folder's name."""

    text: str = MAGNIFICATION

    def identify(self, path: Path) -> Identity:
        """Return the magnification, or none if one name states two different magnifications."""
        for name in (path.stem, path.parent.name):
            stated = {int(left or right) for left, right in _WRITTEN.findall(name)}
            if stated:
                return Identity(None, stated.pop() if len(stated) == 1 else None)
        return UNREAD


@dataclass(frozen=True, slots=True)
class Combined:
    """Several rules: the last is applied first; the others, in their order, supply what the rules applied before them did not read."""

    rules: tuple[IdentityRule, ...]

    @property
    def text(self) -> str:
        """The rules as stored."""
        return ",".join(rule.text for rule in self.rules)

    def identify(self, path: Path) -> Identity:
        """Return the first patient and the first magnification found, in the order in which the rules are applied."""
        found = [rule.identify(path) for rule in (self.rules[-1], *self.rules[:-1])]
        patient = next((one.patient_id for one in found if one.patient_id is not None), None)
        return Identity(patient, next((one.magnification for one in found if one.magnification is not None), None))


class Pattern:
    """Reads paths by a template such as `{patient}_{magnification}x_*`, or by a regular expression with one or both of these named groups.

    The text to match is the file name without its extension, preceded by as many parent folders as the pattern has slashes. A template
    must match the whole text; a regular expression may match any part of it.
    """

    def __init__(self, pattern: str) -> None:
        """Compile the pattern.

        Raises:
            UserError: The pattern is invalid, has neither group, or might take forever on a name.
        """
        if "\0" in pattern or _HALF.search(pattern):
            raise UserError(Message.of(RunCode.PATTERN_NO_TEXT))
        self.text = PATTERN + pattern
        self._expression = _compiled(composed(pattern))
        self._folders = _slashes(self._expression.pattern)
        self._longest = longest_read(self._expression.pattern, _LONGEST_NAME * (1 + self._folders))

    def identify(self, path: Path) -> Identity:
        """Return what the named groups matched; an empty identity if the pattern does not match."""
        place = Path(*path.parts[-1 - self._folders :])
        text = composed(place.as_posix().removesuffix(place.suffix))
        found = self._expression.search(text) if len(text) <= self._longest else None
        if found is None:
            return UNREAD
        groups = found.groupdict()
        return Identity(_patient(groups.get("patient")), read_magnification(groups.get("magnification")))


class _TableError(UserError):
    """A table cannot be used; the message is a clause that does not name the file."""


@dataclass(frozen=True, slots=True)
class Table:
    """Looks images up in a table, by name or by as much of the path as the table gives.

    Attributes:
        text: The table's file and the hash of its contents.
        identities: The identity in each of the table's rows, keyed by the trailing part of a path.
    """

    text: str
    identities: Mapping[str, Identity]

    @classmethod
    def of_csv(cls, file: str, data: bytes) -> "Table":
        """Read a CSV file with the column `file`, and `patient` or `magnification` or both.

        Args:
            file: The path of the table.
            data: The contents of the table.

        Raises:
            UserError: The file is not such a table, or contradicts itself.
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
        """Return the identity in the row that matches the longest trailing part of the path; an empty identity if no row matches."""
        row = self.row_of(path)
        return UNREAD if row is None else self.identities[row]

    def row_of(self, path: Path) -> str | None:
        """Return the key of the row that matches the longest trailing part of a path; None if no row matches."""
        parts = _key(path.as_posix()).split("/")
        ends = ("/".join(parts[start:]) for start in range(len(parts)))
        return next((end for end in ends if end in self.identities), None)


def _magnification_of(folder: Path) -> int | None:
    """Return the magnification if a folder's whole name states it, as in `100x`; None for other names, such as `X100` (maybe a patient)."""
    found = _WRITTEN.fullmatch(folder.name)
    return int(found[2]) if found and found[2] and int(found[2]) in _TOTAL else None


def parts_of(rule: str) -> tuple[str, ...]:
    """Return the rules that a rule combines, in the order in which they are written."""
    parts = []
    while rule.startswith((f"{FOLDER},", f"{MAGNIFICATION},")):
        part, _, rule = rule.partition(",")
        parts.append(part)
    return (*parts, rule)


def with_magnification(rule: str) -> str:
    """Add the rule `magnification` to a rule; a pattern or a table stays last."""
    if rule in {"", OFFICIAL}:
        return MAGNIFICATION
    *words, last = parts_of(rule)
    return ",".join((*words, MAGNIFICATION, last) if last.startswith((PATTERN, TABLE)) else (*words, last, MAGNIFICATION))


def without_magnification(rule: str) -> str:
    """Remove the rule `magnification` from a rule."""
    return ",".join(part for part in parts_of(rule) if part != MAGNIFICATION)


def as_kept(rule: str) -> str:
    """Return a user's rule with the table's name escaped, so that it can be stored whatever bytes the name holds."""
    return _with_table(escaped, rule)


def restored(kept: str) -> str:
    """Return the rule that `as_kept` escaped."""
    return _with_table(unescaped, kept)


def as_written(text: str) -> str:
    """Return a run's stored rule as a user writes it: with the table's name unescaped and without its hash."""
    return _with_table(lambda table: unescaped(re.sub(r" \([0-9a-f]{12}\)$", "", table)), text)


def tables_of(rule: str) -> list[Path]:
    """Return the table that a user's rule names; empty if the rule names none."""
    last = parts_of(rule)[-1]
    file = last.removeprefix(TABLE)
    return [Path(file)] if last.startswith(TABLE) and file else []


def _with_table(change: Callable[[str], str], rule: str) -> str:
    """Return a rule with its last part changed if that part names a table."""
    *words, last = parts_of(rule)
    return ",".join((*words, change(last))) if last.startswith(TABLE) else rule


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
    """Count the slashes that an expression matches; the slash in a negated class such as `[^/]` does not count."""
    plain = re.sub(r"\\[^/]", "x", expression, flags=re.DOTALL)
    return re.sub(r"\[(\^?)\]?[^\]]*\]", lambda found: "x" if found[1] else "/" * ("/" in found[0]), plain).count("/")


def _of_template(template: str) -> str:
    """Convert a template to a regular expression: a star matches anything, the two names become groups, all else is literal."""
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
    """Yield the file and identity of each row; columns other than `file`, `patient` and `magnification` are ignored."""
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
    """Normalise a path, so that different ways to write accents and slashes compare equal."""
    return composed(printable(path).replace("\\", "/")).removeprefix("./")


def _patient(text: str | None) -> str | None:
    return printable(composed(text.strip()))[:_LONGEST_PATIENT] or None if text else None


def read_magnification(text: str | None) -> int | None:
    """Read a magnification as people and spreadsheets write it, `400`, `400X`, `x400` or `400.0`; None for anything else.

    `1,000` and `1.000` could mean one or a thousand, and so give None.
    """
    found = re.fullmatch(r"\s*[xX×]?\s*(?![1-9][.,]000(?!0))([1-9][0-9]{0,3})(?:[.,]0+)?\s*[xX×]?\s*", text or "")
    return int(found[1]) if found else None
