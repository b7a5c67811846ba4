"""Reopens an image of a run, with its stored heat maps if the file is still the one that the models saw."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from breakhis_desktop.domain.records import ImageRecord
from breakhis_desktop.errors import StoreError, UserError
from breakhis_desktop.files import read_bytes, why_unreadable
from breakhis_desktop.imaging.decode import decode
from breakhis_desktop.store.store import Store
from breakhis_desktop.wording.message import Message
from breakhis_desktop.wording.runs import RunCode


@dataclass(frozen=True, slots=True)
class OpenedImage:
    """An image and its heat maps.

    Attributes:
        image: The decoded pixels, RGB.
        heat_maps: How much each location adds to a logit, 2 x rows x columns: first of the class malignant, then of the most probable
            subtype. None if there are no heat maps.
        trouble: Why there are no heat maps to show: they cannot be read, or the file has changed; None if there is no trouble.
    """

    image: Image.Image
    heat_maps: NDArray[np.float32] | None = None
    trouble: Message | None = None


def open_image(record: ImageRecord, store_file: Path, run_id: int) -> OpenedImage:
    """Decode an image with the program's decoder, and read its heat maps from the store.

    Raises:
        UserError: The image cannot be read or decoded.
    """
    try:
        data = read_bytes(record.path)
    except OSError as error:
        raise UserError(why_unreadable(error)) from error
    image = decode(data)
    if record.prediction is None or record.size is None:
        return OpenedImage(image)
    if hashlib.sha256(data).hexdigest() != record.sha256:
        return OpenedImage(image, trouble=Message.of(RunCode.HEAT_MAP_OF_EARLIER_FILE))
    try:
        with Store(store_file) as store:
            return OpenedImage(image, store.run(run_id).heat_maps(record.position))
    except StoreError as error:
        return OpenedImage(image, trouble=error.message)
