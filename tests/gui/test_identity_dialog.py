"""The dialog in which the user chooses how patients and magnifications are read for a job."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog
from pytestqt.qtbot import QtBot

from breakhis_desktop.ui.queue.identity_dialog import IdentityDialog
from tests.conftest import small_field
from tests.factories import there


def preview_of(dialog: IdentityDialog) -> list[tuple[str, str]]:
    rows = range(dialog._table.rowCount())
    return [(there(dialog._table.item(row, 1)).text(), there(dialog._table.item(row, 2)).text()) for row in rows]


@pytest.fixture
def dialog(qtbot: QtBot, tmp_path: Path) -> IdentityDialog:
    """Return the dialog for a job on the folder `Anna`, which contains one image with an official name and one with a different name."""
    folder = tmp_path / "Anna"
    folder.mkdir()
    for number, name in enumerate(("P7_40x_1.bmp", "SOB_M_DC-14-2523-400-001.bmp")):
        small_field(number).save(folder / name)
    shown = IdentityDialog([folder], "")
    qtbot.addWidget(shown)
    shown.show()
    qtbot.waitUntil(lambda: shown._table.rowCount() == 2, timeout=20_000)
    return shown


def can_be_accepted(dialog: IdentityDialog) -> bool:
    return dialog._buttons.button(QDialogButtonBox.StandardButton.Ok).isEnabled()


def test_the_dialog_shows_what_each_rule_reads(dialog: IdentityDialog, tmp_path: Path, qtbot: QtBot) -> None:
    assert preview_of(dialog) == [("–", "–"), ("14-2523", "400×")]
    assert dialog._said.text() == "Tried on 2 images: 1 with a patient, 1 with a magnification."
    dialog._folder.click()
    qtbot.waitUntil(lambda: preview_of(dialog) == [("Anna", "–"), ("Anna", "400×")], timeout=20_000)
    assert dialog.rule == "folder"
    qtbot.keyClicks(dialog.pattern, "{patient}_{magnification}x_*")
    qtbot.waitUntil(lambda: preview_of(dialog) == [("P7", "40×"), ("14-2523", "400×")], timeout=20_000)
    assert dialog.rule == "pattern:{patient}_{magnification}x_*"
    table = tmp_path / "patients.csv"
    table.write_text("file,patient\nP7_40x_1.bmp,Berta\n", encoding="utf-8")
    qtbot.keyClicks(dialog.table, str(table))
    qtbot.waitUntil(lambda: preview_of(dialog) == [("Berta", "–"), ("14-2523", "400×")], timeout=20_000)
    assert dialog.rule == f"csv:{table}"
    dialog._magnification.click()
    qtbot.waitUntil(lambda: preview_of(dialog) == [("Berta", "40×"), ("14-2523", "400×")], timeout=20_000)
    dialog._else_folder.click()
    qtbot.waitUntil(lambda: preview_of(dialog) == [("Berta", "40×"), ("Anna", "400×")], timeout=20_000)
    assert dialog.rule == f"folder,magnification,csv:{table}"
    dialog._folder.click()
    assert dialog.rule == "folder,magnification"


def test_the_button_for_choosing_a_table_is_eight_pixels_from_its_field(dialog: IdentityDialog) -> None:
    assert dialog._browse.x() - dialog.table.x() - dialog.table.width() == 8


def test_an_invalid_rule_is_reported_and_cannot_be_accepted(dialog: IdentityDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: can_be_accepted(dialog))
    qtbot.keyClicks(dialog.pattern, "(?P<patient>")
    assert not can_be_accepted(dialog)
    qtbot.waitUntil(lambda: "is not a valid regular expression" in dialog._said.text(), timeout=20_000)
    assert not can_be_accepted(dialog)
    assert dialog._table.rowCount() == 0


def test_the_dialog_opens_with_the_rule_of_the_job(qtbot: QtBot, tmp_path: Path) -> None:
    rules = ("", "folder", "pattern:{patient}", "csv:/a b.csv", "magnification", "folder,magnification", "folder,pattern:{magnification}")
    for rule in (*rules, "folder,magnification,csv:/a b.csv"):
        shown = IdentityDialog([tmp_path], rule)
        qtbot.addWidget(shown)
        assert shown.rule == rule
        shown.reject()


def test_the_preview_names_the_folder_of_files_with_the_same_name(qtbot: QtBot, tmp_path: Path) -> None:
    for case, number in (("Case 15", 1), ("Case 31", 2)):
        (tmp_path / case).mkdir()
        small_field(number).save(tmp_path / case / "field 1.png")
    small_field(3).save(tmp_path / "Case 31" / "field 2.png")
    shown = IdentityDialog([tmp_path], "folder")
    qtbot.addWidget(shown)
    shown.show()
    qtbot.waitUntil(lambda: shown._table.rowCount() == 3, timeout=20_000)
    files = [there(shown._table.item(row, 0)).text() for row in range(3)]
    assert files == [str(Path("Case 15", "field 1.png")), str(Path("Case 31", "field 1.png")), "field 2.png"]


def test_browsing_for_a_table_begins_beside_the_images_or_beside_the_table_already_entered(
    dialog: IdentityDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def cancel(_parent: object, _title: str, start: str, _kinds: str) -> tuple[str, str]:
        asked.append(start)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", cancel)
    dialog._browse.click()
    dialog.table.setText(str(tmp_path / "patients.csv"))
    dialog._browse.click()
    assert asked == [str(tmp_path / "Anna"), str(tmp_path)]
