"""In both colour schemes, text has the contrast of 4.5 to 1 that WCAG AA requires, and marks have the required 3 to 1."""

import re
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from breakhis_desktop.assets import resources
from breakhis_desktop.ui.look.theme import DARK, LIGHT, Theme, Tokens

LEAST_FOR_TEXT, LEAST_FOR_MARKS = 4.5, 3.0
THEMES = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
GROUNDS = ("pane", "ground")
"""The backgrounds that text may have if its rule in the style sheet names none."""

PAINTED = [
    *((text, ground) for text in ("text", "muted", "malignant", "benign", "review") for ground in ("pane", "accent_ground")),
    *((text, "ground") for text in ("text", "muted", "accent", "malignant", "benign", "review")),
    *((text, "track") for text in ("text", "muted")),
    *((text, "hover") for text in ("text", "accent")),
    ("accent", "pane"),
    ("accent", "accent_ground"),
    ("on_accent", "accent"),
]
"""The pairs of text colour and background that delegates paint or that the palette contains."""

MARKS = [
    *((mark, ground) for mark in ("malignant", "benign", "review", "accent", "muted") for ground in ("pane", "ground", "accent_ground")),
    *((mark, "track") for mark in ("malignant", "benign", "review", "accent", "text")),
    ("edge", "pane"),
    ("edge", "ground"),
    ("on_accent", "accent"),
]
"""The colours of shapes, bars, field borders and the focus ring, each with a background."""


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21.

    Source: WCAG 2.2, definitions of contrast ratio and relative luminance.
    """
    darker, lighter = sorted((_luminance(QColor(one)), _luminance(QColor(other))))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    red, green, blue = (_linear(value) for value in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def sheet_pairs() -> Iterator[tuple[str, str]]:
    """Yield every pair of text colour and background in the style sheet's rules."""
    sheet = re.sub(r"/\*.*?\*/", "", (resources() / "style" / "window.qss").read_text(encoding="utf-8"), flags=re.DOTALL)
    for body in re.findall(r"\{([^{}]*)\}", re.sub(r"\$\{\w+\}", "0", sheet)):
        stated = dict(re.findall(r"([a-z-]+):[^;]*?\$(\w+)", body))
        grounds = (stated["background"],) if "background" in stated else GROUNDS
        yield from ((stated[kind], ground) for kind in ("color", "placeholder-text-color") if kind in stated for ground in grounds)
        if "selection-color" in stated:
            yield stated["selection-color"], stated["selection-background-color"]


def weak(pairs: list[tuple[str, str]], tokens: Tokens, least: float) -> list[str]:
    return [
        f"{one} on {ground}: {ratio:.2f}"
        for one, ground in dict.fromkeys(pairs)
        if (ratio := contrast(getattr(tokens, one), getattr(tokens, ground))) < least
    ]


def test_black_and_a_known_grey_have_their_known_contrasts_on_white() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@THEMES
def test_all_text_in_the_style_sheet_has_enough_contrast(tokens: Tokens) -> None:
    pairs = list(sheet_pairs())
    assert {("text", "pane"), ("on_accent", "accent"), ("muted", "track"), ("accent", "accent_ground")} <= set(pairs)
    assert weak(pairs, tokens, LEAST_FOR_TEXT) == []


@THEMES
def test_all_painted_text_has_enough_contrast(tokens: Tokens) -> None:
    assert weak(PAINTED, tokens, LEAST_FOR_TEXT) == []


@THEMES
def test_all_marks_have_enough_contrast(tokens: Tokens) -> None:
    assert weak(MARKS, tokens, LEAST_FOR_MARKS) == []


@pytest.mark.parametrize("scheme", [Qt.ColorScheme.Light, Qt.ColorScheme.Dark])
def test_the_hint_in_an_empty_text_box_has_enough_contrast(scheme: Qt.ColorScheme, qtbot: QtBot) -> None:
    theme = themed(scheme)
    dialog = QDialog()
    qtbot.addWidget(dialog)
    rows = QVBoxLayout(dialog)
    fields: tuple[QWidget, ...] = (QLineEdit(), QPlainTextEdit())
    for field in fields:
        rows.addWidget(field)
    dialog.show()
    for field in fields:
        hint = field.palette().color(QPalette.ColorRole.PlaceholderText)
        assert hint.alpha() == 255
        assert contrast(hint.name(), theme.tokens.pane) >= LEAST_FOR_TEXT


@pytest.mark.parametrize("scheme", [Qt.ColorScheme.Light, Qt.ColorScheme.Dark])
def test_a_check_box_is_drawn_in_colours_whose_contrast_is_tested(scheme: Qt.ColorScheme, qtbot: QtBot) -> None:
    theme = themed(scheme)
    box = QCheckBox("Also images without a patient")
    qtbot.addWidget(box)
    box.show()
    assert theme.tokens.edge in colours_of(box)
    box.setChecked(True)
    assert {theme.tokens.accent, theme.tokens.on_accent} <= colours_of(box)


@pytest.mark.parametrize("kind", [QRadioButton, QCheckBox])
@pytest.mark.parametrize("scheme", [Qt.ColorScheme.Light, Qt.ColorScheme.Dark])
def test_a_chosen_option_keeps_its_mark_while_it_has_the_focus(
    kind: type[QRadioButton] | type[QCheckBox], scheme: Qt.ColorScheme, qtbot: QtBot
) -> None:
    themed(scheme)
    option = kind("Benign")
    qtbot.addWidget(option)
    option.setChecked(True)
    option.show()
    option.activateWindow()
    qtbot.waitUntil(option.isActiveWindow)
    pictures = []
    for focused in (False, True):
        option.setFocus() if focused else option.clearFocus()
        qtbot.waitUntil(partial(_is_focused, option, focused=focused))
        pictures.append((inside_of(option), option.grab().toImage()))
    assert pictures[0][0] == pictures[1][0]
    assert pictures[0][1] != pictures[1][1]


def _is_focused(widget: QWidget, *, focused: bool) -> bool:
    return widget.hasFocus() is focused


def themed(scheme: Qt.ColorScheme) -> Theme:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme = Theme(application)
    theme.prefer(scheme)
    return theme


def inside_of(widget: QWidget) -> QImage:
    """Return a picture of a widget without its outermost two pixels, where the focus is shown."""
    return widget.grab(widget.rect().adjusted(2, 2, -2, -2)).toImage()


def colours_of(widget: QWidget) -> set[str]:
    picture = inside_of(widget)
    return {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())}
