"""Names in scripts other than Latin: the order in which their letters are drawn, and the fonts that draw them."""

from pathlib import Path

import pytest

from breakhis_desktop.reporting.pdf.scripts import visual
from breakhis_desktop.reporting.pdf.system_fonts import system_font_for
from breakhis_desktop.reporting.pdf.text import REGULAR, drawable, elided, is_drawable, markup, width_of


@pytest.mark.parametrize(
    ("name", "drawn"),
    [
        ("field 7.png", "field 7.png"),
        ("患者 17", "患者 17"),
        ("שלום", "םולש"),
        ("שלום 25.png", "25\u00a0םולש.png"),
        ("field 7 שלום", "field 7 םולש"),
        ("א (ב)", "(ב)\u00a0א"),
        ("א 1.5/20 ב", "ב\u00a01.5/20\u00a0א"),
    ],
)
def test_text_that_runs_from_right_to_left_is_reversed_but_numbers_in_it_are_not(name: str, drawn: str) -> None:
    assert visual(name) == drawn


@pytest.mark.parametrize(
    ("name", "drawn"),
    [
        ("ب", "\ufe8f"),
        ("ببب", "\ufe90\ufe92\ufe91"),
        ("دار", "\ufead\ufe8d\ufea9"),  # none of these joins the next
        ("سلام", "\ufee1\ufefc\ufeb3"),  # lam and alef are one letter
        ("بـ", "\u0640\ufe91"),
        ("بَب", "\ufe90\ufe91\u064e"),  # a mark stays with its letter, and does not separate letters
        ("ب٢٥", "٢٥\ufe8f"),
    ],
)
def test_arabic_letters_are_joined(name: str, drawn: str) -> None:
    assert visual(name) == drawn


def test_the_short_i_of_devanagari_is_drawn_before_its_consonant() -> None:
    assert visual("कि") == "िक"
    assert visual("रोगी 8") == "रोगी 8"


@pytest.mark.usefixtures("no_system_fonts")
def test_letters_without_a_font_are_written_as_unicode_numbers() -> None:
    assert drawable("患者 17") == "[U+60A3 U+8005] 17"
    assert not is_drawable("患者 17")
    assert is_drawable("Müller, Jürgen – 2º")
    assert markup(drawable("<患>")) == "&lt;[U+60A3]&gt;"


def test_letters_that_only_a_system_font_has_are_drawn_and_measured_with_that_font(chinese_font: Path) -> None:
    assert drawable("組 A") == "組 A"
    assert markup("組 A") == f'<font name="{chinese_font.name}">組</font> A'
    assert width_of("組", REGULAR, 10) == width_of("A", REGULAR, 10)
    assert elided("組" * 20, REGULAR, 10, 40).count("組") < 20
    assert drawable("患") == "[U+60A3]"


@pytest.mark.parametrize("size", [0, 10, 200, 1000, 3000, 100_000])
def test_a_damaged_system_font_is_skipped(system_folder: Path, chinese_font: Path, size: int) -> None:
    (system_folder / "msyh.ttc").write_bytes(chinese_font.read_bytes()[:size])
    chinese_font.rename(system_folder / "uming.ttc")
    assert system_font_for("組") == "uming.ttc"
    assert system_font_for("\U0001f600") is None
