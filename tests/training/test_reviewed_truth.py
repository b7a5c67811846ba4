"""The folders into which reviewed images are copied for training, and the table that says where each label comes from."""

import csv
import hashlib
import os
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePath

import pytest

from breakhis_desktop.domain.decision import Prediction
from breakhis_desktop.domain.filenames import folded
from breakhis_desktop.domain.identity import Identity
from breakhis_desktop.domain.records import ImageRecord, Status
from breakhis_desktop.domain.review import Review, ReviewAction, withdraw
from breakhis_desktop.domain.taxonomy import SUBTYPE_BY_CODE, Decision
from breakhis_desktop.errors import UserError
from breakhis_desktop.pipeline.export_truth import PROVENANCE, _free, export_truth, patient_folder
from breakhis_desktop.store.store import Store
from breakhis_desktop.wording.files import FileCode
from breakhis_desktop.wording.message import Message
from breakhis_desktop.wording.runs import RunCode
from tests.conftest import small_disk, small_field
from tests.factories.runs import run_info
from training.data.labels import read_label
from training.data.prepare import prepare_images
from training.workspace import Workspace

REVIEWED_AT = "2026-11-26T10:14:00+01:00"
NAMES = (
    *("a/field.png", "b/field.png", "c.png", "d.png", "not reviewed.png", "taken back.png"),
    *("SOB_M_DC-14-2523-400-001.png", "SOB_B_F-14-9133-200-002.png", "again/SOB_B_F-14-9133-200-002.png", "SOB_M_LC-14-15570-40-003.png"),
    *("e.png", "f.png"),
)
REVIEWED = {0: "F", 1: "F", 2: "DC", 3: None, 5: "DC", 6: "DC", 9: "F", 10: "F", 11: "F"}
"""The subtype that the reviewer stated, keyed by the image's position; None if the reviewer stated only the class, malignant."""


def review(code: str | None) -> Review:
    subtype = SUBTYPE_BY_CODE[code] if code else None
    return Review(ReviewAction.OVERRIDDEN, subtype.decision if subtype else Decision.MALIGNANT, subtype, "=seen", "M. Silva", REVIEWED_AT)


@pytest.fixture
def fields(tmp_path: Path) -> Path:
    for number, name in enumerate(NAMES):
        file = tmp_path / "fields" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        small_field(number * 20).save(file)
    return tmp_path / "fields"


@pytest.fixture
def store(fields: Path, tmp_path: Path) -> Iterator[Store]:
    prediction = Prediction(0.7, (0.1, 0.0, 0.0, 0.0, 0.9, 0.0, 0.0, 0.0))
    with Store(tmp_path / "store.sqlite") as opened:
        files = [fields / name for name in NAMES]
        run_id = opened.begin_run(run_info(fields), files)
        digests = [hashlib.sha256(file.read_bytes()).hexdigest() for file in files]
        opened.run(run_id).write(
            [ImageRecord(number, file, Status.DONE, None, digests[number], (224, 224), prediction) for number, file in enumerate(files)],
        )
        for position, code in REVIEWED.items():
            opened.run(run_id).add_review(position, review(code))
        opened.run(run_id).add_review(5, withdraw("A. Kaya", REVIEWED_AT))
        yield opened


def files_below(folder: Path) -> list[str]:
    return sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())


def rows_of(folder: Path) -> dict[str, dict[str, str]]:
    with (folder / PROVENANCE).open(encoding="utf-8", newline="") as table:
        return {Path(row["source"]).name: row for row in csv.DictReader(table)}


def test_reviewed_images_are_copied_into_folders_by_class_and_patient(store: Store, tmp_path: Path) -> None:
    written = export_truth(store.file, 1, tmp_path / "truth", official=False)
    assert (written.images, written.left_out) == (7, 1)
    assert files_below(written.folder) == [
        "DC/14-2523/400X/SOB_M_DC-14-2523-400-001.png",
        "DC/c.png",
        "F/e.png",
        "F/f.png",
        "F/field 2.png",
        "F/field.png",
        "malignant/d.png",
        PROVENANCE,
    ]
    assert (written.folder / "F" / "field 2.png").read_bytes() == (tmp_path / "fields" / "b" / "field.png").read_bytes()


def test_the_table_records_who_stated_each_label_and_when_and_with_which_note(store: Store, tmp_path: Path) -> None:
    folder = export_truth(store.file, 1, tmp_path / "truth", official=False).folder
    rows = rows_of(folder)
    row = rows["c.png"]
    assert (row["file"], row["decision"], row["subtype"], row["truth"]) == ("DC/c.png", "malignant", "DC", "review")
    assert (row["review_action"], row["reviewer"], row["reviewed_at"], row["review_note"]) == (
        "overridden",
        "M. Silva",
        REVIEWED_AT,
        "'=seen",
    )
    assert row["sha256"] == hashlib.sha256((folder / row["file"]).read_bytes()).hexdigest()
    assert (row["model_decision"], row["model_subtype"], row["model_id"]) == ("malignant", "DC", run_info().model_id)
    assert set(rows) == {"e.png", "f.png", "field.png", "c.png", "d.png", "SOB_M_DC-14-2523-400-001.png", "SOB_M_LC-14-15570-40-003.png"}


def test_an_image_whose_review_contradicts_its_official_name_is_left_out(store: Store, tmp_path: Path) -> None:
    row = rows_of(export_truth(store.file, 1, tmp_path / "truth", official=True).folder)["SOB_M_LC-14-15570-40-003.png"]
    assert row["file"] == ""
    assert row["left_out"].startswith("The review contradicts the official name")
    assert (row["decision"], row["truth"], row["reviewer"]) == ("malignant", "official name", "M. Silva")


def test_training_reads_label_and_accession_and_magnification_from_the_copies(store: Store, tmp_path: Path) -> None:
    folder = export_truth(store.file, 1, tmp_path / "truth", official=True).folder
    workspace = Workspace(tmp_path / "work")
    assert prepare_images(folder, workspace) == 9
    with workspace.index_file.open(encoding="utf-8", newline="") as table:
        rows = {row["path"]: row for row in csv.DictReader(table)}
    official = rows["F/14-9133/200X/2/SOB_B_F-14-9133-200-002.png"]
    assert (official["subtype"], official["accession"], official["magnification"]) == ("F", "9133", "200")
    assert official["fold"] == rows["F/14-9133/200X/SOB_B_F-14-9133-200-002.png"]["fold"]
    assert (rows["malignant/d.png"]["decision"], rows["malignant/d.png"]["subtype"]) == ("malignant", "")


def test_an_image_that_has_changed_or_disappeared_is_left_out(store: Store, fields: Path, tmp_path: Path) -> None:
    small_field(199).save(fields / "c.png")
    (fields / "d.png").unlink()
    written = export_truth(store.file, 1, tmp_path / "truth", official=False)
    rows = rows_of(written.folder)
    assert (written.images, written.left_out) == (5, 3)
    assert rows["c.png"]["left_out"].startswith("The file has changed")
    assert rows["d.png"]["left_out"].startswith("It is not there")


def test_an_existing_folder_or_link_is_never_replaced(store: Store, tmp_path: Path) -> None:
    (tmp_path / "truth").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for name in ("truth", "link"):
        with pytest.raises(UserError, match="is there already"):
            export_truth(store.file, 1, tmp_path / name, official=False)
    assert list((tmp_path / "truth").iterdir()) == []


def test_a_folder_inside_the_analysed_one_is_refused_even_through_a_link(store: Store, fields: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(fields / "a")
    for folder in (fields, tmp_path / "link"):
        with pytest.raises(UserError, match="would be analysed again"):
            export_truth(store.file, 1, folder / "truth", official=False)


def test_a_full_disk_leaves_nothing_behind(store: Store, tmp_path: Path) -> None:
    before = set(tmp_path.iterdir())
    with small_disk(), pytest.raises(UserError, match="choose another place that has room"):
        export_truth(store.file, 1, tmp_path / "truth", official=False)
    assert set(tmp_path.iterdir()) <= before


def test_a_run_without_reviews_or_official_names_is_refused(store: Store, fields: Path, tmp_path: Path) -> None:
    run_id = store.begin_run(run_info(fields), [fields / "c.png"])
    with pytest.raises(UserError, match="No image of this run is reviewed yet"):
        export_truth(store.file, run_id, tmp_path / "truth", official=True)


def test_an_unresponsive_file_is_left_out_with_the_reason(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    is_back = threading.Event()
    monkeypatch.setattr("breakhis_desktop.pipeline.patience._ANSWERS_WITHIN", 0.3)
    monkeypatch.setattr(
        "breakhis_desktop.pipeline.export_truth.read_bytes",
        lambda path: (path.parent.name == "b" and is_back.wait(timeout=60), path.read_bytes())[1],
    )
    written = export_truth(store.file, 1, tmp_path / "truth", official=False)
    is_back.set()
    assert (written.images, written.left_out) == (6, 2)
    assert rows_of(written.folder)["field.png"]["left_out"].startswith("It does not answer")


def test_an_export_first_removes_what_a_killed_export_left(store: Store, tmp_path: Path, home: Path) -> None:
    name = "0123456789abcdef"
    left = tmp_path / f".breakhis-desktop-{name}.part"
    left.mkdir()
    (home / "unfinished").mkdir()
    (home / "unfinished" / name).write_bytes(os.fsencode(left))
    export_truth(store.file, 1, tmp_path / "truth", official=False)
    assert not left.exists()


def test_if_no_image_can_be_copied_the_first_one_is_named_and_nothing_is_written(store: Store, fields: Path, tmp_path: Path) -> None:
    store.run(1).add_review(1, withdraw("A. Kaya", REVIEWED_AT))  # an image with the same name as the first
    for file in fields.rglob("*.png"):
        file.write_bytes(b"changed")
    (fields / NAMES[0]).unlink()
    with pytest.raises(UserError, match="None of the images can be copied") as told:
        export_truth(store.file, 1, tmp_path / "truth", official=False)
    assert told.value.message == Message.of(RunCode.TRUTH_NONE_COPIED, name="field.png", reason=Message.of(FileCode.NOT_THERE))
    assert not (tmp_path / "truth").exists()


STRANGE_PATIENTS = (
    "14-2523",
    "P1",
    "DC",
    "benign",
    "Ductal Carcinoma",
    "200x",
    "con",
    "COM1",
    "..",
    "a/b",
    "x:1 ",
    "ß",
    "\U0001f600" * 60,
    "語" * 64,
)


@pytest.mark.parametrize("patient_id", STRANGE_PATIENTS)
def test_any_patient_gets_a_folder_that_training_reads_as_a_patient(patient_id: str) -> None:
    folder = patient_folder(patient_id)
    label = read_label(Path("DC", folder, "400X", "field.png"))
    assert label is not None
    assert label.patient_known
    assert (label.subtype, label.patient_id, label.magnification) == (SUBTYPE_BY_CODE["DC"], folder, 400)
    assert folder.casefold().split(".")[0] not in {"con", "com1"}
    assert not set(folder) & set('<>:"/\\|?*')
    assert folder[-1] not in " ."


LONG_PATIENTS = ("\U0001f600" * 64, "\U00020000" * 64, "\U0001f600" * 63 + "1", "\U00020000" * 63 + "\U00020001", "%" * 64)


def test_long_patient_names_get_distinct_folders_that_fit_every_disk() -> None:
    folders = [patient_folder(patient_id) for patient_id in LONG_PATIENTS]
    assert len(set(folders)) == len(LONG_PATIENTS)
    for patient_id, folder in zip(LONG_PATIENTS[:-1], folders[:-1], strict=True):  # the last one fits without being shortened
        assert len(folder.encode()) >= 252
        assert folder.endswith(f" {hashlib.sha256(patient_id.encode()).hexdigest()[:12]}")
    for folder in folders:
        assert len(folder.encode()) <= 255
        label = read_label(Path("DC", folder, "400X", "field.png"))
        assert label is not None
        assert label.patient_id == folder


def exported(tmp_path: Path, names: tuple[str, ...], patient_id: str) -> Path:
    """Copy one patient's reviewed images, each from a folder of its own, and return the folder of the copies."""
    with Store(tmp_path / "long.sqlite") as store:
        files = [tmp_path / str(number) / name for number, name in enumerate(names)]
        for number, file in enumerate(files):
            file.parent.mkdir()
            small_field(number * 20).save(file, "PNG")
        identity = Identity(patient_id, 400)
        run_id = store.begin_run(run_info(tmp_path), files, identities=[identity] * len(files))
        digests = [hashlib.sha256(file.read_bytes()).hexdigest() for file in files]
        records = [ImageRecord(number, file, Status.DONE, None, digests[number], (224, 224)) for number, file in enumerate(files)]
        prediction = Prediction(0.7, (0.1, 0.0, 0.0, 0.0, 0.9, 0.0, 0.0, 0.0))
        store.run(run_id).write([replace(record, prediction=prediction) for record in records])
        for number in range(len(files)):
            store.run(run_id).add_review(number, review("DC"))
    return export_truth(tmp_path / "long.sqlite", run_id, tmp_path.parent / f"{tmp_path.name} truth", official=False).folder


@pytest.mark.parametrize("name", ["é" * 125 + ".png", "x" * 251 + ".png", "\U0001f600" * 62 + ".png"])
def test_images_that_share_the_longest_possible_name_are_all_copied(tmp_path: Path, name: str) -> None:
    folder = exported(tmp_path, (name,) * 12, "\U0001f600" * 64)
    copies = [file for file in folder.rglob("*") if file.is_file() and file.name != PROVENANCE]
    assert len(copies) == 12
    assert {file.suffix for file in copies} == {".png"}


def test_only_the_image_whose_name_is_too_long_for_the_disk_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("breakhis_desktop.pipeline.export_truth._LONGEST_NAME", 1000)
    folder = exported(tmp_path, ("a.png", "x" * 251 + ".png", "x" * 251 + ".png"), "P1")
    left_out = [row["left_out"] for row in csv.DictReader((folder / PROVENANCE).read_text(encoding="utf-8").splitlines())]
    assert [bool(reason) for reason in left_out] == [False, False, True]
    assert left_out[2].startswith("The name of the image or of its patient is too long for the disk that the copies go to")


def test_copies_whose_names_differ_only_in_unicode_form_get_separate_files() -> None:
    composed, decomposed = PurePath("DC", "P", "Jo\u00e3o.png"), PurePath("DC", "P", "Joa\u0303o.png")
    assert _free(decomposed, {folded(composed.as_posix())}) == PurePath("DC", "P", "Joa\u0303o 2.png")
