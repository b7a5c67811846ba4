"""Figures with their intervals, in each notation."""

import pytest

from breakhis_desktop.domain.decision import Estimate
from breakhis_desktop.domain.figure_text import DETAILED, DIFFERENCE, PAPER, PLAIN, Notation, interval_text, number_text
from breakhis_desktop.domain.figures import Figure


@pytest.mark.parametrize(
    ("notation", "text"),
    [
        (PLAIN, "0.90 [0.83, 1.00]"),
        (DETAILED, "0.895 [0.832, 1.000]"),
        (PAPER, ".895 [.832,\N{NO-BREAK SPACE}1.000]"),
        (DIFFERENCE, "+.895 [+.832,\N{NO-BREAK SPACE}+1.000]"),
    ],
)
def test_a_figure_is_written_before_its_interval(notation: Notation, text: str) -> None:
    assert interval_text(Estimate(0.8954, 0.832, 1.0), notation) == text


def test_a_figure_without_an_interval_is_written_without_brackets() -> None:
    assert interval_text(Figure(0.5, None, None)) == "0.50"


@pytest.mark.parametrize("figure", [None, Figure(None, None, None)])
def test_an_unknown_figure_is_written_as_the_notation_says(figure: Figure | None) -> None:
    assert [interval_text(figure, one) for one in (PLAIN, DETAILED, PAPER, DIFFERENCE)] == ["", "none", "–", "–"]


def test_a_negative_number_has_a_minus_sign_unless_it_rounds_to_zero() -> None:
    assert [number_text(value) for value in (-0.034, -0.0034)] == ["−0.03", "0.00"]


def test_a_difference_of_zero_has_no_sign() -> None:
    assert [number_text(value, DIFFERENCE) for value in (0.0, 0.0001, 0.001)] == [".000", ".000", "+.001"]
