"""What comes from below the window is shown in its language, and what nobody has translated as it is."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication

import breakhis_desktop
from breakhis_desktop.assets import default_models
from breakhis_desktop.domain.decision import MODELS_DISAGREE, NEAR_THRESHOLD
from breakhis_desktop.domain.model_card import ModelCard, parse_card
from breakhis_desktop.domain.notice import RESEARCH_USE
from breakhis_desktop.domain.operating_curve import CUSTOM_POINT
from breakhis_desktop.domain.records import Ledger, Status
from breakhis_desktop.domain.taxonomy import SUBTYPES, Decision
from breakhis_desktop.domain.truth import OFFICIAL_NAME
from breakhis_desktop.quality.gate import reason_of_distance, reason_of_magnification, reason_of_size
from breakhis_desktop.ui.known_sentences import SENTENCES
from breakhis_desktop.ui.known_words import WORDS
from breakhis_desktop.ui.language import speak
from breakhis_desktop.ui.widgets.operating_point_words import preset_title
from breakhis_desktop.ui.words import ledger_words, shown

TOLD_IN_THE_WINDOW = (
    "quality/gate.py",
    "imaging/decode.py",
    "imaging/depth.py",
    "imaging/formats.py",
    "imaging/limits.py",
    "pipeline/discover.py",
    "pipeline/export_truth.py",
    "pipeline/fields.py",
    "pipeline/guard.py",
    "pipeline/presence.py",
    "pipeline/read_image.py",
    "pipeline/report_run.py",
    "reporting/report.py",
    "inference/installed.py",
)
LEDGER = Ledger(1300, done=1204, failed=1, refused=9, skipped=2, cancelled=4)


@pytest.fixture
def portuguese(qapp: QCoreApplication) -> Iterator[None]:
    speak(qapp, "pt")
    yield
    speak(qapp, "en")


@pytest.fixture
def card() -> ModelCard:
    return parse_card((default_models() / "card.json").read_text(encoding="utf-8"))


def sentences_of(module: str) -> list[str]:
    """Return the sentences in a module's code, each value in them a 7."""
    tree = ast.parse((Path(breakhis_desktop.__file__).parent / module).read_text(encoding="utf-8"))
    described = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    parts = {part for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node) if part is not node}
    texts = [_text(node) for node in ast.walk(tree) if node not in described | parts]
    return [text for text in texts if " " in text.strip(" .") and text.endswith((".", "scale", "fields"))]


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "7" for part in node.values)  # type: ignore[misc]
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


@pytest.mark.usefixtures("portuguese")
def test_every_decision_status_subtype_review_reason_and_operating_point_has_a_translation(card: ModelCard) -> None:
    names = [subtype.name for subtype in SUBTYPES if subtype.code != "F"]
    for word in (*Decision, *Status, *names, NEAR_THRESHOLD, MODELS_DISAGREE, RESEARCH_USE, OFFICIAL_NAME, CUSTOM_POINT, *card.points):
        assert shown(word) != word
    assert shown("Fibroadenoma") == "Fibroadenoma"
    assert [preset_title(name) for name in ("default", "screening", "balanced")] == ["Padrão", "Triagem", "Equilibrado"]


@pytest.mark.usefixtures("portuguese")
@pytest.mark.parametrize("module", TOLD_IN_THE_WINDOW)
def test_every_reason_that_stands_in_the_window_has_a_translation(module: str) -> None:
    sentences = sentences_of(module)
    assert sentences
    assert [sentence for sentence in sentences if shown(sentence) == sentence] == []


@pytest.mark.usefixtures("portuguese")
def test_what_the_shipped_models_say_of_themselves_is_translated(card: ModelCard) -> None:
    lists = ("intended_use", "not_to_be_used_for", "limits")
    sentences = [sentence for name in lists for sentence in card.text[name]] + [point.evidence for point in card.points.values()]
    assert [sentence for sentence in sentences if shown(sentence) == sentence] == []
    assert not any("of the images" in shown(sentence) or "adenosis" in shown(sentence) for sentence in sentences)


@pytest.mark.usefixtures("portuguese")
def test_the_values_of_a_sentence_stand_in_its_translation() -> None:
    assert "(50 x 60 pixels)" in shown(reason_of_size((50, 60)))
    assert "20X" in shown(reason_of_magnification(20, (40, 100)))
    assert "40X, 100X" in shown(reason_of_magnification(20, (40, 100)))
    assert "1,50" in shown(reason_of_distance(1.5))


@pytest.mark.usefixtures("portuguese")
def test_a_sentence_in_a_sentence_is_translated_and_a_name_is_not() -> None:
    assert shown("There is nothing to analyse in done. Already in this run.") == "Não há nada para analisar em done. Já está nesta análise."


@pytest.mark.usefixtures("portuguese")
def test_what_is_not_known_is_shown_as_it_is() -> None:
    assert shown("Slides of March") == "Slides of March"


def test_in_english_everything_is_shown_as_it_is() -> None:
    assert [text for text in (*WORDS, *SENTENCES) if shown(text) != text] == []


def test_the_ledger_in_english_is_that_of_every_output() -> None:
    for ledger in (LEDGER, Ledger(3, done=1), Ledger(0)):
        assert ledger_words(ledger) == str(ledger)


@pytest.mark.usefixtures("portuguese")
def test_the_ledger_is_a_sum_in_portuguese_too() -> None:
    parts = "1.204 concluídas + 1 com falha + 9 recusadas + 2 ignoradas + 4 canceladas + 80 a fazer"
    assert ledger_words(LEDGER) == f"1.300 na fila = {parts}"
