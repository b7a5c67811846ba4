"""The diagnostics file for support says which program and models are in use, and names nobody."""

import json
import zipfile
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from breakhis_desktop import paths
from breakhis_desktop.logs import start_log
from breakhis_desktop.ui.help.diagnostics import diagnostics
from breakhis_desktop.ui.look.question import Question
from breakhis_desktop.ui.shell.main_window import MainWindow
from breakhis_desktop.ui.state.job import JobStage
from breakhis_desktop.ui.state.settings import Values
from tests.conftest import CARD
from tests.factories.windows import await_reviewed, load_doubting
from tests.gui.conftest import MakeWindow

PRIVATE = (b"Maria", b"Silva", b"2523", b"SOB_", b"b.png", b"broken.png", b"Ana", b"Institut", b"fields", b"logo.png")


def contents(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_diagnostics_name_no_patient_no_image_no_folder_and_no_reviewer(
    make_window: MakeWindow, folder: Path, log: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    start_log()
    window = make_window(load_doubting)
    patient = folder.rename(folder.with_name("Maria da Silva 14-2523"))
    window.settings.change(reviewer="Ana", laboratory="Institut", logo=str(patient / "logo.png"))
    window.add([patient])
    window.top.start.click()
    qtbot.waitUntil(lambda: window.jobs.in_stage(JobStage.ENDED) != [], timeout=20_000)
    qtbot.waitUntil(window.detail.review.accept.isEnabled)
    window.detail.review.accept.trigger()
    await_reviewed(window, qtbot, 1)
    with log.open("a", encoding="utf-8") as earlier:
        earlier.write(f"a line of an earlier version: {patient / 'b.png'}\nof 14-2523\n")
    file = tmp_path / "diagnostics.zip"
    with qtbot.waitSignal(window.notices.noted, timeout=20_000):
        window.diagnostics.save(file)
    found = contents(file)
    assert set(found) == {"versions.json", "settings.json", "models.json", "store.json", "breakhis-desktop.log"}
    everything = b"\n".join([*found.values(), *(name.encode() for name in found)])
    assert [word for word in (*PRIVATE, str(tmp_path).encode(), str(paths.home()).encode()) if word in everything] == []
    assert json.loads(found["models.json"])["loaded"]["id"] == CARD.model_id
    assert json.loads(found["settings.json"])["reviewer"] is True
    assert b"models ready" in found["breakhis-desktop.log"]
    counts = json.loads(found["store.json"])
    assert [counts[name] for name in ("runs", "images", "images done", "images failed", "reviews")] == [1, 4, 3, 1, 1]
    assert str(file) in window.toast.text


def test_the_file_is_written_even_if_the_store_cannot_be_read(home: Path, tmp_path: Path) -> None:
    store = home / "store.sqlite"
    store.write_bytes(b"letters and figures" * 100)
    (tmp_path / "d.zip").write_bytes(diagnostics(store, Values(), None))
    assert json.loads(contents(tmp_path / "d.zip")["store.json"]) == {"store": "cannot be read: DamagedStoreError"}


def test_diagnostics_do_not_create_a_missing_store(home: Path) -> None:
    diagnostics(home / "store.sqlite", Values(), None)
    assert not (home / "store.sqlite").exists()


def test_folders_beside_the_installed_models_are_not_named(home: Path, tmp_path: Path) -> None:
    for name in ("0123456789abcdef", "Maria da Silva"):
        (paths.models_folder() / name).mkdir(parents=True)
    (tmp_path / "d.zip").write_bytes(diagnostics(home / "store.sqlite", Values(), None))
    assert json.loads(contents(tmp_path / "d.zip")["models.json"])["installed"] == ["0123456789abcdef"]


def test_a_question_says_what_the_file_contains_and_no_file_dialog_opens_if_the_user_cancels(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = window.diagnostics.question()
    assert "Nothing is sent anywhere" in question.text
    assert "versions" in question.text
    monkeypatch.setattr(Question, "exec", Question.reject)
    monkeypatch.setattr("breakhis_desktop.ui.help.diagnostics.ask_for_target", lambda *_asked: pytest.fail("asked for a file"))
    window.diagnostics.ask_and_save()


def test_a_file_that_cannot_be_written_is_reported(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.notices.warned, timeout=20_000):
        window.diagnostics.save(tmp_path / "absent" / "d.zip")
    assert "could not be written" in window.banner.text
