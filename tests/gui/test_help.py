"""The help page is complete and matches the window."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QFontMetrics, QTextDocument, QTextListFormat

from breakhis_desktop.assets import resources
from breakhis_desktop.ui.help.help_dialog import help_page
from breakhis_desktop.ui.look.glossary import glossary, meaning
from breakhis_desktop.ui.shell.commands import show_help
from breakhis_desktop.ui.shell.main_window import MainWindow


@pytest.mark.parametrize("language", ["en", "pt"])
def test_every_link_leads_to_an_anchor_on_the_page_and_every_anchor_has_a_link(language: str) -> None:
    text = (resources() / "help" / language / "index.html").read_text(encoding="utf-8")
    links = re.findall(r'href="([^"]*)"', text)
    assert len(links) >= 10
    assert {link.removeprefix("#") for link in links} == set(re.findall(r'name="([^"]*)"', text))


def test_the_page_shows_shortcuts_and_the_home_folder_and_the_glossary(window: MainWindow, home: Path) -> None:
    dialog = show_help(window)
    text = dialog.page.toPlainText()
    for words in ("Ctrl+O", "Full screen", str(home), meaning("sensitivity"), "not a medical device"):
        assert words in text
    dialog.close()


def test_every_picture_on_the_page_is_loaded_in_the_size_and_pixel_ratio_in_which_it_is_shown(window: MainWindow) -> None:
    dialog = show_help(window)
    pictures = re.findall(r'src="([^"]*)" width="([^"]*)"', help_page([]))
    assert len(pictures) == 4
    for name, width in pictures:
        picture = dialog.page.loadResource(QTextDocument.ResourceType.ImageResource.value, QUrl(name))
        assert picture.deviceIndependentSize().width() == int(width)
        assert picture.devicePixelRatio() == dialog.devicePixelRatioF()
    dialog.close()


def test_markup_in_text_that_is_inserted_into_the_page_is_escaped() -> None:
    assert "<td>&lt;Ctrl&gt;</td>" in help_page([("Keys", [("Strange", "<Ctrl>")])])


def test_every_glossary_term_has_a_word_and_a_meaning() -> None:
    assert all(term.word and term.meaning.endswith(".") for term in glossary().values())


def test_the_english_and_portuguese_pages_have_the_same_structure() -> None:
    pages = [(resources() / "help" / language / "index.html").read_text(encoding="utf-8") for language in ("en", "pt")]
    english, portuguese = (re.findall(r"</?(?:h\d|a|li|tr|ol|ul|table|code)\b|name=\"\w+\"|\$\w+", page) for page in pages)
    assert english == portuguese


def test_bulleted_text_keeps_its_distance_from_the_bullet_and_is_not_stretched(window: MainWindow) -> None:
    page = show_help(window)
    blocks = [block for block in map(page.page.document().findBlockByNumber, range(page.page.document().blockCount())) if block.textList()]
    bulleted = [block for block in blocks if block.textList().format().style() is QTextListFormat.Style.ListDisc]
    assert bulleted
    for block in bulleted:
        assert QFontMetrics(block.charFormat().font()).horizontalAdvance(" ") > QFontMetrics(page.page.font()).horizontalAdvance(" ") + 2
        assert block.begin().fragment().charFormat().font().stretch() in {0, 100}
    page.close()
