from pathlib import Path

import pytest

from breakhis_desktop.domain.filenames import parse_official_name
from breakhis_desktop.domain.taxonomy import Decision
from breakhis_desktop.files import absolute, printable


def test_an_official_name_gives_subtype_and_patient_and_accession_and_magnification() -> None:
    name = parse_official_name("SOB_B_A-14-22549AB-100-001.png")
    assert name is not None
    assert (name.subtype.code, name.subtype.decision) == ("A", Decision.BENIGN)
    assert (name.patient_id, name.accession, name.magnification) == ("14-22549AB", "22549", 100)


def test_an_official_name_may_give_a_magnification_that_breakhis_lacks() -> None:
    name = parse_official_name("SOB_M_DC-14-2523-20-001.png")
    assert name is not None
    assert name.magnification == 20


def test_an_official_name_is_read_whatever_its_extension() -> None:
    assert parse_official_name("SOB_M_PC-15-190EF-400-012.tif") is not None


@pytest.mark.parametrize(
    "name",
    [
        "field.png",
        "SOB_M_DC-14-2523-400-1.png",
        "SOB_M_DC-14-2523-5000-001.png",
        "SOB_M_DC-14-2523-0-001.png",
        "SOB_B_DC-14-2523-400-001.png",
        "xSOB_M_DC-14-2523-400-001.png",
        "SOB_M_DC-14-٢٥٢٣-400-001.png",
    ],
)
def test_a_name_of_any_other_form_is_not_official(name: str) -> None:
    assert parse_official_name(name) is None


def test_the_function_printable_escapes_characters_that_a_screen_cannot_show() -> None:
    assert printable("a\nb\u202ec\udcffd é 中") == "a\\u000ab\\u202ec\\xffd é 中"


def test_the_function_printable_escapes_code_points_that_are_not_characters() -> None:
    assert printable("\ue000 \ufdd0 \uffff \U000e0001 \U0010fffd \u0378") == (r"\ue000 \ufdd0 \uffff \U000e0001 \U0010fffd \u0378")
    assert printable("\u00a0\u3000\U0001f52c\u0301") == "\u00a0\u3000\U0001f52c\u0301"


@pytest.mark.parametrize(
    ("character", "shown"),
    [
        ("\udc80", "\\x80"),
        ("\udcff", "\\xff"),
        ("\udc7f", "\\udc7f"),
        ("\udd00", "\\udd00"),
        ("\ud800", "\\ud800"),
        ("\u2028", "\\u2028"),
        ("\u2029", "\\u2029"),
        ("\u200f", "\\u200f"),
        ("\x1b", "\\u001b"),
        ("\u00a0", "\u00a0"),
    ],
)
def test_bytes_that_are_not_text_are_escaped_differently_from_unprintable_characters(character: str, shown: str) -> None:
    assert printable(f"a{character}.png") == f"a{shown}.png"


def test_single_and_double_dots_are_resolved_in_an_absolute_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert absolute(Path("a/../b/./c")) == tmp_path / "b" / "c"
