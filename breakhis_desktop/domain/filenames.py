"""Reads official BreakHis file names, and normalises names for comparison.

An official name is `SOB_M_DC-14-15704-400-031.png`: biopsy procedure, class, subtype, year, slide, magnification, sequence number.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from breakhis_desktop.domain.taxonomy import SUBTYPE_BY_CODE, Decision, Subtype

_OFFICIAL = re.compile(
    r"SOB_(?P<letter>[BM])_(?P<code>A|F|PT|TA|DC|LC|MC|PC)"
    r"-(?P<year>\d{2})-(?P<slide>(?P<accession>\d+)[A-Z]*)-(?P<magnification>[1-9]\d{1,2})-\d{3}",
    re.ASCII,
)
_LETTERS = {"B": Decision.BENIGN, "M": Decision.MALIGNANT}


@dataclass(frozen=True, slots=True)
class OfficialName:
    """The content of an official BreakHis file name; the magnification may be one that BreakHis does not have."""

    subtype: Subtype
    patient_id: str
    accession: str
    magnification: int


@lru_cache(maxsize=1024)  # callers read an image's patient, magnification and subtype in turn
def parse_official_name(name: str) -> OfficialName | None:
    """Parse a file name of the BreakHis data set, whatever its extension.

    Returns:
        The parts of the name; None if the name is not official, or if its class contradicts its subtype.
    """
    match = _OFFICIAL.fullmatch(Path(name).stem)
    if match is None:
        return None
    subtype = SUBTYPE_BY_CODE[match["code"]]
    if subtype.decision is not _LETTERS[match["letter"]]:
        return None
    return OfficialName(subtype, f"{match['year']}-{match['slide']}", match["accession"], int(match["magnification"]))


def composed(text: str) -> str:
    """Return a name in Unicode NFC, for comparison only: a file must be opened under the name that the file system gives.

    macOS writes ã as two characters, most other systems as one.
    """
    return unicodedata.normalize("NFC", text)


def folded(text: str) -> str:
    """Return a text case-folded and in Unicode NFC, so that searches ignore case and the spelling of accents."""
    return composed(unicodedata.normalize("NFD", text).casefold())
