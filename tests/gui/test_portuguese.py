"""The window in Portuguese: it contains no English, and nothing is clipped."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel
from pytestqt.qtbot import QtBot

from breakhis_desktop import paths
from breakhis_desktop.app import make_window as make_app_window
from breakhis_desktop.assets import default_models
from breakhis_desktop.domain.records import Ledger, Status
from breakhis_desktop.inference.bundle import read_card
from breakhis_desktop.inference.devices import available_devices
from breakhis_desktop.ui.help.setting_fields import setting_fields
from breakhis_desktop.ui.help.settings_dialog import SettingsDialog
from breakhis_desktop.ui.look.language import install_translations
from breakhis_desktop.ui.look.words import localised
from breakhis_desktop.ui.review.override import OverrideDialog
from breakhis_desktop.ui.shell.commands import show_help
from breakhis_desktop.ui.shell.main_window import MainWindow
from breakhis_desktop.ui.state.controls import Controls
from breakhis_desktop.ui.state.job import JobStage
from breakhis_desktop.ui.state.queue_total import QueueTotal
from breakhis_desktop.ui.state.settings import Settings
from breakhis_desktop.wording.bundles import BundleCode
from breakhis_desktop.wording.images import ImageCode
from breakhis_desktop.wording.message import Message
from tests.factories import there
from tests.factories.windows import STATES, await_painted, dialogs
from tests.gui.conftest import MakeWindow
from tests.gui.cut_words import cut_words
from tests.gui.shown_words import words_of

ENGLISH = re.compile(
    r"\b(?:the|of|and|with|to|is|are|this|that|for|from|images?|patients?|files?|folders?|add|start|resume|cancel|close|remove|more|review"
    r"|reviewed|malignant|benign|done|failed|refused|skipped|cancelled|queued?|subtypes?|threshold|job|run|models|loading|table|sheet"
    r"|summary|report|export|settings|window|help|edit|view|undo|skip|accept|override|search|clear|all|heat|map|off|default|screening"
    r"|balanced|sensitivity|specificity|mean|highest|ductal carcinoma|needs|not|no image|research)\b",
    re.IGNORECASE,
)
NAMES = re.compile(
    r"BreakHis Desktop|python -m training prepare|“(?:file|patient|magnification)”|\{patient\}\S*"
    r"|\S+\.(?:png|csv|sqlite|log|json|keras|npz)"
)


@pytest.fixture
def portuguese(qapp: QApplication) -> Iterator[None]:
    install_translations(qapp, "pt")
    yield
    install_translations(qapp, "en")


@pytest.fixture
def finished(portuguese: None, make_window: MakeWindow, folder: Path, qtbot: QtBot) -> MainWindow:
    """Return a window with a finished job that includes a failed image."""
    window = make_window()
    window.add([folder])
    window.top.start.click()
    qtbot.waitUntil(lambda: bool(window.jobs.in_stage(JobStage.ENDED)), timeout=20_000)
    window.table.choose_first()
    qtbot.waitUntil(lambda: window.detail.image.has_image)
    return window


def english_in(texts: set[str], *names: str) -> list[str]:
    """Return the texts that contain an English word outside file names, other names that are not translated, and `names`."""
    for name in names:
        texts = {text.replace(name, "") for text in texts}
    return sorted(text for text in texts if ENGLISH.search(NAMES.sub("", text)))


def test_the_check_finds_the_english_in_an_english_window(window: MainWindow) -> None:
    found = english_in(words_of(window))
    assert {"Start", "Cancel", "Patient", "Queue a folder and everything in it (Ctrl+O)"} <= set(found)


def test_no_english_word_is_left_in_the_window(finished: MainWindow, folder: Path, qtbot: QtBot) -> None:
    for button in finished.top.views.buttons.values():
        button.click()
        await_painted(finished, qtbot)
    finished.banner.warn(Message.of(BundleCode.DEVICE_NOT_USED, device="CUDA", what=Message.of(BundleCode.NOT_OFFERED_HERE)))
    assert finished.banner.text == "A CPU é usada no lugar de CUDA: esta instalação não o oferece."
    finished.banner.warn(Message.of(ImageCode.DAMAGED, error="x"))
    texts = words_of(finished) | words_of(finished.navigation.larger) | {finished.status.ledger.text()}
    assert "Iniciar" in texts
    assert english_in(texts, str(folder), folder.name) == []


def test_no_english_word_is_left_in_the_dialogs(finished: MainWindow, folder: Path, qtbot: QtBot) -> None:
    for dialog in dialogs(finished, folder):
        dialog.show()
        assert english_in(words_of(dialog), str(folder), str(folder.parent), folder.name, "English") == []
        dialog.close()


def test_the_help_page_is_in_portuguese(finished: MainWindow) -> None:
    dialog = show_help(finished)
    text = dialog.page.toPlainText()
    assert "Não é um dispositivo médico" in text
    assert "Ponto de operação" in text
    assert "Tela cheia" in text
    dialog.close()


def test_buttons_whose_text_comes_from_qt_are_in_portuguese(finished: MainWindow) -> None:
    assert "Cancelar" in words_of(OverrideDialog(there(there(finished.table.chosen()).verdict), "", finished))


@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
def test_no_button_in_the_top_bar_is_clipped_in_a_small_window(
    portuguese: None, make_window: MakeWindow, qtbot: QtBot, state: Controls
) -> None:
    window = make_window()
    window.resize(1024, 700)
    window.top.show_controls(state)
    await_painted(window, qtbot)
    assert window.width() == 1024
    buttons = [button for button in window.top.findChildren(QAbstractButton) if button.isVisible()]
    assert [button.text() for button in buttons if button.width() < button.sizeHint().width()] == []


def test_a_button_that_a_narrow_top_bar_hides_is_in_the_menu_and_returns_in_a_wide_window(
    portuguese: None, make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = make_window()
    window.resize(1024, 700)
    qtbot.waitUntil(lambda: not window.top.add_files.isVisible())
    assert "Adicionar arquivos…" in {action.text() for action in window.menus.file.actions()}
    window.resize(1440, 900)
    qtbot.waitUntil(window.top.add_files.isVisible)


@pytest.mark.usefixtures("portuguese")
def test_a_small_window_has_the_button_of_the_report_unless_start_and_pause_are_both_shown(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window()
    window.resize(1024, 700)
    await_painted(window, qtbot)
    for state in STATES.values():
        window.top.show_controls(state)
        assert window.top.report.isVisible() is not (window.top.start.isVisible() and window.top.pause.isVisible())


def test_the_tiles_of_the_summary_stand_in_one_row_of_a_small_window(finished: MainWindow, qtbot: QtBot) -> None:
    finished.resize(1024, 700)
    finished.top.views.buttons["Resumo"].click()
    tiles = finished.overview.summary._tiles.values()
    qtbot.waitUntil(lambda: len({tile.y() for tile in tiles}) == 1)


def test_in_a_small_window_the_status_strip_needs_no_second_line_for_two_jobs(finished: MainWindow, qtbot: QtBot) -> None:
    finished.resize(1024, 700)
    await_painted(finished, qtbot)
    job = there(finished.jobs.at(0))
    job.ledger = Ledger(42).plus([Status.DONE] * 40 + [Status.FAILED, Status.REFUSED])
    finished.status.show_engine("ONNX Runtime · modelos verificados")
    finished.status.show_job(job)
    height = finished.status.sizeHint().height()
    finished.status.show_job(job, QueueTotal(2, 304, 20.0))
    assert finished.status.sizeHint().height() == height


@pytest.mark.usefixtures("portuguese")
def test_no_word_in_a_small_window_is_cut_off_before_the_first_job(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window()
    window.resize(1024, 700)
    await_painted(window, qtbot)
    assert window.width() == 1024
    qtbot.waitUntil(lambda: cut_words(window) == [])


@pytest.mark.usefixtures("small_screen")
def test_no_hint_in_the_settings_is_clipped(finished: MainWindow, qtbot: QtBot) -> None:
    dialog = SettingsDialog(finished.settings, setting_fields(finished.presenter.card, available_devices()), finished)
    dialog.show()
    await_painted(dialog, qtbot)
    hints = [hint for hint in dialog.findChildren(QLabel) if hint.wordWrap()]
    assert len(hints) == 9
    assert [hint.text() for hint in hints if hint.height() < hint.heightForWidth(hint.width())] == []
    dialog.close()


def test_a_search_finds_a_reason_in_the_language_in_which_it_is_shown(finished: MainWindow) -> None:
    finished.area.filter.search.setText("copie a imagem")
    assert finished.results.rowCount() == 1
    assert finished.results.index(0, 4).data() == "com falha"


@pytest.fixture
def start_program(qapp: QApplication) -> Iterator[Callable[[], MainWindow]]:
    """Return a function that makes the window as the program does when it starts."""
    windows = []

    def start() -> MainWindow:
        windows.append(make_app_window(qapp))
        return windows[-1]

    yield start
    for window in windows:
        window.close()
        window.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    install_translations(qapp, "en")


def test_another_language_takes_effect_at_the_next_start(start_program: Callable[[], MainWindow]) -> None:
    window = start_program()
    dialog = SettingsDialog(window.settings, setting_fields(None, available_devices()), window)
    box = dialog.editors["language"]
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findData("pt"))
    box.activated.emit(box.currentIndex())
    assert window.top.start.text() == "Start"
    window.close()
    assert Settings(paths.settings_file()).values.language == "pt"
    assert start_program().top.start.text() == "Iniciar"


def test_the_evidence_on_the_card_is_shown_in_portuguese(portuguese: None) -> None:
    card = read_card(default_models())
    protocols = {point.evidence for point in card.points.values()}
    assert card.curve is not None
    protocols.add(card.curve.evidence)
    assert not english_in({localised(protocol) for protocol in protocols})
