"""Vector charts: the distribution of probabilities, and the agreement of models and truth."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from reportlab.graphics.shapes import Drawing, Line, Rect, String
from reportlab.lib.colors import Color
from reportlab.lib.units import mm
from reportlab.platypus import Paragraph, Table

from breakhis_desktop.domain.histogram import histogram
from breakhis_desktop.domain.run_summary import BINS
from breakhis_desktop.domain.taxonomy import Decision
from breakhis_desktop.reporting.pdf import style
from breakhis_desktop.reporting.pdf.text import BOLD, REGULAR

_HEIGHT, _LEFT, _BOTTOM, _TOP = 42 * mm, 28.0, 22.0, 14.0
_LABEL, _GAP = 6.5, 1.2
_CELL = 16 * mm


def distribution(probabilities: Sequence[float], threshold: float, width: float) -> Drawing:
    """Return a histogram of probabilities from 0 to 1, with a mark at the threshold.

    Probabilities below the threshold have the colour of benign images, all others that of malignant images.
    """
    drawing = Drawing(width, _HEIGHT, initialFontName=REGULAR)
    below = histogram((p for p in probabilities if p < threshold), BINS)
    above = histogram((p for p in probabilities if p >= threshold), BINS)
    step = _step(max(map(sum, zip(below, above, strict=True))))
    highest = step * math.ceil(max(map(sum, zip(below, above, strict=True))) / step) or step
    scale = (_HEIGHT - _BOTTOM - _TOP) / highest
    for level in range(0, highest + 1, step):
        _draw_level(drawing, _BOTTOM + level * scale, f"{level:,}")
    for place, counts in enumerate(zip(below, above, strict=True)):
        _draw_bar(drawing, place, counts, scale)
    for tenth in range(0, 11, 2):
        drawing.add(_label(_x(drawing, tenth / 10), _BOTTOM - 9, f"{tenth / 10:.1f}", "middle"))
    drawing.add(_label(_x(drawing, 0.5), 2, "Calibrated probability of malignancy", "middle"))
    _draw_threshold(drawing, threshold)
    return drawing


def confusion_table(rows_are: str, matrix: NDArray[np.int64], names: Sequence[str], codes: Sequence[str]) -> Table:
    """Return a confusion matrix as a table of counts, shaded by each count's share of its row.

    Args:
        rows_are: What the rows stand for, as the heading of their names.
        matrix: Counts, with truth in rows and predictions in columns.
        names: The names of the rows.
        codes: The names of the columns.
    """
    header = [
        Paragraph(rows_are, style.COLUMN),
        *(Paragraph(code, style.COLUMN_CENTRE) for code in codes),
        Paragraph("n", style.COLUMN_RIGHT),
    ]
    rows = [
        [
            Paragraph(name, style.CELL),
            *(Paragraph(f"{int(count):,}", style.CELL_CENTRE) for count in row),
            Paragraph(f"{int(row.sum()):,}", style.CELL_RIGHT),
        ]
        for name, row in zip(names, matrix, strict=True)
    ]
    look: style.Look = [
        ("FONTNAME", (0, 0), (-1, -1), REGULAR),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (-1, -1), 2),
        ("RIGHTPADDING", (0, 0), (-1, -1), 2),
        ("LEFTPADDING", (0, 0), (0, -1), 0),
        ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
        ("LINEBELOW", (0, 0), (-1, 0), 0.8, style.ACCENT),
        ("LINEBELOW", (0, 1), (-1, -1), 0.4, style.LINE),
        *_shades(matrix),
    ]
    widths = [34 * mm, *[_CELL] * len(codes), 12 * mm]
    return Table([header, *rows], colWidths=widths, style=look, hAlign="LEFT")


def _shades(matrix: NDArray[np.int64]) -> style.Look:
    shaded = []
    for place, row in enumerate(matrix, start=1):
        for column, count in enumerate(row, start=1):
            if count:
                shaded.append(("BACKGROUND", (column, place), (column, place), _tint(float(count / row.sum()))))
    return shaded


def _tint(share: float) -> Color:
    """Return the accent colour on white, at most a third as strong, so that text on it stays readable."""
    strength = 0.06 + 0.29 * share
    return Color(*(1 - strength * (1 - part) for part in style.ACCENT.rgb()))


def _step(highest: int) -> int:
    """Return a round interval that gives about three grid lines."""
    magnitude: int = 10 ** math.floor(math.log10(max(highest / 3, 1)))
    return next(factor * magnitude for factor in (1, 2, 5, 10) if factor * magnitude >= highest / 3)


def _x(drawing: Drawing, p: float) -> float:
    return float(_LEFT + p * (drawing.width - _LEFT))


def _draw_level(drawing: Drawing, y: float, words: str) -> None:
    drawing.add(Line(_LEFT, y, drawing.width, y, strokeColor=style.LINE, strokeWidth=0.5))
    drawing.add(_label(_LEFT - 5, y - 2.2, words, "end"))


def _draw_bar(drawing: Drawing, place: int, counts: Sequence[int], scale: float) -> None:
    left, right = _x(drawing, place / BINS) + _GAP, _x(drawing, (place + 1) / BINS) - _GAP
    bottom = _BOTTOM
    for count, decision in zip(counts, Decision, strict=True):
        if count:
            drawing.add(Rect(left, bottom, right - left, count * scale, fillColor=style.COLOURS[decision], strokeWidth=0, strokeColor=None))
            bottom += count * scale


def _draw_threshold(drawing: Drawing, threshold: float) -> None:
    x = _x(drawing, threshold)
    drawing.add(Line(x, _BOTTOM - 3, x, _HEIGHT - 4, strokeColor=style.TEXT, strokeWidth=0.8))
    is_left = threshold < 0.7
    words = f"operating point {threshold:.3f}"
    drawing.add(
        String(
            x + (4 if is_left else -4),
            _HEIGHT - 9,
            words,
            fontName=BOLD,
            fontSize=_LABEL,
            fillColor=style.TEXT,
            textAnchor="start" if is_left else "end",
        )
    )


def _label(x: float, y: float, words: str, anchor: str) -> String:
    return String(x, y, words, fontName=REGULAR, fontSize=_LABEL, fillColor=style.MUTED, textAnchor=anchor)
