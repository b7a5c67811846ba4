import csv
from pathlib import Path

import pytest

from breakhis_desktop.domain.review import Review, ReviewAction, withdraw
from breakhis_desktop.domain.taxonomy import SUBTYPE_BY_CODE, Decision
from breakhis_desktop.errors import StoreError
from breakhis_desktop.pipeline.export_run import Export, ExportFormat, export_run
from breakhis_desktop.pipeline.reviews import find_reviews, write_review
from breakhis_desktop.store.store import Store
from tests.factories.runs import FILES, done, run_info

MADE = "2026-11-26T10:14:00+01:00"
OVERRIDE = Review(ReviewAction.OVERRIDDEN, Decision.BENIGN, SUBTYPE_BY_CODE["F"], "Regular ducts.", "M. Silva", MADE)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    with Store(tmp_path / "store.sqlite") as store:
        store.run(store.begin_run(run_info(), FILES)).write([done(0), done(1)])
    return tmp_path / "store.sqlite"


def test_a_written_review_is_found_and_the_whole_history_is_returned(file: Path) -> None:
    assert write_review(file, 1, 0, OVERRIDE) == [OVERRIDE]
    back = withdraw("A. Kaya", MADE)
    assert write_review(file, 1, 0, back) == [OVERRIDE, back]
    assert find_reviews(file, 1) == {0: [OVERRIDE, back]}


def test_an_export_contains_the_last_review(file: Path, tmp_path: Path) -> None:
    write_review(file, 1, 1, OVERRIDE)
    export_run(file, 1, [Export(ExportFormat.CSV, tmp_path / "out.csv")])
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as table:
        first, second = csv.DictReader(table)
    assert (first["review_action"], first["reviewed_decision"]) == ("", "")
    assert (second["decision"], second["reviewed_decision"], second["reviewed_subtype"]) == ("malignant", "benign", "F")
    assert (second["reviewer"], second["reviewed_at"], second["review_note"]) == ("M. Silva", MADE, "Regular ducts.")


def test_a_review_that_cannot_be_stored_is_reported(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="Check that its folder exists"):
        write_review(tmp_path / "absent" / "store.sqlite", 1, 0, OVERRIDE)
