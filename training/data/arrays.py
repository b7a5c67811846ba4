"""Writes prepared images to disk: one .npy file per input side, image by image."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.errors import UserError
from breakhis_desktop.wording.message import Message
from training.wording import TrainingCode
from training.workspace import INPUT_SIDES


class GrowingArray:
    """An N x side x side x 3 array of bytes in a .npy file, where N is known only at the end.

    The file is written as a stream, not through a memory map: mapped pages count as memory, and a full disk would kill the process.
    """

    def __init__(self, file: BinaryIO, side: int) -> None:
        """Start an array in an empty file that is open for reading and writing."""
        self._file = file
        self._side = side
        self._count = 0
        self._write_header()
        self._start = file.tell()

    def append(self, pixels: NDArray[np.uint8]) -> None:
        """Append an image, side x side x 3, 0-255."""
        self._file.write(pixels.tobytes())
        self._count += 1

    def finish(self, kept: Sequence[int]) -> None:
        """Keep only the images at these ascending positions, and write the final number to the header."""
        for target, source in enumerate(kept):
            if target != source:
                self._move(source, target)
        self._count = len(kept)
        self._file.truncate(self._offset(self._count))
        self._write_header()
        self._file.flush()

    def _move(self, source: int, target: int) -> None:
        self._file.seek(self._offset(source))
        pixels = self._file.read(self._image_bytes)
        self._file.seek(self._offset(target))
        self._file.write(pixels)

    @property
    def _image_bytes(self) -> int:
        return image_bytes(self._side)

    def _offset(self, position: int) -> int:
        return self._start + position * self._image_bytes

    def _write_header(self) -> None:
        # NumPy pads the header so that the first dimension can grow in place.
        self._file.seek(0)
        shape = (self._count, self._side, self._side, 3)
        np.lib.format.write_array_header_1_0(self._file, {"descr": "|u1", "fortran_order": False, "shape": shape})


def image_bytes(side: int) -> int:
    """Return the number of bytes that an image takes on disk."""
    return side * side * 3


def refuse_without_room(folder: Path, images: int) -> None:
    """Check that a folder's disk has room for this many images, prepared for all input sides.

    Raises:
        UserError: There is not enough room.
    """
    needed = images * sum(image_bytes(side) for side in INPUT_SIDES)
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise UserError(Message.of(TrainingCode.NO_ROOM_FOR_IMAGES, images=images, needed=needed / 1e9, folder=folder, free=free / 1e9))
