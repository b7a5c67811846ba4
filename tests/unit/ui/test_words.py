"""The window shows every message and every term of the domain completely in the window's language."""

import time
from collections.abc import Iterator
from dataclasses import astuple
from datetime import UTC, datetime
from string import Formatter

import pytest
from PySide6.QtCore import QCoreApplication

from breakhis_desktop.assets import default_models
from breakhis_desktop.domain.card import ModelCard, parse_card
from breakhis_desktop.domain.decision import MODELS_DISAGREE, NEAR_THRESHOLD
from breakhis_desktop.domain.notice import RESEARCH_USE
from breakhis_desktop.domain.operating_curve import CUSTOM_POINT
from breakhis_desktop.domain.records import Ledger, Status
from breakhis_desktop.domain.taxonomy import SUBTYPES, Decision
from breakhis_desktop.domain.truth import OFFICIAL_NAME
from breakhis_desktop.quality.gate import reason_of_distance, reason_of_magnification, reason_of_size
from breakhis_desktop.ui.look.language import install_translations
from breakhis_desktop.ui.look.words import date_and_time, images_words, ledger_words, localised, outcome_words, when
from breakhis_desktop.ui.results.operating_point_words import preset_title
from breakhis_desktop.wording.codes import CODES
from breakhis_desktop.wording.images import ImageCode
from breakhis_desktop.wording.message import Code, Message, Value, Wording
from breakhis_desktop.wording.runs import RunCode

LEDGER = Ledger(1300, done=1204, failed=1, refused=9, skipped=2, cancelled=4)
SAME_IN_PORTUGUESE = {
    *("{text}", "{kind}", "{error}", "{file} {trouble}", "{megabytes:,.0f} MB", "{width} x {height} pixels"),
    *("tensor", "fibroadenoma"),
}
"""Templates that are the same in Portuguese."""


@pytest.fixture
def portuguese(qapp: QCoreApplication) -> Iterator[None]:
    install_translations(qapp, "pt")
    yield
    install_translations(qapp, "en")


@pytest.fixture
def card() -> ModelCard:
    return parse_card((default_models() / "card.json").read_text(encoding="utf-8"))


def parts_of(code: Code) -> list[str]:
    """Return the templates of a code's wording."""
    return [part for part in astuple(code.wording) if part] if isinstance(code.wording, Wording) else [code.wording]


def filled(code: Code) -> Message:
    """Return a message of a code with a sample message for every nested message and a 7 for every other value."""
    blank = Message.of(ImageCode.BLANK)
    values: dict[str, Value] = {"finding": blank, "and": (blank, blank)}
    fields = {name: spec for part in parts_of(code) for _, name, spec, _ in Formatter().parse(part) if name}
    return Message.of(code, **{name: values.get(spec or "", 7) for name, spec in sorted(fields.items())})


@pytest.mark.usefixtures("portuguese")
@pytest.mark.parametrize("code", CODES.values(), ids=CODES)
def test_every_message_is_completely_translated_into_portuguese(code: Code) -> None:
    untranslated = [part for part in parts_of(code) if QCoreApplication.translate("Wording", part) == part]
    assert set(untranslated) <= SAME_IN_PORTUGUESE
    assert localised(filled(code))


@pytest.mark.parametrize("code", CODES.values(), ids=CODES)
def test_an_english_window_shows_every_message_as_the_outputs_do(code: Code) -> None:
    assert localised(filled(code)) == str(filled(code))


@pytest.mark.usefixtures("portuguese")
def test_every_term_of_the_domain_that_the_window_shows_has_a_translation(card: ModelCard) -> None:
    names = [subtype.name for subtype in SUBTYPES if subtype.code != "F"]
    for word in (*Decision, *Status, *names, NEAR_THRESHOLD, MODELS_DISAGREE, RESEARCH_USE, OFFICIAL_NAME, CUSTOM_POINT, *card.points):
        assert localised(word) != word
    assert localised("Fibroadenoma") == "Fibroadenoma"
    assert [preset_title(name) for name in ("default", "screening", "balanced")] == ["Padrão", "Triagem", "Equilibrado"]


@pytest.mark.usefixtures("portuguese")
def test_what_the_card_of_the_shipped_models_says_of_them_is_translated(card: ModelCard) -> None:
    lists = ("intended_use", "not_to_be_used_for", "limits")
    sentences = [sentence for name in lists for sentence in card.told(name)] + [point.evidence for point in card.points.values()]
    assert [sentence for sentence in sentences if localised(sentence) == str(sentence)] == []
    assert not any("of the images" in localised(sentence) or "adenosis" in localised(sentence) for sentence in sentences)


@pytest.mark.usefixtures("portuguese")
def test_the_values_of_a_sentence_appear_in_its_translation() -> None:
    assert "(50 x 60 pixels)" in localised(reason_of_size((50, 60)))
    assert "20×" in localised(reason_of_magnification(20, (40, 100)))
    assert "40×, 100×" in localised(reason_of_magnification(20, (40, 100)))
    assert "1,50" in localised(reason_of_distance(1.5))


@pytest.mark.usefixtures("portuguese")
def test_a_nested_sentence_is_translated_and_a_name_is_not() -> None:
    message = Message.of(RunCode.RUN_NOTHING_IN, path="done", reason=Message.of(ImageCode.ALREADY_IN_RUN))
    assert localised(message) == "Não há nada para analisar em done. Já está nesta análise."


@pytest.mark.usefixtures("portuguese")
def test_unknown_text_is_shown_unchanged() -> None:
    assert localised("Slides of March") == "Slides of March"


def test_an_english_window_shows_a_ledger_as_the_outputs_do_unless_all_images_are_done() -> None:
    for ledger in (LEDGER, Ledger(3, done=1), Ledger(3, failed=3), Ledger(0)):
        assert ledger_words(ledger) == str(ledger)


def test_a_ledger_is_not_written_as_a_sum_if_all_images_are_done() -> None:
    assert ledger_words(Ledger(1204, done=1204)) == "1,204 of 1,204 done"


@pytest.mark.usefixtures("portuguese")
def test_one_image_is_in_the_singular_and_no_image_in_the_plural() -> None:
    assert [images_words(count) for count in (0, 1, 1204)] == ["0 imagens", "1 imagem", "1.204 imagens"]
    assert [outcome_words(Status.REFUSED, count) for count in (0, 1, 2)] == ["0 recusadas", "1 recusada", "2 recusadas"]


@pytest.mark.usefixtures("portuguese")
def test_the_ledger_is_a_sum_in_portuguese_too() -> None:
    parts = "1.204 concluídas + 1 com falha + 9 recusadas + 2 ignoradas + 4 canceladas + 80 a fazer"
    assert ledger_words(LEDGER) == f"1.300 na fila = {parts}"


@pytest.mark.usefixtures("portuguese")
def test_a_portuguese_date_begins_with_the_day() -> None:
    assert date_and_time(datetime(2026, 11, 30, 12, 45, tzinfo=UTC)) == "30/11/2026 12:45"


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="Windows cannot change the time zone of a process")
def test_a_time_from_the_store_is_shown_in_local_time_whatever_zone_it_was_written_in(monkeypatch: pytest.MonkeyPatch) -> None:
    try:
        for zone, shown in (("WET-1", "2026-07-01 11:00"), ("Garbage+99", "2026-07-01 10:00")):
            monkeypatch.setenv("TZ", zone)
            time.tzset()
            assert when("2026-07-01T10:00:00+00:00") == shown
    finally:
        monkeypatch.undo()
        time.tzset()
