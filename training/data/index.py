"""The table of prepared images, with a row for each image in the arrays."""

import csv
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from breakhis_desktop.domain.filenames import parse_official_name
from breakhis_desktop.errors import UserError
from breakhis_desktop.files import write_atomically
from breakhis_desktop.wording.message import Message
from training.commands import PREPARE
from training.data.labels import Label
from training.wording import TrainingCode
from training.workspace import NotMadeError

COLUMNS = (
    *("path", "name", "subtype", "decision", "patient_id", "accession", "magnification", "sha256", "fold"),
    *("pixels_sha256", "subtype_known"),
)


@dataclass(frozen=True, slots=True)
class PreparedImage:
    """A decoded image, without its pixels.

    Attributes:
        path: The file, relative to the data folder.
        label: The label that its name or folders give.
        sha256: The hash of the file.
        pixels_sha256: The hash of the largest input.
    """

    path: str
    label: Label
    sha256: str
    pixels_sha256: str


def write_index(images: Sequence[PreparedImage], folds: Mapping[str, int], without_subtype: Collection[str], file: Path) -> None:
    """Write the table atomically.

    Args:
        images: The images in the order of the arrays.
        folds: The fold of each accession.
        without_subtype: Accessions whose subtypes contradict each other.
        file: The table's file, replaced if it exists.

    Raises:
        UserError: The file cannot be written.
    """
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(_row(image, folds, without_subtype) for image in images)
    write_atomically(file, text.getvalue().encode())


def read_index(file: Path) -> list[dict[str, str]]:
    """Read the table.

    Raises:
        NotMadeError: The table does not exist.
        UserError: The table is damaged, or was written by another version of this program.
    """
    if not file.exists():
        raise NotMadeError(Message.of(TrainingCode.NOTHING_PREPARED, folder=file.parent, command=PREPARE))
    with file.open(encoding="utf-8", newline="") as table:
        reader = csv.DictReader(table)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise UserError(Message.of(TrainingCode.INDEX_OF_OTHER_VERSION, file=file, command=PREPARE))
        rows = list(reader)
    if any(None in row.values() for row in rows):
        raise UserError(Message.of(TrainingCode.INDEX_DAMAGED, file=file, command=PREPARE))
    return rows


def _row(image: PreparedImage, folds: Mapping[str, int], without_subtype: Collection[str]) -> tuple[str | int, ...]:
    label = image.label
    code = label.subtype.code if label.subtype else ""
    file_name = image.path.rpartition("/")[2]
    name = file_name if parse_official_name(file_name) else image.path
    facts = (code, label.decision.value, label.patient_id, label.accession, label.magnification)
    subtype_known = int(bool(code) and label.accession not in without_subtype)
    return (image.path, name, *facts, image.sha256, folds[label.accession], image.pixels_sha256, subtype_known)
