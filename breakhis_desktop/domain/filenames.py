r"""What the names of files say, and how they are shown.

Official names read `SOB_M_DC-14-15704-400-031.png`: biopsy procedure, class, subtype, year, slide, magnification, sequence number.
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


def composed(text: str) -> str:
    """Return a name in the one spelling by which names are compared; a file is opened under the name that its system has for it.

    A Mac writes ã as two characters, most others as one.
    """
    return unicodedata.normalize("NFC", text)


def folded(text: str) -> str:
    """Return a text as searches compare it, whatever its capitals and however its accents are written."""
    return composed(unicodedata.normalize("NFD", text).casefold())
