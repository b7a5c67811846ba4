"""The window opens even if its store has invalid content."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from breakhis_desktop.app import make_window as make_app_window
from breakhis_desktop.domain.queued_job import QueuedJob
from breakhis_desktop.store.store import Store
from tests.factories.runs import FILES, run_info

CHANGES = (
    "UPDATE job SET roots = 'x'",
    "UPDATE run SET operating_point = 'x'",
    "UPDATE image SET status = 'zz'",
    "DELETE FROM run",
    "PRAGMA application_id = 1",
    "UPDATE run SET roots = '[]'",
    "UPDATE run SET started = 'x'",
    "UPDATE job SET roots = '[]', run_id = NULL",
    "UPDATE job SET id = 1099511627776",
    "ALTER TABLE thumbnail RENAME TO picture",
)


@pytest.mark.parametrize("change", CHANGES)
def test_the_window_opens_without_changing_a_store_that_another_program_made_invalid(
    home: Path, qapp: QApplication, qtbot: QtBot, change: str
) -> None:
    file = home / "store.sqlite"
    with Store(file) as store:
        store.begin_run(run_info(), FILES, job=QueuedJob(1, run_info().inputs))
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute(change)
    content = file.read_bytes()
    window = make_app_window(qapp)
    qtbot.addWidget(window)
    window.show()
    window.presenter.find_interrupted(only_window=True)
    qtbot.waitUntil(window.banner.isVisible)
    assert "is not kept for the next start" in window.banner.text
    window.close()
    assert file.read_bytes() == content


@pytest.mark.parametrize("change", ["UPDATE run SET roots = '[]'", "UPDATE run SET started = '9999-12-31T23:59:00-14:00'"])
def test_an_invalid_run_without_a_job_is_not_offered(home: Path, qapp: QApplication, qtbot: QtBot, change: str) -> None:
    file = home / "store.sqlite"
    with Store(file) as store:
        store.begin_run(run_info(), FILES)
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute(change)
    window = make_app_window(qapp)
    qtbot.addWidget(window)
    window.show()
    with qtbot.waitSignal(window.keeper.restored):
        window.presenter.find_interrupted(only_window=True)
    window.close()
    assert window.jobs.rowCount() == 0
