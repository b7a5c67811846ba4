"""The card of a model bundle as a page, in both languages."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from breakhis_desktop.assets import default_models
from breakhis_desktop.domain.card import ModelCard
from breakhis_desktop.domain.card_parts import TrainingData
from breakhis_desktop.inference.bundle import read_card
from breakhis_desktop.ui.bundles.card_page import card_page
from breakhis_desktop.ui.look.language import install_translations
from tests.conftest import CARD
from tests.factories.references import assert_is_reference


@pytest.fixture(params=["en", "pt"])
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    install_translations(qapp, request.param)
    yield request.param
    install_translations(qapp, "en")


def by_tag(card: ModelCard) -> str:
    """Return the page with a line break between adjacent tags."""
    return card_page(card).replace("><", ">\n<") + "\n"


def test_the_page_of_the_bundle_that_ships_is_the_expected_page(language: str) -> None:
    assert_is_reference(by_tag(read_card(default_models())), f"card_page_{language}.html")


def test_the_page_of_a_card_with_few_parts_is_the_expected_page(language: str) -> None:
    card = replace(CARD, name='<b>bold</b> & "quoted"', training_data=TrainingData(name="two\nlines\u202e"), licence="MIT")
    assert_is_reference(by_tag(card), f"card_page_with_few_parts_{language}.html")
