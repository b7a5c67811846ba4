"""Measures how quickly the results table responds to a user: `python -m tests.benchmarks.results_table [IMAGES]`.

For each action, the benchmark prints the wall-clock time and the processor time, in milliseconds, from the call until the window has been
redrawn. Most actions are tried three times, and the best try counts. Other programs do not lengthen the processor time.
"""

import argparse
import os
import resource
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from breakhis_desktop.assets import sample_images
from breakhis_desktop.domain.decision import OperatingPoint, Prediction
from breakhis_desktop.domain.records import ImageRecord, Status
from breakhis_desktop.domain.taxonomy import MAGNIFICATIONS, SUBTYPES, Decision
from breakhis_desktop.imaging.decode import decode
from breakhis_desktop.imaging.prepare import thumbnail
from breakhis_desktop.ui.look.theme import Theme
from breakhis_desktop.ui.look.view_switch import ViewSwitch
from breakhis_desktop.ui.results.operating_point_line import OperatingPointLine
from breakhis_desktop.ui.results.results_area import ResultsArea
from breakhis_desktop.ui.state.result_columns import COLUMNS
from breakhis_desktop.ui.state.result_filter import Lane, ResultFilter
from breakhis_desktop.ui.state.results import ResultsModel
from tests.factories import said
from tests.factories.runs import run_info

TRIES = 3
CHUNK = 32
UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


def main() -> None:
    """Fill a table, and print how long each action takes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("images", nargs="?", type=int, default=100_000)
    count = parser.parse_args().images
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication([])
    before = _megabytes()
    records, thumbnails = make_records(count), make_thumbnails(count)
    made = _megabytes()
    model, views = ResultsModel(), ViewSwitch(QWidget())
    area = ResultsArea(model, views, Theme(application), OperatingPointLine(), QWidget())
    area.table.thumbnails.wanted.connect(
        lambda positions: area.table.thumbnails.take({position: QImage.fromData(thumbnails[position % count]) for position in positions})
    )
    area.resize(888, 760)
    area.show()
    _Clock(application).say(f"show {count:,} rows", lambda: model.show(records, run_info()), tries=1)
    for title, button in views.buttons.items():
        print(title)
        button.click()
        _measure(_Clock(application), model, area)
    application.clipboard().clear()  # Qt's offscreen clipboard must be empty when Python ends
    print(f"memory: {made - before:,.0f} MiB for the records, {_megabytes() - made:,.0f} MiB for the views of them")


def make_records(count: int) -> list[ImageRecord]:
    """Return records of images with official names and random patients; every fiftieth image has failed."""
    random = np.random.default_rng(0)
    return [_record(position, random) for position in range(count)]


def make_thumbnails(count: int) -> dict[int, bytes]:
    """Return a thumbnail for each position; the sample images repeat."""
    copies = [thumbnail(decode(file.read_bytes())) for file in sorted(sample_images().glob("*.png"))]
    return {position: copies[position % len(copies)] for position in range(count)}


def _record(position: int, random: np.random.Generator) -> ImageRecord:
    subtype = SUBTYPES[random.integers(8)]
    letter = "M" if subtype.decision is Decision.MALIGNANT else "B"
    patient, size = random.integers(2000), MAGNIFICATIONS[random.integers(4)]
    path = Path(f"/images/{position % 97}/SOB_{letter}_{subtype.code}-14-{patient}-{size}-{position % 1000:03}.png")
    if position % 50 == 0:
        return ImageRecord(position, path, Status.FAILED, said("It could not be decoded. Save it again."))
    shares = tuple(random.dirichlet(np.ones(8)).tolist())
    return ImageRecord(position, path, Status.DONE, None, "ab" * 32, (700, 460), Prediction(float(random.beta(0.5, 0.5)), shares))


class _Clock:
    def __init__(self, application: QApplication) -> None:
        self._application = application

    def say(self, what: str, action: Callable[[], object], *undo: Callable[[], object], tries: int = TRIES) -> None:
        seconds, own = [], []
        for _ in range(tries):
            started, worked = time.perf_counter(), time.process_time()
            action()
            self._application.processEvents()
            seconds.append(time.perf_counter() - started)
            own.append(time.process_time() - worked)
            for step in undo:
                step()
                self._application.processEvents()
        print(f"  {what:44} {1000 * min(seconds):7.0f} {1000 * min(own):7.0f}")


def _measure(clock: _Clock, model: ResultsModel, area: ResultsArea) -> None:
    _measure_sorting(clock, area)
    search, table, view = area.filter.search, area.table, area.table if area.table.isVisible() else area.sheet
    for text in ("1", "14-1", "papillary", "dc-14 400"):
        clock.say(f"search {text!r}, the last key", partial(search.setText, text), partial(search.setText, text[:-1]))
    search.clear()
    clock.say("clear a search for nothing", search.clear, lambda: search.setText("no such file"))
    search.clear()
    for wanted in (ResultFilter(lane=Lane.MALIGNANT), ResultFilter(subtypes=frozenset(SUBTYPES[:3]), magnifications=frozenset({40}))):
        clock.say("filter", partial(model.set_filter, wanted), area.filter.clear_all)
    point = OperatingPoint("chosen", 0.3)
    clock.say("move the operating point", lambda: model.set_point(point), lambda: model.set_point(replace(point, threshold=0.5)))
    start = len(model.rows)
    more = iter([replace(record, position=start + record.position) for record in make_records(TRIES * CHUNK)])
    clock.say(f"{CHUNK} more images", lambda: model.add([next(more) for _ in range(CHUNK)]))
    clock.say("select all", table.selectAll, table.clearSelection)
    table.selectAll()
    clock.say(
        "sort with all selected",
        partial(table.sortByColumn, 0, UP),
        lambda: table.sortByColumn(3, DOWN),
    )
    clock.say("copy all", table.copy_selected, tries=1)
    model.set_filter(ResultFilter(lane=Lane.MALIGNANT))
    table.selectAll()
    clock.say("all, with the malignant ones selected", area.filter.clear_all, tries=1)
    clock.say("sort with half selected", partial(table.sortByColumn, 0, UP), tries=1)
    table.sortByColumn(3, DOWN)
    table.clearSelection()
    bar = view.verticalScrollBar()
    clock.say("scroll by a screen", lambda: bar.setValue(bar.value() + bar.pageStep()))
    clock.say("scroll to the end", lambda: bar.setValue(bar.maximum()), lambda: bar.setValue(0))


def _measure_sorting(clock: _Clock, area: ResultsArea) -> None:
    for number, column in enumerate(COLUMNS):
        clock.say(f"sort by {column.name}, upwards", partial(area.table.sortByColumn, number, UP), tries=1)
        clock.say(
            f"sort by {column.name}, downwards",
            partial(area.table.sortByColumn, number, DOWN),
            partial(area.table.sortByColumn, number, UP),
        )


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
