"""A run's patients and magnifications are read again by another rule; only images that a new magnification affects are analysed again."""

import threading
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from breakhis_desktop.domain.identity import Identity
from breakhis_desktop.domain.records import ImageRecord, Ledger, Status
from breakhis_desktop.domain.review import Review, ReviewAction
from breakhis_desktop.domain.taxonomy import Decision
from breakhis_desktop.errors import UserError
from breakhis_desktop.pipeline.analyse import CHUNK, Request, analyse
from breakhis_desktop.pipeline.events import ImagesEnded, RunEnded, RunStarted
from breakhis_desktop.pipeline.interrupted import give_up
from breakhis_desktop.pipeline.reread_identities import Changed, Reread, check_magnifications, keep_identities, reread_identities
from breakhis_desktop.store.store import Store
from tests.conftest import FakeClassifier, small_field

POINT = FakeClassifier.card.points["default"]
REVIEW = Review(ReviewAction.ACCEPTED, Decision.BENIGN, None, "", "M. Silva", "2026-11-26T10:14:00+01:00")


def wards(tmp_path: Path, images: int) -> Path:
    """Return a folder with the folders of two patients; the names of their images state the magnification."""
    folder = tmp_path / "ward"
    for number in range(images):
        file = folder / f"Case {3 + 9 * (number % 2)}" / f"field {number} 100x.bmp"
        file.parent.mkdir(parents=True, exist_ok=True)
        small_field(number).save(file)
    return folder


def run(store: Store, request: Request) -> None:
    for _ in analyse(request, FakeClassifier(), store, threading.Event()):
        pass


def read_by(store: Store, rule: str) -> Reread:
    """Read the patients and magnifications of the first run by another rule, and store them."""
    found = reread_identities(store.file, 1, rule)
    keep_identities(store.file, 1, found)
    return found


def read(records: list[ImageRecord]) -> set[tuple[str, int | None]]:
    return {(record.patient_id, record.magnification) for record in records}


def test_the_patients_of_a_finished_run_are_read_by_another_rule_and_its_results_and_reviews_stay(store: Store, tmp_path: Path) -> None:
    run(store, Request((wards(tmp_path, 3),), POINT))
    before = store.run(1).records()
    store.run(1).add_review(0, REVIEW)
    found = read_by(store, "folder,magnification")
    assert (found.rule, found.identities[2]) == ("folder,magnification", Identity("Case 12", 100))
    after = store.run(1).records()
    assert read(before) == {("", None)}
    assert read(after) == {("Case 3", 100), ("Case 12", 100)}
    assert [replace(record, identity=Identity()) for record in after] == before
    assert store.run(1).info().identity_rule == "folder,magnification"
    assert store.run(1).reviews() == {0: [REVIEW]}


def test_an_unusable_rule_changes_nothing(store: Store, tmp_path: Path) -> None:
    run(store, Request((wards(tmp_path, 2),), POINT, identity_rule="folder"))
    with pytest.raises(UserError, match="The pattern is empty"):
        reread_identities(store.file, 1, "pattern:")
    assert read(store.run(1).records()) == {("Case 3", None), ("Case 12", None)}
    assert store.run(1).info().identity_rule == "folder"


def test_a_run_in_progress_continues_with_the_new_rule(store: Store, tmp_path: Path) -> None:
    chosen: dict[int, Identity] = {}
    reported: list[ImageRecord] = []
    request = Request((wards(tmp_path, 4 * CHUNK),), POINT)
    for event in analyse(request, FakeClassifier(), store, threading.Event(), identities=chosen):
        if isinstance(event, RunStarted):
            chosen.update(read_by(store, "folder").identities)
        if isinstance(event, ImagesEnded):
            reported += event.records
    assert read(store.run(1).records()) == read(reported) == {("Case 3", None), ("Case 12", None)}


def test_a_resumed_run_continues_with_the_new_rule(store: Store, tmp_path: Path) -> None:
    request = Request((wards(tmp_path, 2),), POINT)
    events = analyse(request, FakeClassifier(), store, threading.Event())
    next(events)
    events.close()
    read_by(store, "folder")
    run(store, replace(request, run_id=1))
    assert read(store.run(1).records()) == {("Case 3", None), ("Case 12", None)}


def test_results_found_at_another_magnification_are_not_reused(store: Store, tmp_path: Path) -> None:
    request = Request((wards(tmp_path, 2),), POINT, reuse=True)
    run(store, request)
    read_by(store, "magnification")
    run(store, replace(request, identity_rule="magnification"))
    assert {record.reused_from for record in store.run(2).records()} == {None}
    run(store, replace(request, identity_rule="folder,magnification"))
    assert {record.reused_from for record in store.run(3).records()} == {2}


def declared(tmp_path: Path, large: int, small: int) -> str:
    """Write a table that declares the magnifications of a large and a small field, and return the rule that reads it."""
    table = tmp_path / f"{large} {small}.csv"
    table.write_text(f"file,magnification\nlarge.png,{large}\nsmall.png,{small}\n", encoding="utf-8")
    return f"csv:{table}"


def test_images_whose_outcome_depends_on_the_magnification_are_queued_for_a_new_analysis(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "fields"
    folder.mkdir()
    small_field(0).resize((2100, 1380)).save(folder / "large.png")
    small_field(1).save(folder / "small.png")
    request, card = Request((folder,), POINT), FakeClassifier.card
    run(store, request)
    store.run(1).add_review(0, REVIEW)
    for rule, again in (
        (declared(tmp_path, 40, 40), {0: Status.DONE}),  # the large field is now cut into tiles; the small one is analysed as before
        (declared(tmp_path, 200, 10), {1: Status.DONE}),  # the large field has the same tiles; the models do not know 10x
        ("official", {0: Status.DONE, 1: Status.REFUSED}),
    ):
        found = reread_identities(store.file, 1, rule)
        assert keep_identities(store.file, 1, found, card) == Changed(again)
        assert {image.position for image in store.run(1).to_go()} == set(again)
        run(store, replace(request, run_id=1))
        assert not store.run(1).to_go()
        assert [record.magnification for record in store.run(1).records()] == [found.identities[place].magnification for place in (0, 1)]
        assert keep_identities(store.file, 1, found, card) == Changed(), "no image is queued again and again"
    assert [record.tiles for record in store.run(1).records()] == [1, 1]
    assert store.run(1).reviews() == {0: [REVIEW]}


def test_images_analysed_by_other_models_are_left_as_they_are(store: Store, tmp_path: Path) -> None:
    folder = wards(tmp_path, 1)
    run(store, Request((folder,), POINT))
    table = tmp_path / "table.csv"
    table.write_text("file,magnification\nfield 0 100x.bmp,10\n", encoding="utf-8")
    found = reread_identities(store.file, 1, f"csv:{table}")
    assert keep_identities(store.file, 1, found, replace(FakeClassifier.card, input_size=(96, 96))) == Changed()
    assert check_magnifications(store.file, 1, replace(FakeClassifier.card, input_size=(96, 96))) == {}
    assert keep_identities(store.file, 1, found, None) == Changed()
    assert keep_identities(store.file, 1, found, FakeClassifier.card) == Changed({0: Status.DONE})


def test_an_image_that_could_not_be_read_is_not_queued_again_for_its_magnification(store: Store, tmp_path: Path) -> None:
    folder = wards(tmp_path, 1)
    (folder / "Case 3" / "field 1 100x.bmp").write_bytes(b"letters" * 100)
    run(store, Request((folder,), POINT))
    table = tmp_path / "table.csv"
    table.write_text("file,magnification\nfield 0 100x.bmp,10\nfield 1 100x.bmp,10\n", encoding="utf-8")
    found = reread_identities(store.file, 1, f"csv:{table}")
    assert keep_identities(store.file, 1, found, FakeClassifier.card) == Changed({0: Status.DONE})
    assert [record.status for record in store.run(1).records()] == [Status.FAILED]


@pytest.fixture
def at_ten(store: Store, tmp_path: Path) -> tuple[Request, Reread]:
    """Finish a run of two images; return its request, and a rereading that gives the first image a magnification unknown to the models."""
    request = Request((wards(tmp_path, 2),), POINT)
    run(store, request)
    table = tmp_path / "table.csv"
    table.write_text("file,magnification\nfield 0 100x.bmp,10\n", encoding="utf-8")
    return request, reread_identities(store.file, 1, f"csv:{table}")


def test_returning_to_the_former_rule_restores_the_results_found_under_it(store: Store, at_ten: tuple[Request, Reread]) -> None:
    before, card = store.run(1).records(), FakeClassifier.card
    keep_identities(store.file, 1, at_ten[1], card)
    assert len(store.run(1).records()) == 1
    changed = keep_identities(store.file, 1, reread_identities(store.file, 1, "official"), card)
    (position,) = (record.position for record in before if "field 0" in record.path.name)
    assert changed == Changed(back=(before[position],))
    assert store.run(1).records() == before


def test_cancelling_a_run_keeps_the_results_of_images_that_were_queued_for_a_new_analysis(
    store: Store, at_ten: tuple[Request, Reread]
) -> None:
    request, found = at_ten
    for end in (partial(give_up, store.file, 1), partial(cancelled, store, replace(request, run_id=1))):
        keep_identities(store.file, 1, found, FakeClassifier.card)
        assert store.run(1).ledger() == Ledger(2, done=1)
        end()
        assert store.run(1).ledger() == Ledger(2, done=2)
        assert all(record.prediction for record in store.run(1).records())


def cancelled(store: Store, request: Request) -> None:
    """Resume a run and cancel it at once."""
    cancel = threading.Event()
    cancel.set()
    *_, ended = analyse(request, FakeClassifier(), store, cancel)
    assert ended == RunEnded(Ledger(2, done=2))


def test_a_resumed_run_analyses_again_the_images_that_a_new_magnification_affects(store: Store, at_ten: tuple[Request, Reread]) -> None:
    request, found = at_ten
    keep_identities(store.file, 1, found, None)
    assert store.run(1).ledger() == Ledger(2, done=2)
    run(store, replace(request, run_id=1))
    assert store.run(1).ledger() == Ledger(2, done=1, refused=1)
    assert check_magnifications(store.file, 1, FakeClassifier.card) == {}


def test_images_that_a_new_magnification_affects_are_found_by_a_later_check_too(store: Store, at_ten: tuple[Request, Reread]) -> None:
    keep_identities(store.file, 1, at_ten[1], None)
    assert list(check_magnifications(store.file, 1, FakeClassifier.card).values()) == [Status.DONE]
    assert store.run(1).ledger() == Ledger(2, done=1)


def test_images_are_queued_for_a_new_analysis_after_a_cancellation_only_if_the_user_asks_for_it(
    store: Store, at_ten: tuple[Request, Reread]
) -> None:
    request, found = at_ten
    card = FakeClassifier.card
    for end in (partial(give_up, store.file, 1), partial(cancelled, store, replace(request, run_id=1))):
        keep_identities(store.file, 1, found, card)
        end()
        assert check_magnifications(store.file, 1, card) == {}, "the user has cancelled the new analysis"
        assert store.run(1).ledger() == Ledger(2, done=2)
    assert list(keep_identities(store.file, 1, found, card).again.values()) == [Status.DONE], "the user has chosen the rule again"
    give_up(store.file, 1)
    run(store, replace(request, run_id=1))
    assert store.run(1).ledger() == Ledger(2, done=1, refused=1), "the user has resumed the run"


def test_a_run_cancelled_before_its_magnifications_are_checked_keeps_its_results(store: Store, at_ten: tuple[Request, Reread]) -> None:
    keep_identities(store.file, 1, at_ten[1], None)
    give_up(store.file, 1)
    assert check_magnifications(store.file, 1, FakeClassifier.card) == {}


def test_no_image_is_queued_for_a_new_analysis_while_the_run_is_in_progress(store: Store, at_ten: tuple[Request, Reread]) -> None:
    card = FakeClassifier.card
    assert keep_identities(store.file, 1, at_ten[1], card, lambda: True) == Changed()
    assert check_magnifications(store.file, 1, card, lambda: True) == {}
    assert store.run(1).info().identity_rule == at_ten[1].rule
    assert store.run(1).ledger() == Ledger(2, done=2)
    assert check_magnifications(store.file, 1, card) == {0: Status.DONE}
