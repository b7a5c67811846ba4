"""Reopens an image of a run as the models saw it, with its stored heat maps."""

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


@dataclass(frozen=True, slots=True)
class OpenedImage:
    """An image and its heat maps.

    Attributes:
        image: The decoded pixels, RGB.
        heat_maps: What each location adds to the logits of malignant and of the favoured subtype, 2 x rows x columns; None without any.
        trouble: Why the heat maps cannot be read; None if they can.
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
        image = decode(read_bytes(record.path))
    except OSError as error:
        raise UserError(why_unreadable(error)) from error
    if record.prediction is None or record.size is None:
        return OpenedImage(image)
    try:
        with Store(store_file) as store:
            return OpenedImage(image, store.heat_maps(run_id, record.position))
    except StoreError as error:
        return OpenedImage(image, trouble=error.message)
