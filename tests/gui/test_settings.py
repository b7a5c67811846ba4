"""Settings from the dialog take effect at once or with the next run."""

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLabel, QLineEdit, QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from breakhis_desktop import paths
from breakhis_desktop.domain.card_parts import Temperature
from breakhis_desktop.domain.engines import DEVICES
from breakhis_desktop.inference.devices import available_devices
from breakhis_desktop.pipeline.classify import ImageClassifier
from breakhis_desktop.ui.export import logo
from breakhis_desktop.ui.export.report_dialog import ReportDialog
from breakhis_desktop.ui.help.setting_fields import setting_fields
from breakhis_desktop.ui.help.settings_dialog import SettingsDialog
from breakhis_desktop.ui.look.question import Question
from breakhis_desktop.ui.look.theme import DARK, LIGHT, Theme
from breakhis_desktop.ui.shell.main_window import MainWindow
from breakhis_desktop.ui.state.job import JobStage
from breakhis_desktop.ui.state.settings import CHOICES, Settings, Values
from breakhis_desktop.wording.message import Message
from tests.conftest import CARD, FakeClassifier, small_field
from tests.factories import said, there
from tests.gui.conftest import MakeWindow, load_fake, waiting_before_second_batch


@pytest.fixture
def dialog(window: MainWindow, qtbot: QtBot) -> SettingsDialog:
    qtbot.waitUntil(lambda: window.presenter.card is not None)
    made = window.preferences.dialog()
    made.show()
    return made


def _button(dialog: SettingsDialog, text: str) -> QPushButton:
    return next(button for button in dialog.findChildren(QPushButton) if button.text() == text)


def choose(dialog: SettingsDialog, name: str, value: object) -> None:
    box = dialog.editors[name]
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def test_the_dialog_offers_every_user_setting_with_its_hint(dialog: SettingsDialog) -> None:
    shown = [line.text() for line in dialog.findChildren(QLabel) if line.isVisible()]
    assert set(dialog.editors) == {
        "appearance",
        "language",
        "reviewer",
        "laboratory",
        "logo",
        "operating_point",
        "reuse",
        "engine",
        "device",
    }
    for field in setting_fields(CARD, available_devices()):
        assert hasattr(Values(), field.name)
        assert field.hint.endswith(".")
        assert field.hint in shown
        assert dialog.editors[field.name].toolTip() == field.hint


def test_only_available_devices_are_offered(dialog: SettingsDialog) -> None:
    box = dialog.editors["device"]
    assert isinstance(box, QComboBox)
    assert [box.itemText(row) for row in range(box.count())] == [device.words for device in available_devices()]
    assert box.currentData() == "cpu"


def test_a_chosen_device_that_is_no_longer_available_is_still_shown(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = []
    monkeypatch.setattr(SettingsDialog, "exec", lambda dialog: shown.append(dialog.editors["device"].currentText()))
    for name in ("cuda", "cpu"):
        window.settings.change(device=name)
        window.preferences.show_dialog()
    assert shown == ["CUDA (untested)", "CPU"]


def test_the_dialog_fits_on_a_small_screen(window: MainWindow) -> None:
    needed = SettingsDialog(window.settings, setting_fields(CARD, tuple(DEVICES.values())), window).minimumSizeHint()
    assert needed.width() <= 1000
    assert needed.height() <= 700


def test_the_dialog_is_no_higher_than_its_fields_need(window: MainWindow) -> None:
    dialog = SettingsDialog(window.settings, setting_fields(CARD, tuple(DEVICES.values())), window)
    area = there(dialog.findChild(QScrollArea))
    there(dialog.layout()).activate()
    assert area.height() == there(area.widget()).height()


def test_the_choices_are_those_that_the_settings_accept() -> None:
    for field in setting_fields(CARD, tuple(DEVICES.values())):
        if field.name in CHOICES:
            assert tuple(value for value, _words in field.choices) == CHOICES[field.name]


def test_the_appearance_changes_at_once_and_is_remembered(dialog: SettingsDialog, window: MainWindow) -> None:
    choose(dialog, "appearance", "dark")
    assert window.theme.tokens is DARK
    choose(dialog, "appearance", "light")
    assert window.theme.tokens is LIGHT
    assert Settings(paths.settings_file()).values.appearance == "light"


def test_a_window_opens_in_the_chosen_appearance(make_window: MakeWindow) -> None:
    Settings(paths.settings_file()).change(appearance="dark")
    assert make_window().theme.tokens is DARK


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Escape], ids=["Tab", "Escape"])
def test_a_name_is_stored_when_the_user_leaves_its_text_box_or_the_dialog(dialog: SettingsDialog, window: MainWindow, key: Qt.Key) -> None:
    line = dialog.editors["reviewer"]
    assert isinstance(line, QLineEdit)
    dialog.activateWindow()
    line.setFocus()
    QTest.keyClicks(line, "  Ana Lucia ")
    assert window.settings.values.reviewer == ""
    QTest.keyClick(line, key)
    assert window.settings.values.reviewer == "Ana Lucia"


@pytest.mark.parametrize("name", ["logo.png", "logo.TIF", "logo.webp"])
def test_a_readable_picture_becomes_the_logo_and_the_logo_can_be_removed(
    name: str, dialog: SettingsDialog, window: MainWindow, save_image: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    file = save_image("RGB", name)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args, **_more: (str(file), ""))
    assert not _button(dialog, "Remove").isEnabled()
    _button(dialog, "Choose…").click()
    qtbot.waitUntil(lambda: window.settings.values.logo == str(file))
    editor = dialog.editors["logo"]
    assert isinstance(editor, QLineEdit)
    assert editor.text() == name
    _button(dialog, "Remove").click()
    assert editor.text() == ""
    assert window.settings.values.logo == ""
    assert not _button(dialog, "Remove").isEnabled()


@pytest.mark.parametrize("turn_away", [lambda dialog: _button(dialog, "Remove").click(), SettingsDialog.reject], ids=["Remove", "close"])
def test_the_window_does_not_wait_for_a_slow_logo_and_drops_it_if_the_user_presses_remove_or_closes_the_dialog(
    turn_away: Callable[[SettingsDialog], object],
    dialog: SettingsDialog,
    window: MainWindow,
    monkeypatch: pytest.MonkeyPatch,
    release: threading.Event,
    qtbot: QtBot,
) -> None:
    read: list[Path] = []

    def read_slowly(file: Path) -> bytes:
        assert release.wait(timeout=20)
        read.append(file)
        return b""

    monkeypatch.setattr(logo, "read_logo", read_slowly)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args, **_more: ("/slow/new.png", ""))
    window.settings.change(logo="/logo.png")
    dialog.remove_logo.setEnabled(True)
    _button(dialog, "Choose…").click()
    assert (read, window.settings.values.logo) == ([], "/logo.png")
    assert dialog.cursor().shape() is Qt.CursorShape.BusyCursor
    turn_away(dialog)
    present = window.settings.values.logo
    release.set()
    handed_back: list[bool] = []
    window.preferences._logos.run(lambda: True, handed_back.append, print)
    qtbot.waitUntil(lambda: handed_back == [True])
    assert read == [Path("/slow/new.png")]
    assert window.settings.values.logo == present


def test_a_file_that_is_not_a_picture_leaves_the_logo_as_it_is_and_the_user_is_told(
    dialog: SettingsDialog, window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "words.png").write_text("no picture", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args, **_more: (str(tmp_path / "words.png"), ""))
    messages: list[str] = []
    monkeypatch.setattr(Question, "ask", lambda question: messages.append(question.text))
    window.settings.change(logo="/logo.png")
    _button(dialog, "Choose…").click()
    qtbot.waitUntil(lambda: bool(messages))
    assert messages == ["The logo words.png cannot be read; choose a PNG or JPEG file, or none."]
    assert window.settings.values.logo == "/logo.png"
    assert dialog.cursor().shape() is Qt.CursorShape.ArrowCursor


def test_a_long_name_that_fits_into_a_report_fits_into_the_settings(window: MainWindow) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    report = ReportDialog(Theme(application), [], [])
    report.laboratory.setText("Institute of Pathology " * 20)
    window.settings.change(laboratory=report.laboratory.text())
    line = SettingsDialog(window.settings, setting_fields(CARD, available_devices()), window).editors["laboratory"]
    assert isinstance(line, QLineEdit)
    assert line.text() == report.laboratory.text() != ""


def test_new_runs_use_the_chosen_operating_point(
    make_window: MakeWindow, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    point = CARD.points["default"]
    monkeypatch.setitem(CARD.points, "screening", type(point)("screening", 0.1, point.sensitivity, point.specificity, point.evidence))
    window = make_window()
    window.add([folder])
    window.settings.change(operating_point="screening")
    window.top.start.click()
    qtbot.waitUntil(lambda: bool(window.jobs.in_stage(JobStage.ENDED)), timeout=20_000)
    job = window.jobs.at(0)
    assert job is not None
    assert job.run_info is not None
    assert (job.run_info.point.name, job.run_info.point.threshold) == ("screening", 0.1)


def test_an_operating_point_that_the_models_lack_is_replaced_by_the_default(window: MainWindow, folder: Path, qtbot: QtBot) -> None:
    window.settings.change(operating_point="of other models")
    window.add([folder])
    window.top.start.click()
    qtbot.waitUntil(lambda: bool(window.jobs.in_stage(JobStage.ENDED)), timeout=20_000)
    job = window.jobs.at(0)
    assert job is not None
    assert job.run_info is not None
    assert job.run_info.point.name == "default"


def test_an_earlier_result_is_reused_only_if_the_user_chose_so_and_its_caption_names_the_run(
    dialog: SettingsDialog, window: MainWindow, run_folder: Callable[[Path], None], folder: Path
) -> None:
    captions = []
    for wish in (False, False, True):
        choose(dialog, "reuse", wish)
        run_folder(folder)
        captions.append(window.detail._caption.text().splitlines()[1:])
        window.presenter.remove(there(window.jobs.at(0)))
    assert [caption[1:] for caption in captions] == [[], [], ["Result of run 2, which saw the same file"]]
    assert Settings(paths.settings_file()).values.reuse


def test_until_another_device_is_chosen_the_banner_reports_that_the_cpu_is_used_instead(make_window: MakeWindow, qtbot: QtBot) -> None:
    trouble = "The CPU is used instead of CUDA: this installation does not offer it."
    loads = []

    def load(folder: Path, report_stage: Callable[[Message], None]) -> object:
        loads.append(folder)
        classifier = load_fake(folder, report_stage)
        classifier.device_trouble = said(trouble) if len(loads) == 2 else None
        return classifier

    window = make_window(load)
    qtbot.waitUntil(lambda: window.presenter.card is not None)
    assert window.banner.isHidden()
    with qtbot.waitSignal(window.presenter.models_ready):
        window.settings.change(device="cuda")
    assert window.banner.text == trouble
    with qtbot.waitSignal(window.presenter.models_ready):
        window.settings.change(device="cpu")
    assert window.banner.isHidden()


def test_an_unrelated_warning_stays_in_the_banner_when_the_models_are_ready(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window()
    qtbot.waitUntil(lambda: window.presenter.card is not None)
    window.banner.warn("Something else is wrong.")
    with qtbot.waitSignal(window.presenter.models_ready):
        window.settings.change(device="cuda")
    assert not window.banner.isHidden()


def test_choosing_another_engine_reloads_the_models(make_window: MakeWindow, qtbot: QtBot) -> None:
    loads = []

    def load(folder: Path, report_stage: Callable[[Message], None]) -> object:
        loads.append(folder)
        return load_fake(folder, report_stage)

    window = make_window(load)
    qtbot.waitUntil(lambda: window.presenter.card is not None)
    with qtbot.waitSignal(window.presenter.models_ready):
        window.settings.change(engine="tensorflow")
    assert len(loads) == 2


def test_models_that_are_switched_during_a_run_are_used_from_the_next_run_on(
    make_window: MakeWindow, tmp_path: Path, samples: list[Path], qtbot: QtBot
) -> None:
    release = threading.Event()
    load_waiting = waiting_before_second_batch(release)

    def load(folder: Path, report_stage: Callable[[Message], None]) -> ImageClassifier:
        if folder.name != "other":
            return load_waiting(folder, report_stage)
        other = FakeClassifier()
        other.card = replace(CARD, name="other", temperature=Temperature(binary=2.0, subtype=2.0))
        return other

    folders = [tmp_path / "first", tmp_path / "second"]
    for folder in folders:
        folder.mkdir()
        for number in range(70 if folder.name == "first" else 1):
            small_field(number).save(folder / f"{number}.png")
    window = make_window(load)
    window.add(folders)
    window.top.start.click()
    jobs = [there(window.jobs.at(0)), there(window.jobs.at(1))]
    qtbot.waitUntil(lambda: len(jobs[0].records) > 0, timeout=20_000)
    window.settings.change(bundle="other")
    release.set()
    qtbot.waitUntil(lambda: jobs[1].stage is JobStage.ENDED, timeout=20_000)
    assert [there(job.run_info).model_name for job in jobs] == ["fake 1", "other 1"]
    assert len(jobs[0].records) == 70


def test_damaged_settings_are_reported_in_the_window(home: Path, make_window: MakeWindow) -> None:
    paths.settings_file().write_text("{", encoding="utf-8")
    window = make_window()
    assert "settings.json.damaged" in window.banner.text


def test_leaving_the_file_dialog_without_a_logo_prints_no_warning_from_qt(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args, **_kinds: ("", ""))
    assert logo.ask_for_logo(window, None) is None
    assert "No file name specified" not in capfd.readouterr().err
