r"""What the names of files say, and how they are shown.

Official names read `SOB_M_DC-14-15704-400-031.png`: biopsy procedure, class, subtype, year, slide, magnification, sequence number.
"""

import os
import re
import sys
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from breakhis_desktop.domain.taxonomy import SUBTYPE_BY_CODE, Decision, Subtype
from breakhis_desktop.errors import UserError

_OFFICIAL = re.compile(
    r"SOB_(?P<letter>[BM])_(?P<code>A|F|PT|TA|DC|LC|MC|PC)"
    r"-(?P<year>\d{2})-(?P<slide>(?P<accession>\d+)[A-Z]*)-(?P<magnification>[1-9]\d{1,2})-\d{3}",
    re.ASCII,
)
_ESCAPE = re.compile(r"\\(?:x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8})")
_BACKSLASH = r"\u005c"
"""How a backslash is written where what follows it would read as an escape."""
_LETTERS = {"B": Decision.BENIGN, "M": Decision.MALIGNANT}


@dataclass(frozen=True, slots=True)
class OfficialName:
    """What a file name of the BreakHis form states, the true subtype included; its magnification may be one that BreakHis does not have."""

    subtype: Subtype
    patient_id: str
    accession: str
    magnification: int


@lru_cache(maxsize=1024)  # one image's patient, magnification and subtype are asked for one after the other
def parse_official_name(name: str) -> OfficialName | None:
    """Read a file name of the BreakHis data set, whatever its extension.

    Returns:
        What the name states; None where it is no official name, or its class contradicts its subtype.
    """
    match = _OFFICIAL.fullmatch(Path(name).stem)
    if match is None:
        return None
    subtype = SUBTYPE_BY_CODE[match["code"]]
    if subtype.decision is not _LETTERS[match["letter"]]:
        return None
    return OfficialName(subtype, f"{match['year']}-{match['slide']}", match["accession"], int(match["magnification"]))


def absolute(path: Path) -> Path:
    """Return the path from the root on, with `.` and `..` folded and links left as they are.

    Raises:
        UserError: It is relative, and the working folder was removed.
    """
    try:
        return Path(os.path.abspath(path))  # noqa: PTH100 (Path.absolute keeps `..`, Path.resolve follows links)
    except FileNotFoundError:
        raise UserError(f"The working folder was removed, so {printable(path)} is nowhere; change to a folder that is there.") from None


def composed(text: str) -> str:
    """Return a name in the one spelling by which names are compared; a file is opened under the name that its system has for it.

    A Mac writes ã as two characters, most others as one.
    """
    return unicodedata.normalize("NFC", text)


def folded(text: str) -> str:
    """Return a text as searches compare it, whatever its capitals and however its accents are written."""
    return composed(unicodedata.normalize("NFD", text).casefold())


def printable(text: str | Path) -> str:
    r"""Return a file's name or path as text that any screen, CSV or PDF can hold.

    Bytes that are no UTF-8 become `\xNN`; control characters, line breaks, marks that turn the direction of writing, and what stands for
    no character (private use, unassigned) become `\uNNNN` or `\UNNNNNNNN`. Everything else stays as it is.
    """
    shown = str(text)
    return shown if shown.isprintable() else "".join(_printable(character) for character in shown)


def escaped(text: str | Path) -> str:
    """Return a path as `printable` does, but so that `unescaped` brings the very path back."""
    return printable(_ESCAPE.sub(lambda found: _BACKSLASH + found[0][1:] if _character_of(found) else found[0], str(text)))


def unescaped(text: str) -> str:
    """Return what `escaped` was given; what it never writes stays as it is."""
    return _ESCAPE.sub(lambda found: _character_of(found) or found[0], text)


def _character_of(escape: re.Match[str]) -> str:
    """Return what an escape stands for; nothing where no name is written with it."""
    if escape[0] == _BACKSLASH:
        return "\\"
    code = int(escape[0][2:], 16) + (0xDC00 if escape[0][1] == "x" else 0)
    return chr(code) if code <= sys.maxunicode and printable(chr(code)) == escape[0] else ""


def _printable(character: str) -> str:
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}:
        return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
    return character
