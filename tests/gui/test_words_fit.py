"""No text in the window is cut off, in common system fonts and sizes, in both languages."""

import os
import subprocess
import sys
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from breakhis_desktop.domain.decision import Prediction
from breakhis_desktop.domain.progress import Progress
from breakhis_desktop.domain.records import Ledger, Status
from breakhis_desktop.domain.taxonomy import SUBTYPES
from breakhis_desktop.inference.model_output import ModelOutput
from breakhis_desktop.ui.look.language import install_translations
from breakhis_desktop.ui.look.lettering import follow_the_system
from breakhis_desktop.ui.shell.main_window import MainWindow
from breakhis_desktop.ui.state.job import JobStage
from breakhis_desktop.ui.state.queue_total import QueueTotal
from tests.conftest import small_field
from tests.factories import there
from tests.factories.operating_points import WithCurve
from tests.factories.windows import STATES, await_painted, dialogs
from tests.gui.conftest import MakeWindow
from tests.gui.cut_words import cut_words, drawn_names

FONTS = [(family, points) for family in ("Noto Sans", "DejaVu Sans") for points in (9, 11, 13)]
SIZES = [(1920, 1080), (1280, 800), (1024, 700)]
PICTURES = os.environ.get("BREAKHIS_TEST_PICTURES")
"""The folder where the tests save screenshots for a person to look at; None to save none."""


class Various(WithCurve):
    """A classifier that cycles through subtypes and probabilities, so that every term occurs in the table."""

    def __init__(self) -> None:
        self._asked = 0

    def classify(self, inputs: NDArray[np.uint8]) -> list[ModelOutput]:
        return [self._vary(model_output) for model_output in super().classify(inputs)]

    def _vary(self, model_output: ModelOutput) -> ModelOutput:
        self._asked += 1
        shares = np.full(len(SUBTYPES), 0.03)
        shares[self._asked % len(SUBTYPES)] = 0.79
        p = (0.02, 0.3, 0.34, 0.36, 0.97)[self._asked % 5]
        return replace(model_output, prediction=Prediction(p, tuple(shares.tolist())))


@pytest.fixture(scope="module")
def fields(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("Slides week 46")
    for number in range(16):
        small_field(12 * number).save(
            folder / f"SOB_{('M_DC', 'B_TA')[number % 2]}-14-22549AB-{(40, 100, 200, 400)[number % 4]}-{number:03}.png"
        )
    (folder / "broken.png").write_bytes(b"no picture")
    return folder


@pytest.fixture(scope="module")
def own_fields(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in which patients and images have a laboratory's own names, with an unreadable file and an image that is refused."""
    folder = tmp_path_factory.mktemp("Anatomia patológica")
    for patient, number in product(("Müller Jürgen", "Peña - 2º andar, leito 14"), range(6)):
        (folder / patient).mkdir(exist_ok=True)
        small_field(12 * number).save(folder / patient / f"campo de exploração área {number:02}.png")
    (folder / "Müller Jürgen" / "broken.png").write_bytes(b"no picture")
    Image.new("RGB", (700, 460), "white").save(folder / "Müller Jürgen" / "vidro.png")
    return folder


@pytest.fixture
def in_font(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[None]:
    """Set the application's font and language during a test."""
    (family, points), language = request.param
    if family not in QFontDatabase.families():
        pytest.skip(f"{family} is not installed")
    before = qapp.font()
    qapp.setFont(QFont(family, points))
    install_translations(qapp, language)
    yield
    install_translations(qapp, "en")
    qapp.setFont(before)
    follow_the_system()


@pytest.fixture
def finished(in_font: None, make_window: MakeWindow, fields: Path, qtbot: QtBot) -> MainWindow:
    window = make_window(lambda _folder, _report_stage: Various())
    window.add([fields])
    window.top.start.click()
    qtbot.waitUntil(lambda: bool(window.jobs.in_stage(JobStage.ENDED)), timeout=20_000)
    window.add([fields / "broken.png"])
    window.chosen.choose(window.jobs.at(0))
    window.table.choose_first()
    qtbot.waitUntil(lambda: window.detail.image.has_image)
    return window


def cut_when_settled(window: QWidget, qtbot: QtBot) -> list[str]:
    """Wait until the layout of a window has settled, and return the text that is cut off."""
    await_painted(window, qtbot)
    with suppress(qtbot.TimeoutError):
        qtbot.waitUntil(lambda: not cut_words(window))
    return cut_words(window)


def id_of(case: tuple[tuple[str, int], str]) -> str:
    (family, points), language = case
    return f"{family.replace(' ', '')}-{points}-{language}"


CASES = [(font, language) for font in FONTS for language in ("en", "pt")]
LARGEST = [case for case in CASES if case[0][1] == 13]
NOT_SLOW = {("DejaVu Sans", 9), ("DejaVu Sans", 13), ("Noto Sans", 13)}
"""The fonts in which `test_no_word_on_a_page_is_cut_off` is not marked slow."""


def parameters_of(cases: Iterable[tuple[tuple[str, int], str]], not_slow: Collection[tuple[str, int]]) -> list[Any]:
    """Return the cases as parameters; a case is marked slow unless its font is among `not_slow`."""
    return [pytest.param(case, id=id_of(case), marks=() if case[0] in not_slow else pytest.mark.slow) for case in cases]


@pytest.mark.parametrize("in_font", parameters_of(CASES, NOT_SLOW), indirect=True)
def test_no_word_on_a_page_is_cut_off(finished: MainWindow, qtbot: QtBot, request: pytest.FixtureRequest) -> None:
    found = {}
    for size in SIZES:
        finished.resize(*size)
        finished.operating_point.unfolding.setChecked(size == SIZES[-1])
        for name, button in zip(("table", "sheet", "patients", "summary"), finished.top.views.buttons.values(), strict=True):
            button.click()
            found[name, size] = cut_when_settled(finished, qtbot)
            if PICTURES:
                finished.grab().save(str(Path(PICTURES, f"{request.node.callspec.id}-{size[0]}-{name}.png")))
        assert (finished.width(), finished.height()) == size
    assert "\n".join(f"{name} {size[0]}: {cut}" for (name, size), words in found.items() for cut in words) == ""


@pytest.mark.parametrize("in_font", parameters_of(CASES, [("DejaVu Sans", 9), ("DejaVu Sans", 13)]), indirect=True)
def test_names_given_by_a_laboratory_are_told_apart_and_no_word_is_cut_off(
    in_font: None, make_window: MakeWindow, own_fields: Path, qtbot: QtBot, request: pytest.FixtureRequest
) -> None:
    window = make_window(lambda _folder, _report_stage: Various())
    window.add([own_fields])
    there(window.jobs.at(0)).reading.rule = "folder"
    window.top.start.click()
    qtbot.waitUntil(lambda: bool(window.jobs.in_stage(JobStage.ENDED)), timeout=20_000)
    found = {}
    for size in SIZES:
        window.resize(*size)
        for name, button in list(zip(("table", "sheet", "patients"), window.top.views.buttons.values(), strict=False)):
            button.click()
            found[name, size] = cut_when_settled(window, qtbot)
            if PICTURES:
                window.grab().save(str(Path(PICTURES, f"own-{request.node.callspec.id}-{size[0]}-{name}.png")))
        window.top.views.show_first()
        window.table.scrollToTop()
        patients = [str(window.results.index(row, 1).data()) for row in range(window.results.rowCount())]
        drawn = list(zip(drawn_names(window.table), patients, strict=False))
        assert len(set(drawn)) == len(drawn)
    assert "\n".join(f"{name} {size[0]}: {cut}" for (name, size), words in found.items() for cut in words) == ""


@pytest.mark.parametrize("in_font", parameters_of([case for case in CASES if case[0][1] == 9], [("DejaVu Sans", 9)]), indirect=True)
def test_table_and_patients_need_no_horizontal_scroll_bar_at_1280_pixels_or_more(finished: MainWindow, qtbot: QtBot) -> None:
    for size, (page, view) in product(SIZES[:2], (("Table", finished.table), ("Patients", finished.overview.patients.tree))):
        finished.resize(*size)
        list(finished.top.views.buttons.values())[("Table", "Contact sheet", "Patients").index(page)].click()
        cut_when_settled(finished, qtbot)
        assert view.horizontalScrollBar().maximum() == 0, (page, size)


@pytest.mark.slow
@pytest.mark.parametrize("percent", [150, 200])
def test_no_word_is_cut_off_on_a_denser_screen(percent: int) -> None:
    these = [
        f"{__file__}::{test.__name__}"
        for test in (test_no_word_on_a_page_is_cut_off, test_table_and_patients_need_no_horizontal_scroll_bar_at_1280_pixels_or_more)
    ]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "", "-k", "Sans-9", *these]
    done = subprocess.run(command, env={**os.environ, "QT_SCALE_FACTOR": str(percent / 100)}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("in_font", parameters_of(LARGEST, [("DejaVu Sans", 13)]), indirect=True)
def test_no_word_is_cut_off_in_any_state_of_the_controls(finished: MainWindow, qtbot: QtBot) -> None:
    job = finished.jobs.at(0)
    assert job is not None
    job.stage, job.ledger, job.progress = JobStage.RUNNING, Ledger(12_387).plus([Status.DONE] * 1155 + [Status.REFUSED] * 9), Progress(0, 0)
    job.progress.update(10, 1164)
    for size, state in product(SIZES, STATES.values()):
        finished.resize(*size)
        finished.top.show_controls(state)
        finished.status.show_job(job, QueueTotal(2, 11_224, 112.0))
        assert cut_when_settled(finished, qtbot) == []
        assert finished.status.ledger.isVisible()


@pytest.mark.usefixtures("small_screen")
@pytest.mark.parametrize("in_font", parameters_of(LARGEST, [("DejaVu Sans", 13)]), indirect=True)
def test_no_word_in_a_dialog_is_cut_off(finished: MainWindow, fields: Path, qtbot: QtBot, request: pytest.FixtureRequest) -> None:
    found = []
    for dialog in dialogs(finished, fields):
        dialog.show()
        found += [f"{dialog.windowTitle()}: {cut}" for cut in cut_when_settled(dialog, qtbot)]
        if PICTURES:
            dialog.grab().save(str(Path(PICTURES, f"{request.node.callspec.id}-{type(dialog).__name__}.png")))
        dialog.close()
    assert "\n".join(found) == ""


@pytest.mark.parametrize("in_font", LARGEST[-1:], indirect=True, ids=id_of)
def test_the_check_finds_words_that_are_cut_off(finished: MainWindow, qtbot: QtBot) -> None:
    finished.resize(1280, 800)
    assert cut_when_settled(finished, qtbot) == []
    finished.detail.enlarge.setFixedWidth(20)
    finished.table.setColumnWidth(4, 60)
    await_painted(finished, qtbot)
    assert len(cut_words(finished)) >= 3
