"""Text in the report: the embedded font, and file names made safe, drawable and short enough."""

import unicodedata
from bisect import bisect_right
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape  # nosec B406 # it only writes markup

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from breakhis_desktop.assets import resources
from breakhis_desktop.files import printable

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
    r"""Return printable text with each character that the font lacks as `\uNNNN`; accents are composed if possible."""
    glyphs = register_fonts()
    composed = unicodedata.normalize("NFC", printable(text))
    return "".join(character if ord(character) in glyphs else _escaped(character) for character in composed)


def markup(text: str) -> str:
    """Return drawable text as paragraph markup that shows it unchanged, including repeated spaces."""
    return escape(text).replace("  ", "\u00a0 ")


def width_of(text: str, font: str, size: float) -> float:
    """Return the width of a line of drawable text, in points."""
    width: float = pdfmetrics.stringWidth(text, font, size)
    return width


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


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
