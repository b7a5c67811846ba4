"""Odd values that another program wrote into a store are reported as such, and never make this program fail."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from breakhis_desktop.domain.queued_job import QueuedJob
from breakhis_desktop.domain.records import ImageRecord, Status
from breakhis_desktop.domain.review import Review, ReviewAction
from breakhis_desktop.domain.taxonomy import Decision
from breakhis_desktop.errors import DamagedStoreError, StoreError
from breakhis_desktop.pipeline.interrupted import interrupted_runs
from breakhis_desktop.pipeline.keep_queue import load_results, restored_jobs
from breakhis_desktop.store import origin
from breakhis_desktop.store.earlier import EarlierResults
from breakhis_desktop.store.queue import load_queue
from breakhis_desktop.store.recovery import set_aside_if_damaged
from breakhis_desktop.store.schema import MIGRATIONS
from breakhis_desktop.store.store import Store
from breakhis_desktop.wording.message import Message
from breakhis_desktop.wording.stores import StoreCode
from breakhis_desktop.wording.texts import TextCode
from tests.factories import said
from tests.factories.runs import FILES, done, run_info

DEEP = "'" + "[" * 5000 + "'"
ROOTS = ("'x'", "'[]'", "'{}'", "'[1]'", "'\"abc\"'", "'[\"a\\u0000\"]'", "'[\"\\ud800\"]'", DEEP, "x'00ff'", "''", "'null'")
POINTS = (
    *("'x'", "'[]'", "'{}'", DEEP, "x'00ff'", "'null'"),
    *("json_set(operating_point, '$.threshold', 'x')", "json_set(operating_point, '$.threshold', 1.5)"),
    *("json_remove(operating_point, '$.name')", "json_set(operating_point, '$.name', 3)"),
    *("json_set(operating_point, '$.sensitivity.value', 'x')", "json_set(operating_point, '$.sensitivity', 'x')"),
    *("json_set(operating_point, '$.sensitivity.more', 1)", "replace(operating_point, '0.5', 'NaN')"),
)
MOMENTS = (
    *("'x'", "''", "'2026-01-01'", "'2026-01-01T10:05:00'", "'0001-01-01T00:00:00+14:00'", "'9999-12-31T23:59:00-14:00'"),
    *("'1000-06-01T00:00:00+00:00'", "'9999-06-01T00:00:00+00:00'", "'2026-13-01T00:00:00+00:00'"),
)
RUNS = [
    *(("roots", value) for value in ROOTS),
    *(("operating_point", value) for value in POINTS),
    *(("file_hashes", value) for value in ("'x'", "'[]'", "'{\"a\": 1}'", DEEP)),
    *(("root_inodes", value) for value in ("'x'", "'7'", "'[\"a\"]'", "'[1e999]'")),
    *(("review_margin", value) for value in ("'x'", "1e999", "x'00'")),
    *(("review_found_at", value) for value in ("'x'", "1e999", "-0.1", "1.5", "x'00'")),
    *(("gate", "'x'"), ("started", "x'00'"), ("model_name", "x'00'"), ("identity_rule", "x'00'")),
    *(("started", value) for value in MOMENTS),
    ("identity_rule", "'csv:a' || char(0) || 'b'"),
]
IMAGES = [
    *(("status", value) for value in ("'zz'", "''", "x'00'", "'DONE'")),
    *(("reason", "x'00'"), ("sha256", "x'00'"), ("gate_override", "x'00'"), ("engine", "x'00'")),
    *(("path", "'text'"), ("path", "x'6100'"), ("patient_id", "x'00'"), ("magnification", "'x'"), ("magnification", "4.5")),
    *(("width", "'x'"), ("width", "0"), ("width", "-7"), ("height", "NULL"), ("height", "x'00'")),
    *(("sha256", value) for value in ("'<b>'", "'=1+1'", "'" + "A" * 64 + "'", "'" + "a" * 65 + "'")),
    *(("magnification", value) for value in ("-1", f"{2**31}", f"{2**63 - 1}")),
    *(("width", f"{2**31}"), ("height", "0"), ("height", f"{2**31}"), ("tiles", "0"), ("tiles", f"{2**31}")),
    *(("position", value) for value in ("-5", f"{2**31}", f"{2**63 - 1}")),
    *(("distance", "'x'"), ("tiles", "'x'"), ("tiles", "1.5"), ("reused_from", "'x'")),
    *(("doubts", value) for value in ("'x'", "'{}'", "'[1]'", "'\"abc\"'", DEEP, "x'00ff'", "'null'")),
    *(("p_malignant", value) for value in ("NULL", "'x'", "7", "-1", "1e999", "x'00'")),
    *(("p_PC", value) for value in ("NULL", "'x'", "7", "-1e-3", "-1e999")),
]
REVIEWS = [
    *(("action", value) for value in ("'zz'", "''", "x'00'", "'withdrawn'", "'overridden'")),
    *(("decision", value) for value in ("'zz'", "NULL", "x'00'")),
    *(("subtype", value) for value in ("'zz'", "'DC'", "x'00'")),
    *(("made", value) for value in MOMENTS),
    *(("reviewer", "''"), ("reviewer", "x'00'"), ("reason", "x'00'"), ("made", "x'00'"), ("position", "'x'")),
]
JOBS = [
    *(("roots", value) for value in ROOTS),
    *(
        ("title", "x'00'"),
        ("gate", "'x'"),
        ("identity_rule", "x'00'"),
        ("identity_rule", "'csv:a' || char(0)"),
        ("stage", "x'00'"),
        ("run_id", "'x'"),
    ),
    *(("id", value) for value in (f"{2**31}", f"{2**40}", "-1")),
]
MAPS = [
    *(("height", value) for value in ("'x'", "0", "-1", "8", "1e999", f"{2**62}")),
    *(("maps", f"CAST(x'{half}' || substr(maps, 3) AS BLOB)") for half in ("007e", "007c", "00fc")),
    *(("width", "x'00'"), ("maps", "'x'"), ("maps", "x'00'"), ("maps", "zeroblob(0)")),
]
NOT_CHECKED = {
    *(("run", "id"), ("image", "run_id"), ("review", "id"), ("review", "run_id"), ("job", "place")),
    *((table, column) for table in ("thumbnail", "heat_map") for column in ("run_id", "position")),
    *(("image", column) for column in ("analysed_magnification", "kept_status", "kept_reason")),
}
"""The columns that are only used to select or sort rows, or are read in place of a column that is checked."""
READERS: dict[str, Callable[[Store], object]] = {
    "run": Store.unfinished_runs,
    "image": lambda store: store.run(1).records(),
    "review": lambda store: store.run(1).reviews(),
    "job": lambda store: load_queue(store.file),
    "heat_map": lambda store: store.run(1).heat_maps(0),
    "thumbnail": lambda store: store.run(1).thumbnail(0),
}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store with a job and its run; one of its three images is done and reviewed."""
    file = tmp_path_factory.mktemp("sound") / "store.sqlite"
    with Store(file) as store:
        run_id = store.begin_run(run_info(), FILES, job=QueuedJob(1, run_info().inputs))
        store.run(run_id).write(
            [done(0), ImageRecord(1, FILES[1], Status.FAILED, said("gone"))], {0: b"jpeg"}, {0: np.ones((2, 7, 7), np.float32)}
        )
        store.run(run_id).add_review(0, Review(ReviewAction.ACCEPTED, Decision.BENIGN, None, "", "A. Kaya", "2026-01-01T10:05:00+01:00"))
    return file


@pytest.fixture
def file(sound: Path, tmp_path: Path) -> Path:
    """Return a copy of the store that a test may change."""
    return Path(shutil.copy(sound, tmp_path))


def change(file: Path, statement: str) -> None:
    """Change a store as another program would."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute(statement)


def put(file: Path, table: str, column: str, value: str, position: int = 0) -> None:
    """Set a value in a table's rows; in the image table, only in the rows of the image at `position`."""
    where = f"WHERE position = {position}" if table == "image" else ""
    change(file, f"UPDATE {table} SET {column} = {value} {where}")  # noqa: S608 (built from constants of this file)


def assert_reported(file: Path, read: Callable[[Store], object], what: str) -> None:
    """Check that reading reports the odd value, and that the store is neither reported as damaged nor set aside."""
    with Store(file) as store, pytest.raises(StoreError, match=rf"was changed by another program: {what}.*\. Use an earlier copy") as error:
        read(store)
    assert not isinstance(error.value, DamagedStoreError)
    assert set_aside_if_damaged(file) is None


@pytest.mark.parametrize(("column", "value"), RUNS)
def test_a_run_that_makes_no_sense_is_reported(file: Path, column: str, value: str) -> None:
    put(file, "run", column, value)
    assert_reported(file, lambda store: store.run(1).info(), "run")
    assert_reported(file, lambda store: store.unfinished_runs(), "run")
    with pytest.raises(StoreError, match="was changed by another program"):
        restored_jobs(file)


@pytest.mark.parametrize("year", [1001, 9998])
def test_a_run_is_read_if_the_year_of_its_start_has_four_digits_in_every_time_zone(file: Path, year: int) -> None:
    put(file, "run", "started", f"'{year}-06-01T00:00:00+00:00'")
    with Store(file) as store:
        assert store.run(1).info().started.startswith(str(year))


@pytest.mark.parametrize("number", [2**31, 2**40, -1])
def test_a_run_number_that_makes_no_sense_is_reported(file: Path, number: int) -> None:
    put(file, "run", "id", str(number))
    change(file, f"UPDATE image SET run_id = {number}")  # noqa: S608 (built from constants of this file)
    assert_reported(file, lambda store: store.unfinished_runs(), "run")


@pytest.mark.parametrize(("column", "value"), IMAGES)
def test_an_image_that_makes_no_sense_is_reported(file: Path, column: str, value: str) -> None:
    put(file, "image", column, value, 0)
    assert_reported(file, lambda store: store.run(1).records(), "image")
    with pytest.raises(StoreError, match="was changed by another program"):
        load_results(file, 1)


def read_columns() -> list[tuple[str, str]]:
    """Return the columns whose values the program reads, with their tables."""
    with closing(sqlite3.connect(":memory:")) as known:
        known.executescript("".join(MIGRATIONS))
        return sorted(origin._columns(known) - NOT_CHECKED)


@pytest.mark.parametrize(("table", "column"), read_columns())
def test_the_error_names_the_table_and_column_that_another_program_changed(file: Path, table: str, column: str) -> None:
    change(file, "DROP TRIGGER review_is_never_changed")
    if table == "job":  # its column `id` accepts only integers unless another program recreates the table
        change(file, "CREATE TABLE other AS SELECT * FROM job")
        change(file, "DROP TABLE job")
        change(file, "ALTER TABLE other RENAME TO job")
    put(file, table, column, "'text'" if column in {"path", "maps", "jpeg"} else "x'00'")
    assert_reported(file, READERS[table], rf"{table}\.{column}\b")


@pytest.mark.parametrize("column", ["position", "path", "patient_id", "magnification"])
def test_the_error_names_the_column_of_a_pending_image_too(file: Path, column: str) -> None:
    put(file, "image", column, "'text'" if column == "path" else "x'00'", 2)
    assert_reported(file, lambda store: store.run(1).to_go(), rf"image\.{column}\b")


@pytest.mark.parametrize("column", ["p_malignant", "p_PC"])
@pytest.mark.parametrize("value", ["7", "1.5", "-0.5"])
def test_a_number_that_is_not_a_probability_is_reported(file: Path, column: str, value: str) -> None:
    put(file, "image", column, value)
    assert_reported(file, lambda store: store.run(1).records(), r"image\.p_")


@pytest.mark.parametrize(("column", "value"), [("path", "'text'"), ("path", "x'6100'"), ("patient_id", "x'00'"), ("magnification", "'x'")])
def test_a_pending_image_that_makes_no_sense_is_reported(file: Path, column: str, value: str) -> None:
    put(file, "image", column, value, 2)
    assert_reported(file, lambda store: store.run(1).to_go(), "image")


@pytest.mark.parametrize(("column", "value"), REVIEWS)
def test_a_review_that_makes_no_sense_is_reported(file: Path, column: str, value: str) -> None:
    change(file, "DROP TRIGGER review_is_never_changed")
    put(file, "review", column, value)
    assert_reported(file, lambda store: store.run(1).reviews(), "review")


@pytest.mark.parametrize(("column", "value"), JOBS)
def test_a_job_that_makes_no_sense_is_reported_and_no_job_or_run_is_offered(file: Path, column: str, value: str) -> None:
    put(file, "job", column, value)
    assert_reported(file, lambda _: restored_jobs(file), "job")
    assert_reported(file, lambda _: list(interrupted_runs(file)), "job")


@pytest.mark.parametrize(("column", "value"), MAPS)
def test_heat_maps_that_make_no_sense_are_reported(file: Path, column: str, value: str) -> None:
    put(file, "heat_map", column, value)
    assert_reported(file, lambda store: store.run(1).heat_maps(0), "heat_map")


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [("image", "p_malignant", "NULL"), ("image", "doubts", "'x'"), ("heat_map", "height", "-1"), ("thumbnail", "jpeg", "'x'")],
)
def test_an_earlier_result_that_makes_no_sense_is_not_reused_and_raises_no_error(file: Path, table: str, column: str, value: str) -> None:
    with closing(EarlierResults(file, replace(run_info(), run_id=2), "ONNX Runtime")) as earlier:
        assert earlier.find("ab" * 32, None) is not None
        put(file, table, column, value)
        assert earlier.find("ab" * 32, None) is None


def test_a_missing_table_of_earlier_results_is_reported_with_its_store(file: Path) -> None:
    with closing(EarlierResults(file, replace(run_info(), run_id=2), "ONNX Runtime")) as earlier:
        change(file, "DROP TABLE heat_map")
        with pytest.raises(StoreError, match=str(file)):
            earlier.find("ab" * 32, None)


def test_a_thumbnail_that_makes_no_sense_is_reported(file: Path) -> None:
    put(file, "thumbnail", "jpeg", "'x'")
    assert_reported(file, lambda store: store.run(1).thumbnail(0), "thumbnail")


def test_an_unknown_status_is_reported_and_not_silently_left_out_of_the_ledger(file: Path) -> None:
    change(file, "UPDATE image SET status = 'zz' WHERE position = 1")
    assert_reported(file, lambda store: store.run(1).ledger(), "image.status")


def test_a_missing_run_is_reported(file: Path) -> None:
    change(file, "DELETE FROM run")
    assert_reported(file, lambda store: store.run(1).info(), "run 1 is missing")
    with pytest.raises(StoreError, match="was changed by another program") as error:
        restored_jobs(file)
    missing = Message.of(StoreCode.STORE_RUN_MISSING, run=1)
    assert error.value.message == Message.of(StoreCode.STORE_ODD, file=file, what=missing)


def test_a_row_of_a_missing_run_is_reported_but_not_as_damage(file: Path) -> None:
    review = Review(ReviewAction.ACCEPTED, Decision.BENIGN, None, "", "A. Kaya", "2026-01-01T10:05:00+01:00")
    assert_reported(file, lambda store: store.run(7).add_review(0, review), "it holds a row that refers to a missing row")
    assert_reported(file, lambda store: store.run(7).write([], {0: b"jpeg"}), "it holds a row that refers to a missing row")


def test_text_that_is_not_utf_8_is_reported(file: Path) -> None:
    change(file, "UPDATE run SET model_name = CAST(x'ff' AS TEXT)")
    assert_reported(file, lambda store: store.run(1).info(), "it holds a text that is not valid")


def test_a_lost_thumbnail_is_reported_when_it_is_read_and_the_tables_stay_usable(file: Path) -> None:
    with Store(file) as store:
        store.run(1).write([], {0: b"J" * 100_000})
    content = file.read_bytes()
    with file.open("r+b") as stream:
        for page in range(4096, len(content), 4096):
            if content[page + 100 : page + 4000] == b"J" * 3900:
                stream.seek(page)
                stream.write(b"\xff" * 4096)
    assert set_aside_if_damaged(file) is None
    with Store(file) as store:
        assert len(store.run(1).records()) == 2
        with pytest.raises(DamagedStoreError, match=r"is damaged .* Move it away"):
            store.run(1).thumbnail(0)


def test_evidence_that_an_earlier_version_stored_as_text_is_kept_as_it_is(file: Path) -> None:
    put(file, "run", "operating_point", "json_set(operating_point, '$.evidence', 'on unseen patients')")
    with Store(file) as store:
        assert store.run(1).info().point.evidence == Message.of(TextCode.TEXT, text="on unseen patients")


ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i"
PARTS = {
    "a view in the place of a table": ("thumbnail", "DROP TABLE thumbnail", f"CREATE VIEW thumbnail AS {ENDLESS} AS position FROM n"),
    "a virtual table in the place of a table": (
        "thumbnail",
        "DROP TABLE thumbnail",
        "CREATE VIRTUAL TABLE thumbnail USING fts5(position, jpeg)",
    ),
    "a table that is missing": ("heat_map", "DROP TABLE heat_map"),
    "a trigger": ("image", f"CREATE TRIGGER t AFTER UPDATE ON image BEGIN DELETE FROM job WHERE id = ({ENDLESS} FROM n); END"),  # noqa: S608 (built from constants of this file)
    "a trigger with the name of one of the program's own": (
        "review",
        "DROP TRIGGER review_is_never_changed",
        "CREATE TRIGGER review_is_never_changed AFTER INSERT ON review BEGIN DELETE FROM job; END",
    ),
}


@pytest.mark.parametrize("name", PARTS)
def test_a_store_with_foreign_or_missing_parts_is_refused_before_any_part_is_read(file: Path, name: str) -> None:
    what, *statements = PARTS[name]
    for statement in statements:
        change(file, statement)
    with pytest.raises(StoreError, match=f"was changed by another program: {what} is not valid"):
        Store(file)
    assert set_aside_if_damaged(file) is None


def test_tables_and_views_that_the_user_has_added_do_no_harm(file: Path) -> None:
    change(file, "CREATE TABLE note (text)")
    change(file, f"CREATE VIEW endless AS {ENDLESS} FROM n")
    change(file, "CREATE TRIGGER mine AFTER INSERT ON note BEGIN DELETE FROM note; END")
    with Store(file) as store:
        assert len(store.run(1).records()) == 2


def test_heat_map_values_beyond_half_precision_are_clipped_to_its_largest_number(file: Path) -> None:
    with Store(file) as store:
        store.run(1).write([], heat_maps={0: np.full((2, 7, 7), 1e9, np.float32)})
        maps = store.run(1).heat_maps(0)
    assert maps is not None
    assert set(maps.flat) == {65504.0}


@pytest.mark.parametrize("odd", [{"model_name": "a\ud800"}, {"gate_version": 2**70}])
def test_a_value_that_sqlite_cannot_hold_is_reported_and_nothing_is_written(file: Path, odd: dict[str, Any]) -> None:
    with Store(file) as store:
        with pytest.raises(StoreError, match=r"cannot hold a text or number .* Use ordinary characters and try again\."):
            store.begin_run(replace(run_info(), **odd), FILES)
        assert store.counts()["runs"] == 1


@pytest.mark.parametrize("version", [-1, -(2**31)])
def test_a_negative_version_is_reported_and_no_migration_step_is_taken(file: Path, version: int) -> None:
    change(file, f"PRAGMA user_version = {version}")
    with pytest.raises(StoreError, match="was changed by another program: user_version is not valid"):
        Store(file)
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (version,)


def test_the_check_for_damage_finds_damage_beyond_the_first_page(file: Path) -> None:
    with Store(file) as store:
        files = [Path(f"/images/{number}.png") for number in range(2000)]
        store.begin_run(run_info(), files)
    content = file.read_bytes()
    with file.open("r+b") as stream:
        for page in range(4096 * 20, len(content), 4096 * 5):
            stream.seek(page)
            stream.write(b"\xa5" * 4096)
    aside = set_aside_if_damaged(file)
    assert aside is not None
    assert not file.exists()
