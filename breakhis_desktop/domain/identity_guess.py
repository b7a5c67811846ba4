"""Guesses, from the names and folders of a job's images, which rule reads their patients and magnifications."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from breakhis_desktop.domain.filenames import parse_official_name
from breakhis_desktop.domain.identity import (
    FOLDER,
    PATTERN,
    TABLE,
    IdentityRule,
    OfficialNames,
    ParentFolder,
    Pattern,
    Table,
    WrittenMagnification,
    with_magnification,
)
from breakhis_desktop.domain.records import ImageRecord, Status
from breakhis_desktop.domain.taxonomy import MAGNIFICATIONS, SUBTYPES, Decision

_SHARE = 0.5
"""A table is chosen, and official names are preferred to folders, only if they give the patient of at least this share of the images."""

_TWO_ABOVE = "{patient}/*/*"

_SORTED_BY = frozenset(
    {
        *map(str, Decision),
        *(subtype.name.lower() for subtype in SUBTYPES),
        *("benigns", "malignants", "benigno", "benignos", "maligno", "malignos", "normal", "cancer", "tumor", "tumour", "carcinoma"),
        *("in situ", "insitu", "invasive", "he", "h&e", "ihc", "er", "pr", "her2", "ki67"),
        *("train", "training", "validation", "val", "test"),
    }
)
"""Names of folders that sort images by their truth, stain or use in training, not by patient."""

_NUMBERED = re.compile(r"(fold|set|batch|part|split|run)[ -]?\d*")
"""Names of folders that hold an arbitrary part of the images."""


@dataclass(frozen=True, slots=True)
class Guess:
    """The rule that probably suits a job's images, and how many patients it finds.

    Attributes:
        rule: The rule, as a user would write it; empty for official names alone.
        patients: The number of patients that the rule finds.
        unknown: The number of images whose patient the rule does not find.
    """

    rule: str
    patients: int
    unknown: int


def guess_identity(images: Sequence[Path], inputs: Collection[Path], tables: Mapping[Path, Table]) -> Guess:
    """Guess which rule suits a job.

    Args:
        images: The absolute paths of the images.
        inputs: The folders and files that were queued.
        tables: The tables found with the images, keyed by the path of the table.
    """
    text, rule = _rule_of_patients(images, inputs, tables)
    patients = [_patient(rule, image) for image in images]
    joined = with_magnification(text) if _names_write_magnification(images) else text
    return Guess(joined, len({*patients} - {""}), patients.count(""))


def _rule_of_patients(images: Sequence[Path], inputs: Collection[Path], tables: Mapping[Path, Table]) -> tuple[str, IdentityRule]:
    """Return the most reliable rule that fits: a table that somebody made for these images, else official names, else folders."""
    enough = max(1, _SHARE * len(images))
    for file, table in tables.items():
        covered = [image for image in images if table.identify(image).patient_id is not None]
        if len(covered) >= enough and _is_made_for(file, table, covered, inputs):
            return f"{TABLE}{file}", table
    if sum(parse_official_name(image.name) is not None for image in images) < enough:
        folders = [ParentFolder.of(image) for image in images]
        roots = {*inputs} - {*images}
        if _are_patients({*folders}, roots):
            return FOLDER, ParentFolder()
        if folders == [image.parent for image in images] and _are_patients({folder.parent for folder in folders}, roots):
            return PATTERN + _TWO_ABOVE, Pattern(_TWO_ABOVE)
    return "", OfficialNames()


def _is_made_for(file: Path, table: Table, images: Sequence[Path], inputs: Collection[Path]) -> bool:
    """Return whether a table describes these images, and not other images with the same names.

    It does if no two images match the same row, and if the table itself was queued or all images lie below the table's folder.
    """
    rows = Counter(table.row_of(image) for image in images)
    return max(rows.values()) == 1 and (file in inputs or all(image.is_relative_to(file.parent) for image in images))


def _are_patients(folders: Collection[Path], roots: Collection[Path]) -> bool:
    """Return whether each of the folders seems to hold the images of one patient.

    There must be several folders. None of them may be a queued folder or contain one. Their names must differ, and must not sort the images
    by something else, such as the stain.
    """
    names = {folder.name.lower().replace("_", " ") for folder in folders}
    is_below = not any(root.is_relative_to(folder) for root in roots for folder in folders)
    sort_otherwise = names & _SORTED_BY or any(map(_NUMBERED.fullmatch, names))
    return len(names) > 1 and len(names) == len(folders) and is_below and not sort_otherwise


def _patient(rule: IdentityRule, image: Path) -> str:
    return ImageRecord(0, image, Status.DONE, identity=rule.identify(image)).patient_id


def _names_write_magnification(images: Sequence[Path]) -> bool:
    """Return whether names of images or folders state magnifications of BreakHis and no others; `10x` probably means the lens alone."""
    rule = WrittenMagnification()
    found = {rule.identify(image).magnification for image in images if parse_official_name(image.name) is None} - {None}
    return bool(found) and found <= {*MAGNIFICATIONS}
