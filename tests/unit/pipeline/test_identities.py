"""The patients and magnifications that a job's rule reads: their preview, their effect on a run, and their place in the results."""

import csv
import os
import threading
from pathlib import Path

import pytest
from PIL import Image

from breakhis_desktop.cli import main
from breakhis_desktop.domain.identity_guess import Guess
from breakhis_desktop.domain.records import Ledger, Status
from breakhis_desktop.errors import UserError
from breakhis_desktop.pipeline.analyse import Request, analyse
from breakhis_desktop.pipeline.events import ImagesEnded, RunEnded, RunStarted
from breakhis_desktop.pipeline.identities import _survey, load_rule, preview, survey
from breakhis_desktop.store.store import Store
from breakhis_desktop.wording.images import ImageCode
from breakhis_desktop.wording.runs import RunCode
from tests.conftest import FakeClassifier, small_field
from tests.factories import tells, there

POINT = FakeClassifier.card.points["default"]


@pytest.fixture
def patients(tmp_path: Path) -> Path:
    """Return a folder with two patients' folders of one field each; the second field has an official name."""
    folder = tmp_path / "patients"
    for number, file in enumerate(("Anna/100x 1.bmp", "Berta/SOB_M_DC-14-2523-400-001.bmp")):
        (folder / file).parent.mkdir(parents=True)
        small_field(number).save(folder / file)
    return folder


def run(store: Store, request: Request) -> int:
    started, *_ = analyse(request, FakeClassifier(), store, threading.Event())
    assert isinstance(started, RunStarted)
    return started.run_info.run_id


def read(store: Store, run_id: int) -> list[tuple[str, str, int | None]]:
    return [(record.patient_id, record.accession, record.magnification) for record in store.run(run_id).records()]


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ("", [("", "", None), ("14-2523", "2523", 400)]),
        ("official", [("", "", None), ("14-2523", "2523", 400)]),
        ("folder", [("Anna", "", None), ("Berta", "", 400)]),
        ("folder,magnification", [("Anna", "", 100), ("Berta", "", 400)]),
        ("folder,pattern:{magnification}x *", [("Anna", "", 100), ("Berta", "", 400)]),
        ("pattern:{patient}/{magnification}x *", [("Anna", "", 100), ("14-2523", "2523", 400)]),
    ],
)
def test_rows_have_the_identity_that_the_rule_reads_and_official_names_fill_in_the_rest(
    store: Store, patients: Path, rule: str, found: list[tuple[str, str, int | None]]
) -> None:
    assert read(store, run(store, Request((patients,), POINT, identity_rule=rule))) == found


def test_a_magnification_read_by_the_rule_affects_the_tiles_and_the_gate(store: Store, tmp_path: Path, samples: list[Path]) -> None:
    folder = tmp_path / "fields"
    folder.mkdir()
    with Image.open(samples[0]) as sample:
        large = sample.convert("RGB").resize((2100, 1380))
    large.save(folder / "large.png")
    small_field(0).save(folder / "small.png")
    table = tmp_path / "table.csv"
    table.write_text("file,magnification\nlarge.png,100\nsmall.png,20\n", encoding="utf-8")
    run_id = run(store, Request((folder,), POINT, identity_rule=f"csv:{table}"))
    tiled, refused = store.run(run_id).records()
    assert (tiled.tiles, tiled.review_flags) == (9, ())
    assert (refused.status, refused.magnification) == (Status.REFUSED, 20)
    assert there(refused.reason).code is ImageCode.UNKNOWN_MAGNIFICATION


def test_cancelled_images_keep_their_patients(store: Store, patients: Path) -> None:
    cut_off(store, Request((patients,), POINT, identity_rule="folder"))
    cancel = threading.Event()
    cancel.set()
    *_, reported, ended = analyse(Request((patients,), POINT, run_id=1), FakeClassifier(), store, cancel)
    assert ended == RunEnded(Ledger(2, cancelled=2))
    assert isinstance(reported, ImagesEnded)
    assert list(reported.records) == store.run(1).records()
    assert [record.patient_id for record in reported.records] == ["Anna", "Berta"]


def cut_off(store: Store, request: Request) -> None:
    events = analyse(request, FakeClassifier(), store, threading.Event())
    next(events)
    events.close()


def test_a_resumed_run_keeps_the_patients_that_were_read_when_it_began(store: Store, patients: Path) -> None:
    request = Request((patients,), POINT, identity_rule="folder")
    cut_off(store, request)
    run(store, Request((patients,), POINT, run_id=1))
    assert [found[0] for found in read(store, 1)] == ["Anna", "Berta"]


def test_a_table_that_has_changed_since_the_run_began_is_reported_when_the_run_is_resumed(
    store: Store, patients: Path, tmp_path: Path
) -> None:
    table = tmp_path / "table.csv"
    table.write_text("file,patient\na.png,P1\n", encoding="utf-8")
    request = Request((patients,), POINT, resume=True, identity_rule=f"csv:{table}")
    cut_off(store, request)
    table.write_text("file,patient\na.png,P2\n", encoding="utf-8")
    with pytest.raises(UserError, match=r"made with another rule for patients \(csv:.*table\.csv \([0-9a-f]+\)\)"):
        run(store, request)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("name", "There is no rule name for patients; write official, folder, magnification"),
        ("folder,name", "There is no rule name for patients"),
        ("csv:/nowhere/a.csv", "cannot be opened. It is not there"),
    ],
)
def test_an_unusable_rule_is_reported_before_anything_begins(store: Store, patients: Path, rule: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        run(store, Request((patients,), POINT, identity_rule=rule))
    assert store.runs_over([patients]) == []


def test_a_preview_shows_what_the_rule_reads_from_the_first_files(patients: Path) -> None:
    found = survey([patients])
    assert found.images == len(found.first) == 2
    assert [image.identity.patient_id for image in preview("folder", found.first)] == ["Anna", "Berta"]
    assert load_rule("folder").text == "folder"


def test_a_survey_of_the_images_guesses_the_rule_for_their_patients_and_magnifications(patients: Path) -> None:
    assert survey([patients]).guess == Guess("magnification", 1, 1)
    (patients / "Berta" / "SOB_M_DC-14-2523-400-001.bmp").rename(patients / "Berta" / "100x 2.bmp")
    assert survey([patients]).guess == Guess("folder,magnification", 2, 0)


@pytest.mark.parametrize("inside", [True, False])
def test_a_survey_finds_the_table_beside_the_images(patients: Path, inside: bool) -> None:
    table = patients / "Anna" / "Patients.CSV"
    table.write_text("file,patient\n100x 1.bmp,P1\n", encoding="utf-8")
    (patients / "Anna" / "notes.csv").write_text("name\n", encoding="utf-8")
    queued = [patients / "Anna"] if inside else [patients / "Anna" / "100x 1.bmp"]
    assert survey(queued).guess == Guess(f"magnification,csv:{table}", 1, 0)


def test_a_table_one_level_above_the_folders_of_the_images_is_found_too(patients: Path) -> None:
    table = patients / "table.CSV"
    table.write_text("file,patient\n100x 1.bmp,P1\n", encoding="utf-8")
    assert survey([patients]).guess == Guess(f"magnification,csv:{table}", 2, 0)


@pytest.mark.parametrize(("others", "is_found"), [(4, True), (5, False)])
def test_a_survey_looks_into_five_tables_at_most(patients: Path, others: int, is_found: bool) -> None:
    for number in range(others):
        (patients / f"{number}.csv").write_text("name\n", encoding="utf-8")
    (patients / "table.csv").write_text("file,patient\n100x 1.bmp,P1\n", encoding="utf-8")
    assert ("csv:" in survey([patients]).guess.rule) is is_found


@pytest.mark.parametrize(("spare", "is_found"), [(0, True), (-1, False)])
def test_a_survey_does_not_read_a_table_larger_than_its_limit(
    patients: Path, monkeypatch: pytest.MonkeyPatch, spare: int, is_found: bool
) -> None:
    table = patients / "table.csv"
    table.write_text("file,patient\n100x 1.bmp,P1\n", encoding="utf-8")
    monkeypatch.setattr("breakhis_desktop.pipeline.identities._LARGEST_GUESSED", table.stat().st_size + spare)
    assert ("csv:" in survey([patients]).guess.rule) is is_found


def test_a_table_larger_than_the_limit_is_refused_and_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = tmp_path / "table.csv"
    table.write_text("file,patient\na.png,P1\n", encoding="utf-8")
    monkeypatch.setattr("breakhis_desktop.pipeline.identities._LARGEST_TABLE", table.stat().st_size)
    assert load_rule(f"csv:{table}").identify(tmp_path / "a.png").patient_id == "P1"
    monkeypatch.setattr("breakhis_desktop.pipeline.identities._LARGEST_TABLE", table.stat().st_size - 1)
    with pytest.raises(UserError, check=tells(RunCode.TABLE_TOO_LARGE, file=table)):
        load_rule(f"csv:{table}")


def test_a_table_is_named_while_it_is_read(patients: Path) -> None:
    table, asked = patients / "Anna" / "table.csv", list[Path | None]()
    table.write_text("file,patient\n100x 1.bmp,P1\n", encoding="utf-8")
    load_rule(f"csv:{table}", asked.append)
    assert asked == [table, None]
    asked.clear()
    _survey([patients / "Anna" / "100x 1.bmp"], lambda: False, asked.append)
    assert asked[-5:] == [table.parent, table, table, None, None]


def test_a_survey_counts_every_image_and_keeps_the_first_two_hundred(tmp_path: Path) -> None:
    for number in range(201):
        (tmp_path / f"{number}.bmp").touch()
    found = survey([tmp_path])
    assert (found.images, len(found.first)) == (201, 200)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes are files only on Unix")
def test_a_survey_does_not_wait_for_a_pipe_named_like_a_table(patients: Path) -> None:
    os.mkfifo(patients / "table.csv")
    assert survey([patients]).images == 2


def test_a_survey_gives_up_on_a_folder_that_does_not_answer_and_counts_the_images_in_the_others(
    patients: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent, is_back, scandir = patients / "silent", threading.Event(), os.scandir
    silent.mkdir()
    monkeypatch.setattr("breakhis_desktop.pipeline.patience.GIVES_UP", 0.2)
    monkeypatch.setattr(os, "scandir", lambda folder: (Path(folder) == silent and is_back.wait(timeout=60), scandir(folder))[1])
    assert survey([patients]).images == 2
    is_back.set()


def test_a_job_without_images_has_nothing_to_preview(tmp_path: Path) -> None:
    assert survey([tmp_path]).images == 0


def test_a_survey_that_is_stopped_finds_nothing(patients: Path) -> None:
    stopped = survey([patients], lambda: True)
    assert (stopped.images, stopped.nothing) == (0, None)


def test_the_command_line_writes_patients_as_the_rule_in_its_options_reads_them(
    patients: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("breakhis_desktop.cli.running.DeferredClassifier", lambda *_: FakeClassifier())
    out = tmp_path / "out.csv"
    assert main([str(patients), "--csv", str(out), "--patients", "pattern:{patient}/{magnification}x *"]) == 0
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = ("patient_id", "accession", "magnification")
    assert [tuple(row[column] for column in columns) for row in rows] == [
        ("Anna", "", "100"),
        ("14-2523", "2523", "400"),
    ]
    assert main([str(patients), "--patients", "folders"]) == 2
