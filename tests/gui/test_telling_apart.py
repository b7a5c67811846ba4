"""In every view, users can tell images apart by the parts in which names differ, and by folder, patient and thumbnail."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QPainter, QWheelEvent
from PySide6.QtWidgets import QApplication, QScrollBar, QSlider, QWidget
from pytestqt.qtbot import QtBot

from breakhis_desktop.domain.decision import Prediction
from breakhis_desktop.domain.identity import Identity
from breakhis_desktop.domain.records import ImageRecord, Ledger, Status
from breakhis_desktop.domain.taxonomy import SUBTYPES
from breakhis_desktop.pipeline.events import ImagesEnded, RunEnded, RunPaused
from breakhis_desktop.store.store import Store
from breakhis_desktop.ui.results.card_delegate import CardDelegate
from breakhis_desktop.ui.results.column_widths import column_widths
from breakhis_desktop.ui.shell.main_window import MainWindow
from breakhis_desktop.ui.state.job import JobStage
from breakhis_desktop.ui.state.results import NAME_ROLE, RESULT_ROLE
from breakhis_desktop.wording.images import ImageCode
from breakhis_desktop.wording.message import Message
from breakhis_desktop.worker.news import RunAdvanced, RunStopped
from tests.conftest import small_field
from tests.factories import there
from tests.factories.windows import REVIEW_COLUMN
from tests.gui.conftest import Fill, MakeWindow
from tests.gui.cut_words import drawn_names, shortened_texts

RunFolder = Callable[[Path], None]
SIZES = [(1024, 700), (1280, 800), (1920, 1080)]


def image(position: int, path: str, patient: str | None = None, magnification: int | None = None) -> ImageRecord:
    prediction = Prediction(position % 10 / 10, (0.3, 0.7, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0))
    return ImageRecord(
        position, Path(path), Status.DONE, None, "ab" * 32, (700, 460), prediction, identity=Identity(patient, magnification)
    )


AREAS = [image(number, f"/images/campo de exploração {1 + number % 2} área {number // 2:02}.png", "Peña - 2º andar") for number in range(8)]
OFFICIAL = [
    image(number, f"/images/SOB_{kind}-14-{patient}-{size}-{field:03}.png")
    for number, (kind, patient, size, field) in enumerate(product(("M_DC", "B_TA"), ("22549AB", "2523"), (40, 400), (5,)))
]
UNEVEN = [
    f"SOB_{kind}-14-{9001 + number}-{size}-{number:03}.png"
    for number, (kind, size) in enumerate(product(("M_DC", "B_F", "B_TA", "B_A"), (40, 400)))
]
CAMERA = [image(number, f"/images/Case {number % 3}/IMG_{1000 + number}_100x.png", f"Case {number % 3}", 100) for number in range(8)]
WARD = [
    image(number, f"/images/Ward/Case {case}/field {field}.jpg") for number, (case, field) in enumerate(product((3, 12), range(10, 14)))
]
BAD = [
    ImageRecord(100, Path("/images/scan.png"), Status.FAILED, Message.of(ImageCode.NO_IMAGE)),
    ImageRecord(101, Path("/images/leaf.png"), Status.REFUSED, Message.of(ImageCode.UNLIKE_TRAINING, distance=1.32)),
    ImageRecord(102, Path("/images/slide.svs"), Status.SKIPPED, Message.of(ImageCode.WHOLE_SLIDE)),
]


def is_unneeded(bar: QScrollBar) -> bool:
    return bar.maximum() == 0


def show_page(window: MainWindow, title: str, size: tuple[int, int], qtbot: QtBot) -> None:
    window.resize(*size)
    window.top.views.buttons[title].click()
    qtbot.waitUntil(lambda: (window.width(), window.height()) == size)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("page", ["Table", "Contact sheet"])
@pytest.mark.parametrize("records", [AREAS, OFFICIAL, CAMERA], ids=["areas", "official", "camera"])
def test_no_two_images_are_drawn_with_the_same_name(
    window: MainWindow, fill: Fill, qtbot: QtBot, records: list[ImageRecord], page: str, size: tuple[int, int]
) -> None:
    fill(records)
    show_page(window, page, size, qtbot)
    names = drawn_names(window.table if page == "Table" else window.area.sheet)
    names = names if page == "Table" else names[1::2]
    assert len(names) >= 4
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(("page", "least"), [("Table", 4), ("Contact sheet", 4)])
def test_the_folder_is_drawn_if_names_repeat(window: MainWindow, fill: Fill, qtbot: QtBot, page: str, least: int) -> None:
    fill(WARD)
    show_page(window, page, (1280, 800), qtbot)
    names = drawn_names(window.table if page == "Table" else window.area.sheet)
    pairs = list(zip(names[::2], names[1::2], strict=True))
    assert len(pairs) >= least
    assert len(set(pairs)) == len(pairs)
    assert {folder for folder, _ in pairs} == {"Case 3", "Case 12"}


def test_the_caption_below_the_picture_and_screen_readers_name_the_folder_if_names_repeat(
    window: MainWindow, fill: Fill, qtbot: QtBot
) -> None:
    fill(WARD)
    window.table.choose_first()
    index = window.table.currentIndex()
    path, caption, picture = Path(index.data(Qt.ItemDataRole.ToolTipRole)), window.detail._caption, window.detail.image
    with_folder = str(Path(path.parent.name, path.name))
    assert with_folder in {str(record.path.relative_to("/images/Ward")) for record in WARD}
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == with_folder
    assert with_folder in caption.text().replace("\u200b", "")
    qtbot.waitUntil(lambda: caption.geometry().top() > picture.geometry().bottom() > 0)


def test_a_search_finds_images_by_their_folder(window: MainWindow, fill: Fill) -> None:
    fill(WARD)
    window.area.filter.search.setText("case 12 field 11")
    assert [window.results.index(row, 0).data(Qt.ItemDataRole.ToolTipRole) for row in range(window.results.rowCount())] == [
        str(Path("/images/Ward/Case 12/field 11.jpg"))
    ]


def test_the_folder_is_not_drawn_beside_a_visible_patient_of_the_same_name(window: MainWindow, fill: Fill, qtbot: QtBot) -> None:
    fill([image(record.position, str(record.path), record.path.parent.name) for record in WARD])
    show_page(window, "Table", (1280, 800), qtbot)
    assert not any(name.startswith("Case") for name in drawn_names(window.table))
    window.table.columns._want(1, False)
    assert "Case 12" in drawn_names(window.table)


def test_the_folder_appears_as_soon_as_a_name_repeats(window: MainWindow, fill: Fill) -> None:
    fill(WARD[:4])
    assert window.results.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "field 13.jpg"
    window.results.add(WARD[4:])
    texts = {window.results.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(8)}
    assert len(texts) == 8


@pytest.mark.parametrize(
    "end", [RunAdvanced(1, RunEnded(Ledger(105, done=105))), RunAdvanced(1, RunPaused()), RunStopped(1, Message.of(ImageCode.NO_IMAGE))]
)
def test_names_are_compared_again_when_a_run_ends_or_pauses_or_stops(
    window: MainWindow, fill: Fill, qtbot: QtBot, end: RunAdvanced | RunStopped
) -> None:
    stains = ["he"] * 64 + ["ihc"] * 36 + ["he"] * 5
    records = [image(number, f"/images/{stain} {number}.png") for number, stain in enumerate(stains)]
    fill(records[:100])
    job = there(window.chosen.job)
    job.stage = JobStage.RUNNING
    window.presenter._add(job, ImagesEnded(tuple(records[100:])))
    shown = [window.results.index(row, 0) for row in range(105)]
    he = next(index for index in shown if index.data(RESULT_ROLE).record.position == 3)
    assert he.data(NAME_ROLE)[0][-1] == "he 3"
    with qtbot.waitSignals([window.results.changed, window.results.dataChanged]):
        window.presenter._hear(replace(end, job_id=job.job_id))
    assert he.data(NAME_ROLE)[0][-1] == "…3"


def test_names_are_compared_when_a_job_is_shown(window: MainWindow, fill: Fill) -> None:
    records = [image(number, f"/images/he {number}.png") for number in range(100)]
    fill(records[:99])
    fill([*records, image(100, "/images/Case 1/he 1.png")])
    assert {forms[0][-1] for row in range(101) if (forms := window.results.index(row, 0).data(NAME_ROLE))[1]} == {"…1"}


@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080)])
@pytest.mark.parametrize("records", [AREAS, OFFICIAL, CAMERA, WARD], ids=["areas", "official", "camera", "ward"])
def test_nothing_is_cut_off_and_table_and_patients_need_no_horizontal_scroll_bar(
    window: MainWindow, fill: Fill, qtbot: QtBot, records: list[ImageRecord], size: tuple[int, int]
) -> None:
    fill([*records, *BAD])
    for page, view in (("Table", window.table), ("Patients", window.overview.patients.tree)):
        show_page(window, page, size, qtbot)
        bar = view.horizontalScrollBar()
        qtbot.waitUntil(partial(is_unneeded, bar))
        assert shortened_texts(view) == []


def test_a_reason_that_is_drawn_across_several_columns_is_the_tooltip_of_each_of_these_columns(window: MainWindow, fill: Fill) -> None:
    fill([AREAS[0], BAD[0]])
    tips = {str(window.results.index(1, column).data(Qt.ItemDataRole.ToolTipRole)) for column in range(3, 7)}
    assert tips == {"The content is not an image that this program can read; save it as PNG, JPEG or TIFF."}


def test_in_a_wide_window_every_column_is_wide_enough_and_the_columns_fill_the_table(window: MainWindow, fill: Fill, qtbot: QtBot) -> None:
    fill(OFFICIAL)
    show_page(window, "Table", (1920, 1080), qtbot)
    usual, table = column_widths(window.results.rows), window.table
    widths = {name: table.columnWidth(column) for column, name in enumerate(usual)}
    assert all(widths[name] >= width.usual for name, width in usual.items())
    assert sum(widths.values()) == table.viewport().width()


def test_in_a_wide_window_the_column_of_reviews_is_no_wider_than_its_words(window: MainWindow, fill: Fill, qtbot: QtBot) -> None:
    fill([*OFFICIAL, image(5, "/images/5.png")])
    show_page(window, "Table", (1920, 1080), qtbot)
    usual = column_widths(window.results.rows)["review"].usual
    qtbot.waitUntil(lambda: window.table.columnWidth(REVIEW_COLUMN) == usual)


@pytest.mark.parametrize("width", [1280, 1360, 1440])
def test_all_names_are_drawn_in_the_same_form(window: MainWindow, fill: Fill, qtbot: QtBot, width: int) -> None:
    fill([image(number, f"/images/{name}", "14-9004", 400) for number, name in enumerate(UNEVEN)])
    show_page(window, "Table", (width, 800), qtbot)
    assert len({name.startswith("…") for name in drawn_names(window.table)}) == 1


@pytest.mark.parametrize("width", [1120, 1200, 1280, 1360, 1440])
def test_all_subtypes_are_drawn_in_the_same_size(window: MainWindow, fill: Fill, qtbot: QtBot, width: int) -> None:
    records = [image(number, f"/images/{name}", "14-9004", 400) for number, name in enumerate(UNEVEN)]
    subtypes = [Prediction(0.9, tuple(float(number == place) for place in range(8))) for number in range(8)]
    fill([replace(record, prediction=prediction) for record, prediction in zip(records, subtypes, strict=True)])
    show_page(window, "Table", (width, 800), qtbot)
    assert len(sizes_drawn(window.table, {subtype.name for subtype in SUBTYPES})) == 1


def sizes_drawn(view: QWidget, texts: set[str]) -> set[float]:
    """Return the font sizes in which a view paints these texts."""
    found: set[float] = set()
    draw = QPainter.drawText

    def recorded(painter: QPainter, *arguments: Any) -> Any:
        if str(arguments[-1]).replace("\n", " ") in texts:
            found.add(painter.font().pointSizeF())
        return draw(painter, *arguments)

    with patch.object(QPainter, "drawText", recorded):
        view.grab()
    return found


def test_the_review_column_is_narrow_until_an_image_needs_a_review(window: MainWindow, fill: Fill) -> None:
    fill([image(0, "/images/0.png")])
    narrow = column_widths(window.results.rows)["review"].usual
    window.results.add([image(5, "/images/5.png")])
    assert column_widths(window.results.rows)["review"].usual > narrow


def test_magnifications_have_a_column_on_the_patients_page_only_if_some_are_known(window: MainWindow, fill: Fill, qtbot: QtBot) -> None:
    fill(AREAS)
    show_page(window, "Patients", (1280, 800), qtbot)
    assert window.overview.patients.tree.isColumnHidden(2)
    fill(CAMERA)
    assert not window.overview.patients.tree.isColumnHidden(2)


def test_a_column_on_the_patients_page_keeps_the_width_that_the_user_gave_it(window: MainWindow, fill: Fill, qtbot: QtBot) -> None:
    fill(CAMERA)
    show_page(window, "Patients", (1280, 800), qtbot)
    tree = window.overview.patients.tree
    tree.header().resizeSection(0, 321)
    show_page(window, "Patients", (1600, 800), qtbot)
    assert tree.columnWidth(0) == 321


@pytest.fixture
def fields(tmp_path: Path) -> Path:
    folder = tmp_path / "fields"
    folder.mkdir()
    for number in range(3):
        small_field(60 * number).resize((700, 460)).save(folder / f"field {number}.png")
    return folder


def thumbnail_widths(window: MainWindow) -> list[int]:
    """Return the widths of the thumbnails that have been read."""
    return [picture.width() for picture in window.table.thumbnails._images.values()]


def test_thumbnails_in_the_contact_sheet_are_sharp_on_a_screen_of_twice_the_usual_density(
    window: MainWindow, run_folder: RunFolder, fields: Path, qtbot: QtBot
) -> None:
    run_folder(fields)
    show_page(window, "Contact sheet", (1280, 800), qtbot)
    qtbot.waitUntil(lambda: len(thumbnail_widths(window)) == 3)
    cards = window.area.sheet.itemDelegate()
    assert isinstance(cards, CardDelegate)
    assert min(thumbnail_widths(window)) >= 2 * (cards.size.width() - 16)


def test_the_small_thumbnails_of_an_older_store_are_shown(
    window: MainWindow, make_window: MakeWindow, run_folder: RunFolder, fields: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    run_folder(fields)
    window.close()
    small = tmp_path / "small.jpg"
    small_field(0).resize((96, 63)).save(small)
    with Store(tmp_path / "store.sqlite") as store:
        store._connection.execute("UPDATE thumbnail SET jpeg = ?", [small.read_bytes()])
    again = make_window()
    qtbot.waitUntil(lambda: again.results.rowCount() == 3, timeout=20_000)
    qtbot.waitUntil(lambda: thumbnail_widths(again) == [96, 96, 96])


def test_the_size_of_cards_in_the_contact_sheet_follows_slider_and_wheel_and_is_remembered(
    window: MainWindow, make_window: MakeWindow, fill: Fill, qtbot: QtBot
) -> None:
    fill(OFFICIAL)
    show_page(window, "Contact sheet", (1280, 800), qtbot)
    sheet = window.area.sheet
    slider = there(there(sheet.parentWidget()).findChild(QSlider))
    before = sheet.gridSize().width()
    slider.setFocus()
    qtbot.keyClick(slider, Qt.Key.Key_PageUp)
    qtbot.keyClick(slider, Qt.Key.Key_PageUp)
    assert sheet.gridSize().width() > before
    turn = QWheelEvent(
        QPointF(50, 50),
        sheet.viewport().mapToGlobal(QPointF(50, 50)),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    chosen = sheet.card_width
    QApplication.sendEvent(sheet.viewport(), turn)
    assert slider.value() == sheet.card_width > chosen
    window.close()
    assert make_window().area.sheet.card_width == sheet.card_width


@pytest.mark.parametrize("size", SIZES)
def test_the_cards_fill_a_row_of_the_contact_sheet(window: MainWindow, fill: Fill, qtbot: QtBot, size: tuple[int, int]) -> None:
    fill(OFFICIAL)
    show_page(window, "Contact sheet", size, qtbot)
    sheet, cards = window.area.sheet, window.area.sheet.itemDelegate()
    assert isinstance(cards, CardDelegate)
    end = cards.columns * (cards.size.width() + 8) - 8
    bar = sheet.verticalScrollBar().sizeHint().width()
    assert 0 <= sheet.maximumViewportSize().width() - bar - end < cards.columns
    sheet.executeDelayedItemsLayout()
    assert sheet.visualRect(sheet.model().index(cards.columns - 1, 0)).top() == sheet.visualRect(sheet.model().index(0, 0)).top()
