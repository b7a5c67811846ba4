"""Opens prepared images for training."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.domain.taxonomy import SUBTYPE_CODES, Decision
from breakhis_desktop.errors import UserError
from breakhis_desktop.wording.message import Message
from training.commands import PREPARE
from training.data.folds import split_sha256
from training.data.index import read_index
from training.wording import TrainingCode
from training.workspace import INPUT_SIDES, Workspace


@dataclass(frozen=True, slots=True)
class Dataset:
    """Prepared images with their labels and folds; every array has one entry per image.

    Attributes:
        images: Model inputs, keyed by side, N x side x side x 3, 0-255, on disk.
        name: The file name if it is an official BreakHis name; else the path relative to the data folder.
        malignant: Whether the true class is malignant.
        subtype: The true subtype as a position in `SUBTYPES`; -1 if unknown.
        subtype_known: Whether the image is used in the subtype task: its subtype is known, and its accession has no contradictory subtypes.
        patient_id: The official slide id, or the name of the patient's folder, or the image's own path.
        accession: The digits of an official slide id; else the same as `patient_id`.
        magnification: 40, 100, 200, 400, or 0 if unknown.
        pixels_sha256: The hash of the largest model input.
        fold: The fold that holds out the image, 1 to 5.
    """

    images: Mapping[int, NDArray[np.uint8]]
    name: NDArray[np.str_]
    malignant: NDArray[np.bool_]
    subtype: NDArray[np.int64]
    subtype_known: NDArray[np.bool_]
    patient_id: NDArray[np.str_]
    accession: NDArray[np.str_]
    magnification: NDArray[np.int64]
    pixels_sha256: NDArray[np.str_]
    fold: NDArray[np.int64]

    def __len__(self) -> int:
        """Return the number of images."""
        return len(self.malignant)

    @property
    def images_sha256(self) -> str:
        """A hash that changes with any model input and with the order of the images."""
        return hashlib.sha256("".join(self.pixels_sha256).encode()).hexdigest()

    @property
    def split_sha256(self) -> str:
        """The hash of the assignment of accessions to folds."""
        return split_sha256({str(accession): int(fold) for accession, fold in zip(self.accession, self.fold, strict=True)})


def load_dataset(workspace: Workspace) -> Dataset:
    """Open the images that `prepare_images` wrote.

    Raises:
        UserError: The workspace has no prepared images, or a file is missing or damaged.
    """
    rows = read_index(workspace.index_file)
    return Dataset(
        images={side: _open(workspace, side, len(rows)) for side in INPUT_SIDES},
        name=np.array([row["name"] for row in rows]),
        malignant=np.array([row["decision"] == Decision.MALIGNANT for row in rows]),
        subtype=np.array([SUBTYPE_CODES.index(row["subtype"]) if row["subtype"] else -1 for row in rows]),
        subtype_known=np.array([row["subtype_known"] == "1" for row in rows]),
        patient_id=np.array([row["patient_id"] for row in rows]),
        accession=np.array([row["accession"] for row in rows]),
        magnification=np.array([int(row["magnification"]) for row in rows]),
        pixels_sha256=np.array([row["pixels_sha256"] for row in rows]),
        fold=np.array([int(row["fold"]) for row in rows]),
    )


def _open(workspace: Workspace, side: int, count: int) -> NDArray[np.uint8]:
    file = workspace.images_file(side)
    try:
        images: NDArray[np.uint8] = np.load(file, mmap_mode="r")
    except (OSError, ValueError) as error:
        raise UserError(Message.of(TrainingCode.PREPARED_FILE_DAMAGED, file=file, command=PREPARE)) from error
    if images.shape != (count, side, side, 3):
        raise UserError(Message.of(TrainingCode.PREPARED_FILE_OF_OTHERS, file=file, command=PREPARE))
    return images
