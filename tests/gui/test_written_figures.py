"""Every figure in the window follows the rules of its language: 0.282 and 1,387 in English, 0,282 and 1.387 in Portuguese."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from breakhis_desktop.assets import default_models
from breakhis_desktop.domain.progress import Progress
from breakhis_desktop.domain.records import Ledger, Status
from breakhis_desktop.domain.taxonomy import SUBTYPES, Decision
from breakhis_desktop.inference.bundle import read_card
from breakhis_desktop.ui.bundles.card_page import card_page
from breakhis_desktop.ui.look.language import install_translations
from breakhis_desktop.ui.overview.charts import ConfusionMatrix, CountBars, Distribution
from breakhis_desktop.ui.shell.main_window import MainWindow
from breakhis_desktop.ui.state.job import JobStage
from breakhis_desktop.ui.state.queue_total import QueueTotal
from breakhis_desktop.wording.cards import CardCode
from breakhis_desktop.wording.message import Message, as_data
from tests.factories import there
from tests.factories.operating_points import WithCurve
from tests.factories.windows import await_painted, dialogs
from tests.gui.conftest import MakeWindow
from tests.gui.shown_words import described_words, painted_words, words_of

NO_FIGURES = re.compile(
    r"<[^>]*>|JPEG 2000|\b(?:2523|22549)\b|\S+…\S+|\S*/\S*|\S+\.(?:png|csv|sqlite|log|json|keras|npz|onnx)\b|SOB_\S+"
    r"|\d+(?:\.\d+){2,}|\d{4}-\d\d-\d\d|[0-9a-f]{16,}"
)
"""What does not count as a figure: tags, paths and names of files, accession numbers, versions, dates and hashes."""

WITHOUT_ZERO = r"(?<![\w.,…])[.,]\d"
WITHOUT_SEPARATOR = r"(?<![\w.,-])\d{4,}(?![\w-])"
WRONG = {
    "en": re.compile(rf"{WITHOUT_ZERO}|{WITHOUT_SEPARATOR}|\b0,\d|\d,\d{{1,2}}\b|\b(?!1\.000)[1-9]\d*\.\d{{3}}\b"),
    "pt": re.compile(rf"{WITHOUT_ZERO}|{WITHOUT_SEPARATOR}|\b0\.\d|\d\.\d{{1,2}}\b|\b(?!1,000)[1-9]\d*,\d{{3}}\b"),
}
RIGHT = {"en": {"0.340", "0.95 [0.90, 0.98]", "1,155", "12,387"}, "pt": {"0,340", "0,95 [0,90; 0,98]", "1.155", "12.387"}}


class Measured(WithCurve):
    """A classifier whose card has a message that says how its operating points were measured."""

    card = replace(WithCurve.card, messages={"operating_points": as_data(Message.of(CardCode.CROSS_FITTED, images=1387, accessions=50))})


@pytest.fixture(params=["en", "pt"])
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    install_translations(qapp, request.param)
    yield request.param
    install_translations(qapp, "en")


@pytest.fixture
def finished(language: str, make_window: MakeWindow, folder: Path, qtbot: QtBot) -> MainWindow:
    """Return a window with a finished job and the unfolded operating point."""
    window = make_window(lambda _folder, _report_stage: Measured())
    window.add([folder])
    window.top.start.click()
    qtbot.waitUntil(lambda: bool(window.jobs.in_stage(JobStage.ENDED)), timeout=20_000)
    window.table.choose_first()
    qtbot.waitUntil(lambda: window.detail.image.has_image)
    window.operating_point.unfolding.setChecked(True)
    return window


def wrongly_written(texts: set[str], language: str, *names: str) -> list[str]:
    """Return the lines in which a figure breaks the rules of a language, ignoring the names of files."""
    for name in names:
        texts = {text.replace(name, "") for text in texts}
    lines = {line for text in texts for line in text.split("\n")}
    return sorted(line for line in lines if WRONG[language].search(NO_FIGURES.sub("", line)))


def all_words(widget: QWidget) -> set[str]:
    return words_of(widget) | described_words(widget) | painted_words(widget)


def show_large_counts(window: MainWindow) -> None:
    """Show counts of more than a thousand in the status strip and in the charts."""
    job = there(window.jobs.at(0))
    job.stage, job.ledger, job.progress = JobStage.RUNNING, Ledger(12_387).plus([Status.DONE] * 1155 + [Status.REFUSED] * 9), Progress(0, 0)
    job.progress.update(10, 1164)
    window.status.show_job(job, QueueTotal(2, 11_224, 112.0))
    for bars in window.findChildren(CountBars):
        bars.show_rows([("x", 1155, Decision.BENIGN)])
    for distribution in window.findChildren(Distribution):
        distribution.show_counts([1155, 20], 0.34)
    for matrix in window.findChildren(ConfusionMatrix):
        size = len(SUBTYPES) if matrix is window.overview.summary.matrix else 2
        matrix.show_counts([[1155] * size] * size)


@pytest.mark.parametrize("wrong", [".95", "AUC .892", "[.83, 0.96]", "0,282", "1387 images", "1.387 images", "[0.9, .95]"])
def test_the_check_finds_a_figure_that_breaks_the_rules_of_english(wrong: str) -> None:
    assert wrongly_written({wrong}, "en") == [wrong]


@pytest.mark.parametrize("wrong", [",95", ".95", "0.282", "0.9", "1,387 imagens", "1387 imagens", "0,95 [0.83; 0.96]"])
def test_the_check_finds_a_figure_that_breaks_the_rules_of_portuguese(wrong: str) -> None:
    assert wrongly_written({wrong}, "pt") == [wrong]


def test_figures_on_every_page_follow_the_rules_of_the_language(finished: MainWindow, language: str, folder: Path, qtbot: QtBot) -> None:
    texts: set[str] = set()
    for button in finished.top.views.buttons.values():
        button.click()
        await_painted(finished, qtbot)
        show_large_counts(finished)
        texts |= all_words(finished)
    texts |= all_words(finished.navigation.larger)
    assert wrongly_written(texts, language, str(folder), folder.name) == []
    assert {right for right in RIGHT[language] if not any(right in text for text in texts)} == set()


def test_figures_in_every_dialog_follow_the_rules_of_the_language(finished: MainWindow, language: str, folder: Path) -> None:
    for dialog in dialogs(finished, folder):
        dialog.show()
        assert wrongly_written(all_words(dialog), language, str(folder), str(folder.parent), folder.name) == []
        dialog.close()


def test_figures_on_the_shipped_card_follow_the_rules_of_the_language(language: str) -> None:
    assert wrongly_written({card_page(read_card(default_models()))}, language) == []
