"""What the report says about the images, and which images are left out."""

import logging
import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.factories.references import assert_is_reference
from tests.training.conftest import write_image, write_plain_image
from training.data import load_dataset, prepare_images
from training.workspace import Workspace


def prepared(folder: Path, workspace: Workspace) -> str:
    prepare_images(folder, workspace)
    return workspace.report_file.read_text(encoding="utf-8")


def section(report: str, title: str) -> str:
    return report.partition(f"## {title}\n")[2].partition("\n## ")[0]


def test_report_and_log_on_sound_images_match_the_reference(tree: Path, workspace: Workspace, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        assert_is_reference(prepared(tree, workspace), "data_report.md")
    assert_is_reference("\n".join(caplog.messages) + "\n", "data_log.txt")


def test_report_and_log_on_doubtful_images_match_the_reference(
    own_tree: Path, workspace: Workspace, caplog: pytest.LogCaptureFixture
) -> None:
    for original, copy in (
        ("DC/patient 3/3.tif", "LC/patient 3/other-subtype.tif"),
        ("benign/patient 0/0.tif", "malignant/patient 2/other-class.tif"),
        ("DC/patient 7/7.tif", "DC/patient 11/copy.tif"),
        ("Tubular_Adenoma/patient 1/1.tif", "Tubular_Adenoma/patient 1/copy.tif"),
    ):
        (own_tree / copy).parent.mkdir(parents=True, exist_ok=True)
        (own_tree / copy).write_bytes((own_tree / original).read_bytes())
    write_plain_image(own_tree / "benign" / "LC" / "Smith" / "b.png", 2)
    write_plain_image(own_tree / "benign" / "loose.png", 3)
    (own_tree / "DC" / "patient 3" / "empty.png").write_bytes(b"")
    for number in range(32):
        (own_tree / f"holiday-{number:02}.png").write_bytes(b"")
    with caplog.at_level(logging.INFO):
        assert_is_reference(prepared(own_tree, workspace), "data_report_of_doubtful_images.md")
    assert_is_reference("\n".join(caplog.messages) + "\n", "data_log_of_doubtful_images.txt")


def test_the_report_counts_images_by_class_and_subtype_and_magnification(tree: Path, workspace: Workspace) -> None:
    report = prepared(tree, workspace)
    assert "24 images of 12 accessions were prepared" in report
    for row in ("| benign | 12 | 6 |", "| malignant | 12 | 6 |", "| Tubular adenoma | 6 | 3 |", "| 200X | 24 | 12 |"):
        assert row in report
    assert "## " not in report
    assert "Checked, nothing found: contradictory subtypes, " in report
    assert load_dataset(workspace).split_sha256 in report
    assert str(tree.parent) not in report


def test_unknown_subtypes_and_magnifications_are_counted_too(own_tree: Path, workspace: Workspace) -> None:
    assert prepared(own_tree, workspace).count("| not known |") == 2


def test_copies_in_other_formats_are_found_and_kept(tree: Path, workspace: Workspace) -> None:
    original = sorted(tree.rglob("*DC*.png"))[0]
    Image.open(original).save(original.parent.parent / f"{original.stem}.tif")
    copies = section(prepared(tree, workspace), "Duplicates")
    assert "1 group of images with the same pixels and the same label: kept." in copies
    assert f"{original.stem}.tif = {original.stem}.png" in copies
    assert len(load_dataset(workspace)) == 25


def test_copies_across_accessions_give_a_warning(own_tree: Path, workspace: Workspace) -> None:
    image = own_tree / "DC" / "patient 3" / "3.tif"
    (own_tree / "DC" / "patient 7" / "copy.tif").write_bytes(image.read_bytes())
    assert "1 group spans several accessions" in section(prepared(own_tree, workspace), "Duplicates")


def test_an_accession_with_contradictory_subtypes_is_left_out_of_the_subtype_task(tree: Path, workspace: Workspace) -> None:
    image = sorted(tree.rglob("SOB_M_DC-14-1003AB*"))[0]
    image.with_name(image.name.replace("_DC-", "_LC-")).write_bytes(image.read_bytes())
    doubts = section(prepared(tree, workspace), "Contradictory subtypes")
    assert "3 images of accession 1003 left out of the subtype task: 1 group" in doubts
    assert f"{image.name} = {image.name.replace('_DC-', '_LC-')}" in doubts
    data = load_dataset(workspace)
    assert len(data) == 25
    assert set(data.accession[~data.subtype_known]) == {"1003"}
    assert (~data.subtype_known).sum() == 3


def test_a_copy_without_a_subtype_is_not_a_contradiction(own_tree: Path, workspace: Workspace) -> None:
    image = own_tree / "DC" / "patient 3" / "3.tif"
    (own_tree / "malignant" / "patient 3").mkdir()
    (own_tree / "malignant" / "patient 3" / "copy.tif").write_bytes(image.read_bytes())
    report = prepared(own_tree, workspace)
    assert "## Duplicates" in report
    assert "## Contradictory" not in report
    data = load_dataset(workspace)
    np.testing.assert_array_equal(data.subtype_known, data.subtype >= 0)


def test_images_labelled_both_benign_and_malignant_are_left_out(own_tree: Path, workspace: Workspace) -> None:
    image = own_tree / "benign" / "patient 0" / "0.tif"
    (own_tree / "DC" / "patient 3" / "copy.tif").write_bytes(image.read_bytes())
    report = section(prepared(own_tree, workspace), "Contradictory classes")
    assert "DC/patient 3/copy.tif" not in report
    assert "copy.tif = 0.tif" in report
    data = load_dataset(workspace)
    assert len(data) == len(data.images[150]) == 23
    assert not {"DC/patient 3/copy.tif", "benign/patient 0/0.tif"} & set(data.name)
    rest = own_tree / "malignant" / "patient 2" / "2.tif"
    np.testing.assert_array_equal(
        data.images[224][list(data.name).index("malignant/patient 2/2.tif")],
        np.asarray(Image.open(rest).resize((224, 224), Image.Resampling.BICUBIC)),
    )


def test_unreadable_images_are_listed_with_the_reason(tree: Path, workspace: Workspace) -> None:
    files = sorted(tree.rglob("*.png"))
    files[0].write_bytes(b"")
    files[1].unlink()
    files[1].symlink_to("nowhere")
    (tree / "whole.svs").write_bytes(b"")
    report = section(prepared(tree, workspace), "Unreadable")
    assert f"some/where/{files[0].name}: The file is empty" in report
    assert f"some/where/{files[1].name}: It is not there" in report
    assert "whole.svs: Whole-slide file" in report
    assert len(load_dataset(workspace)) == 22


def test_images_without_a_label_or_with_contradictory_labels_are_counted_and_named(own_tree: Path, workspace: Workspace) -> None:
    write_plain_image(own_tree / "holiday.png", 1)
    write_plain_image(own_tree / "benign" / "LC" / "Smith" / "b.png", 2)
    report = prepared(own_tree, workspace)
    assert "1 image with neither" in section(report, "Not labelled")
    assert "- `holiday.png`" in section(report, "Not labelled")
    assert "- `benign/LC/Smith/b.png`" in section(report, "Contradictory folders")
    assert len(load_dataset(workspace)) == 24


def test_a_list_of_images_is_cut_after_30_names(tree: Path, workspace: Workspace) -> None:
    for number in range(45):
        (tree / f"{number}.png").write_bytes(b"")
    unlabelled = section(prepared(tree, workspace), "Not labelled")
    assert unlabelled.count("- `") == 30
    assert "- and 15 more" in unlabelled


def test_unknown_patients_give_a_single_warning(own_tree: Path, workspace: Workspace, caplog: pytest.LogCaptureFixture) -> None:
    for number in range(3):
        write_plain_image(own_tree / "benign" / f"loose {number}.png", number)
    with caplog.at_level(logging.INFO):
        report = section(prepared(own_tree, workspace), "Patients not known")
    told = "3 images directly in a class folder, with no patient folder: each counts as a separate patient"
    assert told in report
    assert len(re.findall(told, caplog.text)) == 1
    data = load_dataset(workspace)
    assert len(set(data.accession[np.char.startswith(data.name, "benign/loose")])) == 3


def test_the_log_sums_up_the_report_in_five_lines(tree: Path, workspace: Workspace, caplog: pytest.LogCaptureFixture) -> None:
    write_image(tree, "LC", "13412", 3)
    with caplog.at_level(logging.INFO):
        prepare_images(tree, workspace)
    assert "By class: benign 12 (6), malignant 13 (7)" in caplog.text
    assert "1 image of accession 13412 left out of the subtype task: known to appear under two subtypes." in caplog.text
    assert len(caplog.records) == 5
