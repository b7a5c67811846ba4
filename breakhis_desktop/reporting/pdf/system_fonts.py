"""Finds fonts of the system for the letters that Noto Sans lacks; each report embeds only the letters that it shows."""

import logging
import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

_log = logging.getLogger(__name__)


class _Script(NamedTuple):
    """Letters that are drawn from the same fonts.

    Attributes:
        ranges: Their code points, as first and last.
        needed: The code point of a letter that a font must have to be used.
        files: The font files, the best first. Fonts with PostScript outlines, such as Noto Sans CJK, cannot be embedded.
    """

    ranges: tuple[tuple[int, int], ...]
    needed: int
    files: tuple[str, ...]


_SCRIPTS = (
    _Script(
        ((0x2E80, 0x9FFF), (0xAC00, 0xD7AF), (0xF900, 0xFAFF), (0xFE30, 0xFE4F), (0xFF00, 0xFFEF), (0x20000, 0x323AF)),
        0x4E00,
        (
            *("notosanssc-regular.ttf", "notosanssc[wght].ttf", "notosansjp-regular.ttf", "notosansjp[wght].ttf"),
            *("msyh.ttc", "yugothr.ttc", "malgun.ttf", "simsun.ttc", "msgothic.ttc", "arial unicode.ttf", "stheiti light.ttc"),
            *("wqy-microhei.ttc", "wqy-zenhei.ttc", "droidsansfallbackfull.ttf", "droidsansfallback.ttf", "uming.ttc", "ipag.ttf"),
            *("notosanskr-regular.ttf", "notosanskr[wght].ttf", "nanumgothic.ttf", "applegothic.ttf"),
        ),
    ),
    _Script(
        ((0x0600, 0x06FF), (0x0750, 0x077F), (0xFB50, 0xFDFF), (0xFE70, 0xFEFF)),
        0xFEFC,  # the joining forms
        (
            *("notosansarabic-regular.ttf", "notonaskharabic-regular.ttf", "segoeui.ttf", "tahoma.ttf", "arial.ttf"),
            *("arial unicode.ttf", "geezapro.ttc", "dejavusans.ttf"),
        ),
    ),
    _Script(
        ((0x0590, 0x05FF), (0xFB1D, 0xFB4F)),
        0x05D0,
        ("notosanshebrew-regular.ttf", "segoeui.ttf", "arial.ttf", "arial unicode.ttf", "dejavusans.ttf", "freesans.ttf"),
    ),
    _Script(
        ((0x0900, 0x097F), (0xA8E0, 0xA8FF)),
        0x0915,
        (
            *("notosansdevanagari-regular.ttf", "nirmala.ttf", "nirmala.ttc", "mangal.ttf", "kohinoor.ttc"),
            *("devanagarimt.ttc", "devanagari sangam mn.ttc", "arial unicode.ttf", "lohit-devanagari.ttf", "freesans.ttf"),
        ),
    ),
    _Script(((0x0E00, 0x0E7F),), 0x0E01, ("notosansthai-regular.ttf", "leelawui.ttf", "tahoma.ttf", "arial unicode.ttf", "garuda.ttf")),
    _Script(
        ((0x0530, 0x058F), (0x10A0, 0x10FF)),
        0x10D0,
        ("notosansgeorgian-regular.ttf", "notosansarmenian-regular.ttf", "sylfaen.ttf", "segoeui.ttf", "dejavusans.ttf"),
    ),
)


def system_font_for(character: str) -> str | None:
    """Return the registered name of a font that has a character; None if the system has none that can be embedded."""
    code = ord(character)
    scripts = (script for script in _SCRIPTS if any(first <= code <= last for first, last in script.ranges))
    fonts = ((script, _registered(_font_files()[file])) for script in scripts for file in script.files if file in _font_files())
    return next((name for script, (name, glyphs) in fonts if {script.needed, code} <= glyphs), None)


@cache
def _registered(file: Path) -> tuple[str, frozenset[int]]:
    """Register a font with reportlab; return its name and code points, both empty if it is damaged or cannot be embedded."""
    try:
        font = TTFont(file.name, str(file))
    except Exception as error:  # noqa: BLE001 (a damaged font can make the library raise anything)
        _log.warning("a font of the system cannot be used: %s", error)
        return "", frozenset()
    pdfmetrics.registerFont(font)
    pdfmetrics.registerFontFamily(font.fontName, *[font.fontName] * 4)
    # Of two files with one font name, the library keeps the first.
    return font.fontName, frozenset(pdfmetrics.getFont(font.fontName).face.charToGlyph)


@cache
def _font_files() -> dict[str, Path]:
    """Return those of the wanted font files that the system has, by their names in lower case."""
    wanted = {name for script in _SCRIPTS for name in script.files}
    found: dict[str, Path] = {}
    for folder in font_folders():
        for root, folders, names in os.walk(folder):
            folders.sort()
            for name in sorted(names):
                if name.lower() in wanted:
                    found.setdefault(name.lower(), Path(root, name))
    return found


def font_folders() -> Iterator[Path]:
    """Return the folders in which systems keep their fonts; some may not exist."""
    home = Path(os.path.expanduser("~"))  # noqa: PTH111 (Path.home fails for a user without a home)
    match sys.platform:
        case "win32":
            yield Path(os.environ.get("WINDIR", r"C:\Windows"), "Fonts")
            yield Path(os.environ.get("LOCALAPPDATA", home), "Microsoft", "Windows", "Fonts")
        case "darwin":
            yield from (Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library" / "Fonts")
        case _:
            yield from (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".local" / "share" / "fonts", home / ".fonts")
