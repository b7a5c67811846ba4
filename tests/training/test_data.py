"""Preparation: what is read, what is left out, and what cannot be trained on."""

import csv
import hashlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from breakhis_desktop.domain.filenames import parse_official_name
from breakhis_desktop.errors import NothingToDoError, UserError
from breakhis_desktop.imaging.decode import decode
from breakhis_desktop.imaging.prepare import prepare
from tests.training.conftest import write_image
from training.__main__ import main
from training.data import load_dataset, prepare_images
from training.splits import assign_folds
from training.workspace import Workspace


def test_the_index_says_what_the_names_state(tree: Path, workspace: Workspace) -> None:
    assert prepare_images(tree, workspace) == 24
    with workspace.index_file.open(encoding="utf-8", newline="") as file:
        row = next(row for row in csv.DictReader(file) if "TA-14-1002AB-200-001" in row["path"])
    image = tree / row["path"]
    assert (row["subtype"], row["decision"], row["patient_id"], row["accession"], row["magnification"]) == (
        "TA", "benign", "14-1002AB", "1002", "200",
    )  # fmt: skip
    assert row["sha256"] == hashlib.sha256(image.read_bytes()).hexdigest()


def test_training_sees_the_pixels_that_the_program_sees(tree: Path, workspace: Workspace) -> None:
    prepare_images(tree, workspace)
    first = sorted(tree.rglob("*.png"))[0]
    np.testing.assert_array_equal(load_dataset(workspace).pixels[0], prepare(decode(first.read_bytes()), (224, 224)))


def test_an_unreadable_image_is_left_out_and_the_rest_keeps_its_pixels(tree: Path, workspace: Workspace) -> None:
    files = sorted(tree.rglob("*.png"))
    files[0].write_bytes(b"no image")
    assert prepare_images(tree, workspace) == 23
    data = load_dataset(workspace)
    assert len(data) == len(data.pixels) == 23
    np.testing.assert_array_equal(data.pixels[0], np.asarray(Image.open(files[1]).resize((224, 224), Image.Resampling.BICUBIC)))


def test_the_contradictory_accession_takes_no_part_in_the_subtypes(tree: Path, workspace: Workspace) -> None:
    write_image(tree, "LC", "13412", 3)
    prepare_images(tree, workspace)
    data = load_dataset(workspace)
    assert len(data) == 25
    assert list(data.accession[~data.subtype_known]) == ["13412"]


def test_a_folder_without_official_images_is_told(tmp_path: Path, workspace: Workspace) -> None:
    (tmp_path / "holiday.png").write_bytes(b"")
    with pytest.raises(NothingToDoError, match="official BreakHis name"):
        prepare_images(tmp_path, workspace)


def test_one_class_alone_is_told(tmp_path: Path, workspace: Workspace) -> None:
    for number in range(6):
        write_image(tmp_path, "DC", str(1001 + number), 1)
    with pytest.raises(UserError, match="All images are malignant"):
        prepare_images(tmp_path, workspace)


def test_too_few_accessions_are_told(tmp_path: Path, workspace: Workspace) -> None:
    for number, code in enumerate(("F", "DC", "DC", "F")):
        write_image(tmp_path, code, str(1001 + number), 1)
    with pytest.raises(UserError, match="4 accessions, and 5 folds"):
        prepare_images(tmp_path, workspace)


def test_too_few_images_of_every_subtype_are_told(tmp_path: Path, workspace: Workspace) -> None:
    for number, code in enumerate(("F", "DC", "DC", "F", "MC", "PC")):
        write_image(tmp_path, code, str(1001 + number), 1)
    with pytest.raises(UserError, match="Every subtype has fewer than 5 images"):
        prepare_images(tmp_path, workspace)


def test_nothing_prepared_is_one_sentence_and_status_two(workspace: Workspace, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", "lite0_frozen", "--work", str(workspace.root)]) == 2
    assert capfd.readouterr().out.count("\n") <= 1


@pytest.mark.data
def test_the_images_at_hand_keep_the_fixed_folds_of_their_manifest(data: Path) -> None:
    with (data.parent / "manifest.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = [name for path in sorted(data.rglob("*.png")) if (name := parse_official_name(path.name))]
    assert len(names) == len(rows) == 1387
    expected = {row["accession"]: int(row["grouped_fold"]) for row in rows}
    assert assign_folds([name.accession for name in names], [name.subtype.code for name in names]) == expected
