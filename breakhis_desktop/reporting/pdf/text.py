"""Text in the report: the embedded fonts, and names of any script made safe, drawable and short enough."""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape  # nosec B406 # it only writes markup

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from breakhis_desktop.assets import resources
from breakhis_desktop.files import printable
from breakhis_desktop.reporting.pdf.scripts import visual
from breakhis_desktop.reporting.pdf.system_fonts import system_font_for

REGULAR, BOLD = "NotoSans", "NotoSans-Bold"


@cache
def register_fonts() -> frozenset[int]:
    """Register Noto Sans with reportlab.

    Returns:
        The code points that the font can draw.
    """
    folder = resources() / "fonts"
    regular = TTFont(REGULAR, str(folder / "NotoSans-Regular.ttf"))
    pdfmetrics.registerFont(regular)
    pdfmetrics.registerFont(TTFont(BOLD, str(folder / "NotoSans-Bold.ttf")))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)
    return frozenset(regular.face.charToGlyph)


def drawable(text: str) -> str:
    """Return text made printable, with numbers such as [U+60A3 U+8005] in place of letters that no font has, and with accents composed."""
    composed = unicodedata.normalize("NFC", printable(text))
    parts = groupby(composed, key=_has_font)
    return "".join("".join(letters) if has_font else _numbered(letters) for has_font, letters in parts)


def is_drawable(text: str) -> bool:
    """Return whether there is a font for each letter of a text, so that `drawable` replaces no letter by its number."""
    return all(map(_has_font, unicodedata.normalize("NFC", printable(text))))


def markup(text: str) -> str:
    """Return drawable text as paragraph markup that shows it unchanged, including repeated spaces."""
    return "".join(
        escape(part).replace("  ", "\u00a0 ") if font is None else f'<font name="{escape(font)}">{escape(part)}</font>'
        for font, part in _runs(text)
    )


def draw_line(canvas: Canvas, x: float, y: float, text: str, size: float) -> None:
    """Draw a line of drawable text."""
    for font, part in _runs(text):
        canvas.setFont(font or REGULAR, size)
        canvas.drawString(x, y, part)
        x += pdfmetrics.stringWidth(part, font or REGULAR, size)


def width_of(text: str, font: str, size: float) -> float:
    """Return the width of a line of drawable text, in points."""
    return float(sum(pdfmetrics.stringWidth(part, other or font, size) for other, part in _runs(text)))


def _runs(text: str) -> list[tuple[str | None, str]]:
    """Return drawable text in parts, in the order in which they are drawn, each with the system's font for it; None for Noto Sans."""
    if text.isascii():
        return [(None, text)]
    return [(font, "".join(letters)) for font, letters in groupby(visual(text), key=_font_of)]


@lru_cache(maxsize=4096)
def _font_of(character: str) -> str | None:
    return None if ord(character) in register_fonts() else system_font_for(character)


def _has_font(character: str) -> bool:
    return ord(character) in register_fonts() or _font_of(character) is not None


def _numbered(letters: Iterable[str]) -> str:
    return f"[{' '.join(f'U+{ord(letter):04X}' for letter in letters)}]"


def elided(text: str, font: str, size: float, width: float) -> str:
    """Shorten drawable text to at most `width` points, replacing its middle with an ellipsis if necessary."""
    if width_of(text, font, size) <= width:
        return text
    kept = bisect_right(range(len(text)), width, key=lambda count: width_of(_without_middle(text, count), font, size)) - 1
    return _without_middle(text, max(kept, 0))


def name_markup(name: str, font: str, size: float, width: float) -> str:
    """Return a file name as markup for about two lines of `width` points; the first line ends after a hyphen, underscore or space."""
    # Leave a tenth of each line free, since lines are seldom full.
    text = elided(drawable(name), font, size, 1.8 * width)
    fitting = bisect_right(range(len(text) + 1), width, key=lambda count: width_of(text[:count], font, size)) - 1
    cut = max(text.rfind(separator, 0, fitting) for separator in "-_ ") + 1
    if fitting == len(text) or cut < fitting / 2:
        return markup(text)
    return f"{markup(text[:cut])}<br/>{markup(text[cut:])}"


def elided_path(path: Path, font: str, size: float, width: float) -> str:
    """Return a path as drawable text of at most `width` points, leaving out as many leading folders as necessary."""
    parts = [drawable(part) for part in path.parts]
    whole = str(Path(*parts)) if parts else ""
    shorter = (str(Path("…", *parts[left_out:])) for left_out in range(1, len(parts)))
    fitting = (text for text in (whole, *shorter) if width_of(text, font, size) <= width)
    return next(fitting, elided(whole, font, size, width))


def _without_middle(text: str, kept: int) -> str:
    tail = kept // 2
    return f"{text[: kept - tail]}…{text[len(text) - tail :]}"
