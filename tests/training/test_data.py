"""Preparation: what is read, what is written, and what cannot be trained on."""

import csv
import hashlib
import itertools
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from breakhis_desktop.domain.taxonomy import SUBTYPE_CODES
from breakhis_desktop.errors import NothingToDoError, UserError
from breakhis_desktop.imaging.decode import decode
from breakhis_desktop.imaging.prepare import prepare
from breakhis_desktop.wording.images import ImageCode
from breakhis_desktop.wording.message import Message
from tests.factories import said, tells
from tests.training.conftest import write_image, write_plain_image
from training.data import CONTRADICTORY_ACCESSIONS, INPUT_SIDES, Dataset, load_dataset, prepare_images
from training.data.decoding import decode_files
from training.data.discovery import LeftOut, find_images
from training.data.folds import GROUPED_FILE
from training.data.prepare import with_progress
from training.wording import TrainingCode
from training.workspace import Workspace


def index_rows(workspace: Workspace) -> list[dict[str, str]]:
    with workspace.index_file.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def assert_same_images(one: Dataset, other: Dataset) -> None:
    """Compare two data sets regardless of the order of their images."""
    orders = [np.argsort(data.name) for data in (one, other)]
    for field in ("name", "malignant", "subtype", "subtype_known", "patient_id", "accession", "magnification", "pixels_sha256", "fold"):
        np.testing.assert_array_equal(*(getattr(data, field)[order] for data, order in zip((one, other), orders, strict=True)))
    for side in INPUT_SIDES:
        np.testing.assert_array_equal(one.images[side][orders[0]], other.images[side][orders[1]])


def test_the_index_records_what_the_official_names_state(tree: Path, workspace: Workspace) -> None:
    assert prepare_images(tree, workspace) == 24
    row = next(row for row in index_rows(workspace) if "TA-14-1002AB-200-001" in row["path"])
    image = tree / row["path"]
    assert (row["name"], row["subtype"], row["decision"], row["patient_id"], row["accession"], row["magnification"]) == (
        image.name, "TA", "benign", "14-1002AB", "1002", "200",
    )  # fmt: skip
    assert row["sha256"] == hashlib.sha256(image.read_bytes()).hexdigest()
    assert row["subtype_known"] == "1"


def test_the_dataset_matches_the_index(own_tree: Path, workspace: Workspace) -> None:
    prepare_images(own_tree, workspace)
    data, rows = load_dataset(workspace), index_rows(workspace)
    assert [SUBTYPE_CODES[subtype] if subtype >= 0 else "" for subtype in data.subtype] == [row["subtype"] for row in rows]
    assert ["malignant" if malignant else "benign" for malignant in data.malignant] == [row["decision"] for row in rows]
    for field in ("name", "patient_id", "accession", "magnification", "pixels_sha256", "fold"):
        assert [str(value) for value in getattr(data, field)] == [row[field] for row in rows]


def test_training_sees_the_pixels_that_the_program_sees(tree: Path, workspace: Workspace) -> None:
    prepare_images(tree, workspace)
    data = load_dataset(workspace)
    for side in INPUT_SIDES:
        assert data.images[side].shape == (24, side, side, 3)
        for position, file in enumerate(sorted(tree.rglob("*.png"))):
            np.testing.assert_array_equal(data.images[side][position], prepare(decode(file.read_bytes()), (side, side)))


def test_an_unreadable_image_is_left_out_and_the_others_keep_their_pixels(tree: Path, workspace: Workspace) -> None:
    files = sorted(tree.rglob("*.png"))
    files[0].write_bytes(b"no image")
    assert prepare_images(tree, workspace) == 23
    data = load_dataset(workspace)
    assert len(data) == len(data.images[150]) == len(data.images[224]) == 23
    np.testing.assert_array_equal(data.images[224][0], np.asarray(Image.open(files[1]).resize((224, 224), Image.Resampling.BICUBIC)))


def test_images_that_make_the_program_fail_are_left_out_and_so_are_unresponsive_folders(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def prepare_small_ones(image: Image.Image, size: tuple[int, int]) -> np.ndarray:
        if image.width > 1000:
            raise ZeroDivisionError
        return prepare(image, size)

    monkeypatch.setattr("training.data.decoding.prepare", prepare_small_ones)
    Image.new("RGB", (1200, 10)).save(min(tree.rglob("*.png")))
    (tree / "dead").mkdir()
    listed, scandir = tree / "dead", os.scandir

    def answer(folder: Path) -> object:
        if folder == listed:
            raise OSError(107, "Transport endpoint is not connected", str(folder))
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", answer)
    found = find_images(tree)
    results = list(decode_files(found.labelled))
    assert [left.path for left in found.unreadable] == ["dead"]
    assert [str(result.reason) for result in results if isinstance(result, LeftOut)] == [
        "This image made the program fail; please report it with the log."
    ]
    assert len(results) == 24


def test_a_flat_copy_of_the_images_gives_the_same_dataset(tree: Path, tmp_path: Path, workspace: Workspace) -> None:
    flat = tmp_path / "flat"
    flat.mkdir()
    for file in tree.rglob("*.png"):
        shutil.copy(file, flat)
    other = Workspace(tmp_path / "other")
    assert prepare_images(tree, workspace) == prepare_images(flat, other)
    assert_same_images(load_dataset(workspace), load_dataset(other))
    assert load_dataset(workspace).split_sha256 == load_dataset(other).split_sha256


def test_a_users_own_images_are_labelled_by_their_folders(own_tree: Path, workspace: Workspace) -> None:
    assert prepare_images(own_tree, workspace) == 24
    data = load_dataset(workspace)
    codes = [SUBTYPE_CODES[subtype] if subtype >= 0 else "" for subtype in data.subtype]
    assert set(zip(codes, data.malignant.tolist(), strict=True)) == {("", False), ("TA", False), ("", True), ("DC", True)}
    assert set(data.accession) == {f"patient {number}" for number in range(12)}
    np.testing.assert_array_equal(data.accession, data.patient_id)
    assert not data.magnification.any()


@pytest.mark.parametrize("kind", ["tree", "own_tree"])
def test_no_accession_is_split_between_folds(kind: str, request: pytest.FixtureRequest, workspace: Workspace) -> None:
    prepare_images(request.getfixturevalue(kind), workspace)
    data = load_dataset(workspace)
    assert set(data.fold) == {1, 2, 3, 4, 5}
    assert len({(accession, fold) for accession, fold in zip(data.accession, data.fold, strict=True)}) == len(set(data.accession)) == 12


def test_the_contradictory_accession_is_left_out_of_the_subtype_task(tree: Path, workspace: Workspace) -> None:
    write_image(tree, "LC", "13412", 3)
    prepare_images(tree, workspace)
    data = load_dataset(workspace)
    assert len(data) == 25
    assert set(data.accession[~data.subtype_known]) == CONTRADICTORY_ACCESSIONS == {"13412"}


def test_the_hash_of_the_images_changes_only_if_an_image_changes(tree: Path, workspace: Workspace) -> None:
    prepare_images(tree, workspace)
    before = load_dataset(workspace)
    prepare_images(tree, workspace)
    assert load_dataset(workspace).images_sha256 == before.images_sha256
    write_image(tree / "some" / "where", "F", "1001", 2).write_bytes(next(tree.rglob("*MC*")).read_bytes())
    prepare_images(tree, workspace)
    assert load_dataset(workspace).images_sha256 != before.images_sha256


def test_a_new_preparation_leaves_a_dataset_in_use_unchanged(tree: Path, workspace: Workspace) -> None:
    prepare_images(tree, workspace)
    in_use = load_dataset(workspace)
    pixels = {side: images.copy() for side, images in in_use.images.items()}
    sorted(tree.rglob("*.png"))[0].unlink()
    assert prepare_images(tree, workspace) == 23
    for side in INPUT_SIDES:
        np.testing.assert_array_equal(in_use.images[side], pixels[side])


def test_a_path_that_is_not_a_folder_is_refused(tmp_path: Path, workspace: Workspace) -> None:
    (tmp_path / "file.png").write_bytes(b"")
    with pytest.raises(UserError, match=r"file\.png is not a folder; give the folder that contains it"):
        prepare_images(tmp_path / "file.png", workspace)
    with pytest.raises(UserError, match="is not a folder; check"):
        prepare_images(tmp_path / "nowhere", workspace)
    assert not workspace.root.exists()


def test_a_folder_without_images_is_refused(tmp_path: Path, workspace: Workspace) -> None:
    (tmp_path / "notes.txt").write_bytes(b"")
    with pytest.raises(NothingToDoError, match="There is no image in"):
        prepare_images(tmp_path, workspace)


def test_a_folder_without_labelled_images_is_refused(tmp_path: Path, workspace: Workspace) -> None:
    write_plain_image(tmp_path / "holiday.png", 1)
    with pytest.raises(UserError, match="official BreakHis name or lies in a folder named after"):
        prepare_images(tmp_path, workspace)


def test_class_folders_that_contradict_each_other_are_refused(tmp_path: Path, workspace: Workspace) -> None:
    write_plain_image(tmp_path / "benign" / "DC" / "a.png", 1)
    with pytest.raises(UserError, match="put each image below one class folder only"):
        prepare_images(tmp_path, workspace)


def test_a_folder_of_whole_slides_is_refused(tmp_path: Path, workspace: Workspace) -> None:
    (tmp_path / "a.svs").write_bytes(b"")
    with pytest.raises(UserError, match="export fields of view"):
        prepare_images(tmp_path, workspace)


def test_images_of_only_one_class_are_refused(tmp_path: Path, workspace: Workspace) -> None:
    for number in range(6):
        write_image(tmp_path, "DC", str(1001 + number), 1)
    with pytest.raises(UserError, match="All images are malignant"):
        prepare_images(tmp_path, workspace)


def test_a_class_with_only_one_patient_is_refused(tmp_path: Path, workspace: Workspace) -> None:
    for number in range(6):
        write_image(tmp_path, "F" if number == 0 else "DC", str(1001 + number), 1)
    with pytest.raises(UserError, match="All benign images come from accession 1001"):
        prepare_images(tmp_path, workspace)


def test_fewer_accessions_than_folds_are_refused(tmp_path: Path, workspace: Workspace) -> None:
    for number, code in enumerate(("F", "DC", "DC", "F")):
        write_image(tmp_path, code, str(1001 + number), 1)
    with pytest.raises(UserError, match="4 accessions, and 5 folds"):
        prepare_images(tmp_path, workspace)


def test_images_are_refused_if_every_subtype_has_fewer_images_than_folds(tmp_path: Path, workspace: Workspace) -> None:
    for number, code in enumerate(("F", "DC", "DC", "F", "MC", "PC")):
        write_image(tmp_path, code, str(1001 + number), 1)
    with pytest.raises(UserError, check=tells(TrainingCode.FEWER_IMAGES_THAN_FOLDS, folds=5)):
        prepare_images(tmp_path, workspace)


def test_a_folder_of_unreadable_images_is_refused_and_nothing_is_left_behind(tree: Path, workspace: Workspace) -> None:
    for file in tree.rglob("*.png"):
        file.write_bytes(b"")
    with pytest.raises(UserError, check=tells(TrainingCode.NO_IMAGE_USABLE, reason=Message.of(ImageCode.EMPTY_FILE))):
        prepare_images(tree, workspace)
    assert not list(workspace.root.iterdir())


def test_a_folder_of_only_contradictory_images_is_refused(own_tree: Path, workspace: Workspace) -> None:
    content = (own_tree / "DC" / "patient 3" / "3.tif").read_bytes()
    for file in own_tree.rglob("*.tif"):
        file.write_bytes(content)
    with pytest.raises(UserError, match="keep each only in the right one"):
        prepare_images(own_tree, workspace)


@pytest.mark.slow
def test_bad_input_gives_one_line_of_error_and_exit_status_2(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "training", "prepare", str(tmp_path / "nowhere"), "--work", str(tmp_path / "work")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "nowhere is not a folder; check" in done.stderr
    assert done.stderr.count("\n") == 1
    assert not done.stdout


def test_loading_before_preparing_is_refused(workspace: Workspace) -> None:
    with pytest.raises(UserError, match="python -m training prepare DATA"):
        load_dataset(workspace)


def test_an_index_of_another_version_is_refused(tree: Path, workspace: Workspace) -> None:
    prepare_images(tree, workspace)
    workspace.index_file.write_text(workspace.index_file.read_text(encoding="utf-8").replace("sha256,", "hash,", 1), encoding="utf-8")
    with pytest.raises(UserError, match="another version"):
        load_dataset(workspace)


def test_arrays_that_are_missing_or_damaged_or_mismatched_are_reported(tree: Path, workspace: Workspace) -> None:
    prepare_images(tree, workspace)
    content = workspace.images_file(150).read_bytes()
    np.save(workspace.images_file(150), np.zeros((3, 150, 150, 3), np.uint8))
    with pytest.raises(UserError, match="does not hold the images that the index lists"):
        load_dataset(workspace)
    workspace.images_file(150).write_bytes(content[:100_000])
    with pytest.raises(UserError, match="missing or damaged"):
        load_dataset(workspace)
    workspace.images_file(150).unlink()
    with pytest.raises(UserError, match="missing or damaged"):
        load_dataset(workspace)


@pytest.fixture
def small_disk() -> Iterator[None]:
    """Keep any file from growing beyond a megabyte, as on a disk that is nearly full."""
    resource = pytest.importorskip("resource", reason="this system sets no limits on files")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.usefixtures("small_disk")
def test_a_full_disk_is_reported_and_nothing_half_written_is_left(tree: Path, workspace: Workspace) -> None:
    with pytest.raises(UserError, match="the disk is full; make room"):
        prepare_images(tree, workspace)
    assert not list(workspace.root.iterdir())


def test_a_failed_preparation_leaves_the_previous_one_intact(tree: Path, workspace: Workspace, request: pytest.FixtureRequest) -> None:
    prepare_images(tree, workspace)
    before = {file: file.read_bytes() for file in workspace.root.iterdir()}
    write_image(tree, "LC", "1001", 9)
    request.getfixturevalue("small_disk")
    with pytest.raises(UserError, match="the disk is full"):
        prepare_images(tree, workspace)
    assert {file: file.read_bytes() for file in workspace.root.iterdir()} == before


@pytest.mark.data
@pytest.mark.slow
def test_the_real_images_are_prepared_as_their_manifest_says(data: Path, workspace: Workspace) -> None:
    with (data.parent / "manifest.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert prepare_images(data, workspace) == len(rows) == 1387
    expected = {
        Path(row["path"]).name: (row["subtype"], row["patient_id"], row["accession"], row["sha256"], row["grouped_fold"]) for row in rows
    }
    facts = ("subtype", "patient_id", "accession", "sha256", "fold")
    assert {row["name"]: tuple(row[fact] for fact in facts) for row in index_rows(workspace)} == expected
    prepared = load_dataset(workspace)
    assert prepared.split_sha256 == hashlib.sha256(GROUPED_FILE.read_bytes()).hexdigest()
    assert set(prepared.accession[~prepared.subtype_known]) == {"13412"}
    assert "15 groups with the same pixels but different subtypes" in workspace.report_file.read_text(encoding="utf-8")


def test_a_long_preparation_reports_the_time_left(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = itertools.count(0.0, 5.1)
    now = [next(clock)]

    def slow_results() -> Iterator[LeftOut]:
        for number in range(3):
            now[0] = next(clock)
            yield LeftOut(f"{number}.png", said("broken"))

    monkeypatch.setattr("training.data.prepare.time.monotonic", lambda: now[0])
    with caplog.at_level(logging.INFO):
        assert len(list(with_progress(slow_results(), 6))) == 3
    assert caplog.messages == ["2 of 6 images prepared, 20 s left"]
