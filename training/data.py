"""Official images, decoded once through the program's own imaging, and read again as one array."""

import csv
import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.domain.filenames import OfficialName, parse_official_name
from breakhis_desktop.domain.taxonomy import SUBTYPE_CODES, Decision
from breakhis_desktop.errors import ImageError, NothingToDoError, UserError
from breakhis_desktop.imaging.decode import decode
from breakhis_desktop.imaging.formats import FileKind, kind_of
from breakhis_desktop.imaging.prepare import prepare
from training.splits import assign_folds, split_sha256
from training.workspace import Workspace

INPUT_SIZE = (224, 224)
CONTRADICTORY_ACCESSIONS = frozenset({"13412"})
"""Named by the data set as two subtypes with the same pixels: kept for benign/malignant, left out of the subtype task."""

_COLUMNS = ("path", "subtype", "decision", "patient_id", "accession", "magnification", "sha256", "fold")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Dataset:
    """Prepared images and what their names state; every array has one entry per image.

    Attributes:
        pixels: Model inputs, N x height x width x 3, 0-255, on disk.
        malignant: The true class.
        subtype: The true subtype as a position in `SUBTYPES`.
        patient_id: The official slide id.
        accession: Its digits.
        magnification: 40, 100, 200 or 400.
        fold: The fold that holds the image out, 1 to 5.
    """

    pixels: NDArray[np.uint8]
    malignant: NDArray[np.bool_]
    subtype: NDArray[np.int64]
    patient_id: NDArray[np.str_]
    accession: NDArray[np.str_]
    magnification: NDArray[np.int64]
    fold: NDArray[np.int64]

    def __len__(self) -> int:
        """Return the number of images."""
        return len(self.malignant)

    @property
    def subtype_known(self) -> NDArray[np.bool_]:
        """Whether an image takes part in the subtype task."""
        return ~np.isin(self.accession, sorted(CONTRADICTORY_ACCESSIONS))

    @property
    def split_sha256(self) -> str:
        """The hash of the assignment of accessions to folds."""
        return split_sha256({str(accession): int(fold) for accession, fold in zip(self.accession, self.fold, strict=True)})


@dataclass(frozen=True, slots=True)
class _Row:
    path: Path
    name: OfficialName
    sha256: str


def prepare_images(data: Path, workspace: Workspace) -> int:
    """Decode every official image below a folder into the workspace.

    Args:
        data: A tree with official BreakHis names, such as the unpacked archive or any part of it.
        workspace: Where index and images are written; what stood there is replaced.

    Returns:
        The number of images prepared; those that cannot be read are named in the log and left out.

    Raises:
        UserError: The folder holds no image, one class only, or fewer accessions than folds.
    """
    files = _official_files(data)
    _refuse_one_class([name for _, name in files])
    assign_folds([name.accession for _, name in files], [name.subtype.code for _, name in files])
    workspace.root.mkdir(parents=True, exist_ok=True)
    workspace.index_file.unlink(missing_ok=True)
    rows = _decode_all(files, workspace.images_file)
    _refuse_one_class([row.name for row in rows])
    _write_index(rows, data, workspace.index_file)
    return len(rows)


def load_dataset(workspace: Workspace) -> Dataset:
    """Open what `prepare_images` wrote.

    Raises:
        UserError: Nothing was prepared there.
    """
    if not workspace.index_file.exists():
        raise UserError(f"{workspace.root} holds no prepared images; run `python -m training prepare DATA` first.")
    with workspace.index_file.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    pixels = np.load(workspace.images_file, mmap_mode="r")[: len(rows)]
    return Dataset(
        pixels=pixels,
        malignant=np.array([row["decision"] == Decision.MALIGNANT for row in rows]),
        subtype=np.array([SUBTYPE_CODES.index(row["subtype"]) for row in rows]),
        patient_id=np.array([row["patient_id"] for row in rows]),
        accession=np.array([row["accession"] for row in rows]),
        magnification=np.array([int(row["magnification"]) for row in rows]),
        fold=np.array([int(row["fold"]) for row in rows]),
    )


def _official_files(data: Path) -> list[tuple[Path, OfficialName]]:
    files = sorted(path for path in data.rglob("*") if kind_of(path) is FileKind.IMAGE)
    named = [(path, name) for path in files if (name := parse_official_name(path.name))]
    if not named:
        raise NothingToDoError(f"{data} holds no image with an official BreakHis name; give the folder of the unpacked archive.")
    return named


def _refuse_one_class(names: Sequence[OfficialName]) -> None:
    classes = {name.subtype.decision for name in names}
    if len(classes) == 1:
        raise UserError(f"All images are {classes.pop()}; training needs benign and malignant ones, so add images of the other class.")


def _decode_all(files: Sequence[tuple[Path, OfficialName]], images_file: Path) -> list[_Row]:
    """Fill the array from its front; places kept for images that cannot be read stay empty at its end."""
    pixels = np.lib.format.open_memmap(images_file, "w+", np.uint8, (len(files), INPUT_SIZE[1], INPUT_SIZE[0], 3))
    rows: list[_Row] = []
    for path, name in files:
        data = path.read_bytes()
        try:
            pixels[len(rows)] = prepare(decode(data), INPUT_SIZE)
        except ImageError as error:
            _log.warning("left out %s: %s", path, error)
            continue
        rows.append(_Row(path, name, hashlib.sha256(data).hexdigest()))
    pixels.flush()
    return rows


def _write_index(rows: Sequence[_Row], data: Path, index_file: Path) -> None:
    folds = assign_folds([row.name.accession for row in rows], [row.name.subtype.code for row in rows])
    unfinished = index_file.with_suffix(".part")
    with unfinished.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_COLUMNS)
        for row in rows:
            name = row.name
            facts = (name.subtype.code, name.subtype.decision, name.patient_id, name.accession, name.magnification)
            writer.writerow([row.path.relative_to(data), *facts, row.sha256, folds[name.accession]])
    unfinished.replace(index_file)
