"""The report dialog in a real window: its options, its preview, and what it saves and prints."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader
from PySide6.QtCore import QSizeF, Qt, QTimer
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from breakhis_desktop.reporting.report import MOST_CASE_IMAGES, ReportOptions
from breakhis_desktop.ui.export.pdf_pages import page_sizes
from breakhis_desktop.ui.export.report_dialog import ReportDialog
from breakhis_desktop.ui.look.theme import Theme
from breakhis_desktop.ui.shell.main_window import MainWindow
from breakhis_desktop.ui.state.settings import Settings
from tests.conftest import small_field
from tests.factories import there

RunFolder = Callable[[Path], None]
PATIENT = "14-2523"
LOGO = (0, 128, 128)
"""The colour of the laboratory's logo."""


@pytest.fixture
def dialog(qtbot: QtBot, theme: Theme) -> ReportDialog:
    made = ReportDialog(theme, [PATIENT, "14-9"], [4, 2])
    qtbot.addWidget(made)
    made.show()
    return made


def test_what_is_entered_in_the_dialog_becomes_the_options_of_the_report(qtbot: QtBot, dialog: ReportDialog, tmp_path: Path) -> None:
    dialog.laboratory.setText(" Laboratory ")
    dialog.comment.setPlainText("Two lines\nof comment")
    dialog.set_logo(tmp_path / "logo.png")
    assert dialog.options() == ReportOptions("Laboratory", tmp_path / "logo.png", "Two lines\nof comment")
    dialog.one_patient.click()
    assert dialog.options().patient == PATIENT
    dialog.chosen_images.click()
    assert (dialog.options().patient, dialog.options().positions) == ("", (4, 2))


def test_the_dialog_says_in_the_same_word_as_the_settings_that_there_is_no_logo(dialog: ReportDialog) -> None:
    assert dialog.logo_name.text() == "None"


def test_the_preview_has_no_scroll_bar_while_there_are_no_pages(qtbot: QtBot, dialog: ReportDialog) -> None:
    dialog.show()
    colours = []
    for pages in (0, 40, 0):
        if pages:
            dialog.preview.show_pages([QSizeF(595, 842)] * pages, lambda _number, _finely, _show: None)
        else:
            dialog.preview.say("The report is being made.")
        picture = dialog.preview.verticalScrollBar().grab().toImage()
        colours.append({picture.pixelColor(5, y).name() for y in range(8, picture.height())})
    assert list(map(len, colours)) == [1, 2, 1]


def test_changing_an_option_disables_save_and_print(qtbot: QtBot, dialog: ReportDialog) -> None:
    dialog.allow_output(allowed=True)
    with qtbot.waitSignal(dialog.options_changed):
        dialog.comment.setPlainText("a")
    assert not dialog.save.isEnabled()
    assert not dialog.print.isEnabled()


def test_filling_in_remembered_values_does_not_count_as_a_change(qtbot: QtBot, dialog: ReportDialog, tmp_path: Path) -> None:
    with qtbot.assertNotEmitted(dialog.options_changed, wait=800):
        dialog.fill_in("Laboratory", tmp_path / "logo.png")
    assert dialog.options() == ReportOptions("Laboratory", tmp_path / "logo.png")


def test_reports_that_are_impossible_for_the_job_cannot_be_selected(qtbot: QtBot, theme: Theme) -> None:
    bare = ReportDialog(theme, [], range(MOST_CASE_IMAGES + 1))
    qtbot.addWidget(bare)
    assert not bare.one_patient.isEnabled()
    assert not bare.chosen_images.isEnabled()


def drive(qtbot: QtBot, window: MainWindow, use: Callable[[ReportDialog], None], press: Callable[[], object] | None = None) -> None:
    """Open the report dialog with `press` (by default, the button in the top bar), wait for the preview, use the dialog, and close it."""

    def when_open() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ReportDialog)
        try:
            qtbot.waitUntil(dialog.save.isEnabled, timeout=60_000)
            use(dialog)
        finally:
            dialog.reject()

    QTimer.singleShot(0, when_open)
    (press or window.top.report.click)()


def words_in(file: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(file).pages).split())


def colours_of_pictures(file: Path) -> list[object]:
    """Return the colour in the middle of each picture on the first page of a PDF."""
    pictures = [there(picture.image).convert("RGB") for picture in PdfReader(file).pages[0].images]
    return [picture.getpixel((picture.width // 2, picture.height // 2)) for picture in pictures]


def test_the_report_is_previewed_and_saved_with_the_chosen_options(
    qtbot: QtBot, window: MainWindow, run_folder: RunFolder, folder: Path, tmp_path: Path
) -> None:
    Image.new("RGB", (30, 10), LOGO).save(tmp_path / "logo.png")
    run_folder(folder)
    target = tmp_path / "report.pdf"

    def use(dialog: ReportDialog) -> None:
        qtbot.waitUntil(lambda: dialog.preview.pages_drawn > 0, timeout=30_000)
        dialog.laboratory.setText("Our laboratory")
        dialog.set_logo(tmp_path / "logo.png")
        dialog.one_patient.click()
        qtbot.waitUntil(lambda: not dialog.save.isEnabled())
        qtbot.waitUntil(dialog.save.isEnabled, timeout=60_000)
        with qtbot.waitSignal(window.notices.noted, timeout=20_000):
            window.reports.save(target)

    drive(qtbot, window, use)
    words = words_in(target)
    assert "Our laboratory · case report" in words
    assert f"Patient {PATIENT} · 1 image ·" in words
    assert LOGO in colours_of_pictures(target)
    again = Settings(window.settings._file)
    assert (again.values.laboratory, again.values.logo) == ("Our laboratory", str(tmp_path / "logo.png"))


def test_the_dialog_opens_with_the_remembered_laboratory(qtbot: QtBot, window: MainWindow, run_folder: RunFolder, folder: Path) -> None:
    run_folder(folder)
    window.settings.change(laboratory="Our laboratory")
    found: list[str] = []
    drive(qtbot, window, lambda dialog: found.append(dialog.laboratory.text()))
    assert found == ["Our laboratory"]


def test_the_dialog_proposes_the_patient_of_the_chosen_image(qtbot: QtBot, window: MainWindow, run_folder: RunFolder, folder: Path) -> None:
    (folder / "b.png").rename(folder / "SOB_B_A-14-1111-400-001.png")
    run_folder(folder)
    found = []
    for row in range(window.results.rowCount()):
        window.table.selectRow(row)
        patient = there(window.table.chosen()).record.patient_id
        drive(qtbot, window, lambda dialog: found.append((dialog.patient.currentText(), dialog.options())))
        assert found.pop() == (patient or "14-1111", ReportOptions())


@pytest.fixture
def two_patients(window: MainWindow, run_folder: RunFolder, folder: Path) -> MainWindow:
    """Return a window on the Patients page, with a job of two patients and an image whose patient is not known."""
    small_field(90).save(folder / "SOB_B_A-14-1111-400-001.png")
    run_folder(folder)
    window.top.views.buttons["Patients"].click()
    window.overview.patients.tree.setFocus()
    return window


def choose(window: MainWindow, name: str) -> None:
    model = window.overview.patients.tree.model()
    rows = [model.index(row, 0) for row in range(model.rowCount())]
    window.overview.patients.tree.setCurrentIndex(next(row for row in rows if row.data() == name))


def test_on_the_patients_page_the_dialog_begins_with_the_chosen_patient(qtbot: QtBot, two_patients: MainWindow) -> None:
    found: list[ReportOptions] = []
    for name in ("14-2523", "14-1111"):
        choose(two_patients, name)
        drive(qtbot, two_patients, lambda dialog: found.append(dialog.options()))
    assert found == [ReportOptions(patient="14-2523"), ReportOptions(patient="14-1111")]
    choose(two_patients, "No patient known")
    drive(qtbot, two_patients, lambda dialog: found.append(dialog.options()))
    two_patients.top.views.show_first()
    drive(qtbot, two_patients, lambda dialog: found.append(dialog.options()))
    assert found[2:] == [ReportOptions(), ReportOptions()]


def test_the_panel_of_a_patient_opens_the_report_on_this_patient(qtbot: QtBot, two_patients: MainWindow) -> None:
    button = two_patients.overview.patient.report
    choose(two_patients, "14-1111")
    assert button.isVisible()
    found: list[ReportOptions] = []

    def press() -> None:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    drive(qtbot, two_patients, lambda dialog: found.append(dialog.options()), press)
    assert found == [ReportOptions(patient="14-1111")]
    choose(two_patients, "No patient known")
    assert not button.isVisible()


def test_a_report_on_a_patient_with_several_ids_has_the_images_under_every_id(
    qtbot: QtBot, window: MainWindow, run_folder: RunFolder, folder: Path, tmp_path: Path
) -> None:
    for place, slide in enumerate(("22549AB", "22549CD")):
        small_field(30 * place).save(folder / f"SOB_B_A-14-{slide}-400-001.png")
    run_folder(folder)
    window.top.views.buttons["Patients"].click()
    choose(window, "22549")

    def save(dialog: ReportDialog) -> None:
        assert dialog.options() == ReportOptions(patient="22549")
        with qtbot.waitSignal(window.notices.noted, timeout=20_000):
            window.reports.save(tmp_path / "report.pdf")

    drive(qtbot, window, save, window.overview.patient.report.click)
    words = words_in(tmp_path / "report.pdf")
    assert "Patient 22549 · 2 images ·" in words
    assert "What the models say about this patient" in words
    assert all(slide in words for slide in ("14-22549AB · 400×", "14-22549CD · 400×"))


def test_the_save_dialog_names_each_report_and_opens_beside_the_folder_of_the_images_and_later_in_the_folder_of_the_last_report(
    qtbot: QtBot, two_patients: MainWindow, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, asked, place = two_patients, [], tmp_path / "reports"
    place.mkdir()

    def press_save(save_dialog: QFileDialog) -> int:
        asked.append((save_dialog.windowTitle(), Path(save_dialog.selectedFiles()[0])))
        save_dialog.setDirectory(str(place))
        save_dialog.selectFile("any.pdf")
        return 1

    monkeypatch.setattr(QFileDialog, "exec", press_save)

    def save(dialog: ReportDialog) -> None:
        with qtbot.waitSignal(window.notices.noted, timeout=20_000):
            qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)

    choose(window, "14-1111")
    drive(qtbot, window, save)
    choose(window, "No patient known")
    drive(qtbot, window, save)
    beside = folder.parent
    assert asked == [
        ("Save the report on patient 14-1111", beside / "14-1111 report.pdf"),
        (f"Save the report on {folder.name}", place / f"{folder.name} report.pdf"),
    ]


def test_a_logo_chosen_in_the_dialog_is_read_in_the_background_and_appears_in_the_report(
    qtbot: QtBot, window: MainWindow, run_folder: RunFolder, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Image.new("RGB", (30, 10), LOGO).save(tmp_path / "logo.png")
    run_folder(folder)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args, **_kinds: (str(tmp_path / "logo.png"), ""))

    def use(dialog: ReportDialog) -> None:
        dialog.choose_logo.click()
        assert dialog.logo is None
        qtbot.waitUntil(lambda: dialog.logo == tmp_path / "logo.png")
        assert not dialog.save.isEnabled()
        qtbot.waitUntil(dialog.save.isEnabled, timeout=60_000)
        assert window.reports._shown.options.logo == tmp_path / "logo.png"
        dialog.remove_logo.click()
        assert dialog.logo is None
        assert not dialog.save.isEnabled()

    drive(qtbot, window, use)


def test_a_missing_logo_is_reported_instead_of_the_pages(qtbot: QtBot, window: MainWindow, run_folder: RunFolder, folder: Path) -> None:
    run_folder(folder)

    def use(dialog: ReportDialog) -> None:
        dialog.set_logo(Path("gone.png"))
        dialog.comment.setPlainText("a")
        qtbot.waitUntil(lambda: "gone.png cannot be read" in dialog.preview.words, timeout=30_000)
        assert not dialog.save.isEnabled()

    drive(qtbot, window, use)


def test_a_report_is_printed_from_the_window(
    qtbot: QtBot, window: MainWindow, run_folder: RunFolder, folder: Path, printer: QPrinter, tmp_path: Path
) -> None:
    run_folder(folder)

    def use(dialog: ReportDialog) -> None:
        with qtbot.waitSignal(window.notices.noted, timeout=60_000):
            window.reports.print(printer)

    drive(qtbot, window, use)
    assert len(page_sizes((tmp_path / "printed.pdf").read_bytes())) > 1


def test_the_report_button_is_disabled_before_there_are_results(window: MainWindow) -> None:
    assert not window.top.report.isEnabled()
