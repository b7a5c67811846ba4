"""The heading above an image shows the decision, the review and the model's answer, in full at every width that it accepts."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from breakhis_desktop.domain.taxonomy import Decision
from breakhis_desktop.ui.look.painting import cut_short
from breakhis_desktop.ui.look.theme import Theme
from breakhis_desktop.ui.state.result_columns import Result
from breakhis_desktop.ui.viewer import verdict_heading
from breakhis_desktop.ui.viewer.verdict_heading import VerdictHeading
from tests.factories.results import RECORDS, REVIEW
from tests.factories.runs import run_info

MALIGNANT = Result(RECORDS[0], run_info().verdict(RECORDS[0]), 0.5)
REFUSED = Result(RECORDS[5], None, 0.5)
REVIEWED = (replace(MALIGNANT, reviewed=REVIEW), replace(REFUSED, reviewed=REVIEW))
WORDS = {
    "Malignant 0.90": MALIGNANT,
    "Benign, reviewed (model: malignant 0.90)": REVIEWED[0],
    "Refused": REFUSED,
    "Benign, reviewed (refused)": REVIEWED[1],
    "No image chosen": None,
}


@pytest.fixture
def heading(qapp: QApplication, qtbot: QtBot) -> VerdictHeading:
    shown = VerdictHeading(Theme(qapp))
    qtbot.addWidget(shown)
    return shown


@pytest.mark.parametrize("words", WORDS)
def test_the_heading_shows_the_decision_and_after_a_review_also_the_answer_of_the_model(heading: VerdictHeading, words: str) -> None:
    heading.show_result(WORDS[words], "1 of 2")
    assert heading.accessibleName() == words


def test_the_heading_of_a_reviewed_image_has_the_decision_of_the_review(heading: VerdictHeading) -> None:
    heading.show_result(REVIEWED[0])
    assert heading._words.decision is Decision.BENIGN


@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize("width", [0, 280, 420, 900])
def test_nothing_in_the_heading_is_cut_off(heading: VerdictHeading, words: str, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    heading.show_result(WORDS[words], "1,387 of 1,387")
    width = max(width, heading.minimumSizeHint().width())
    heading.resize(width, heading.heightForWidth(width))
    cut = []

    def draw(text: str, metrics: QFontMetrics, room: float) -> str:
        cut.append(text) if cut_short(text, metrics, room) != text else None
        return text

    monkeypatch.setattr(verdict_heading, "cut_short", draw)
    heading.grab()
    assert cut == []
