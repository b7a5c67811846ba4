"""One file from disk to model input; runs on any thread."""

import hashlib
import stat
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.domain.records import ImageRecord, Status
from breakhis_desktop.errors import ImageError, ImageRefusedError
from breakhis_desktop.imaging.decode import decode
from breakhis_desktop.imaging.prepare import prepare, thumbnail
from breakhis_desktop.pipeline.discover import why_unreadable
from breakhis_desktop.quality.gate import reason_to_refuse

MAX_BYTES = 500_000_000


@dataclass(frozen=True, slots=True)
class ReadImage:
    """What reading a file gave.

    Attributes:
        record: The image; where it is done, only the prediction is still to come.
        model_input: height x width x 3, 0-255; None unless the image is to be classified.
        thumbnail: A small JPEG copy; empty where the file could not be decoded.
    """

    record: ImageRecord
    model_input: NDArray[np.uint8] | None = None
    thumbnail: bytes = b""


def read_image(position: int, path: Path, input_size: tuple[int, int], *, gate: bool) -> ReadImage:
    """Read, hash, decode, judge and resize one image; what goes wrong becomes its record.

    Args:
        position: The image's place in the run.
        path: The file.
        input_size: Width and height of the model's input in pixels.
        gate: Whether an image that the quality gate declines is refused, or analysed all the same.
    """
    try:
        data = read_bytes(path)
    except ImageRefusedError as error:
        return ReadImage(ImageRecord(position, path, Status.REFUSED, str(error)))
    except OSError as error:
        return ReadImage(ImageRecord(position, path, Status.FAILED, why_unreadable(error)))
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        image = decode(data)
    except ImageError as error:
        status = Status.REFUSED if isinstance(error, ImageRefusedError) else Status.FAILED
        return ReadImage(ImageRecord(position, path, status, str(error), sha256))
    reason = reason_to_refuse(image)
    if reason and gate:
        return ReadImage(ImageRecord(position, path, Status.REFUSED, reason, sha256, image.size), None, thumbnail(image))
    record = ImageRecord(position, path, Status.DONE, "", sha256, image.size, gate_override=reason)
    return ReadImage(record, prepare(image, input_size), thumbnail(image))


def read_bytes(path: Path) -> bytes:
    """Read a whole file, if it is one and no larger than a field can be.

    Raises:
        ImageRefusedError: It is too large, or a pipe or device.
        OSError: It cannot be read.
    """
    facts = path.stat()
    if not stat.S_ISREG(facts.st_mode):
        raise ImageRefusedError("Not a file that can be read.")
    if facts.st_size > MAX_BYTES:
        raise ImageRefusedError(
            f"The file has {facts.st_size / 1e6:,.0f} MB, more than one field; export smaller fields of view and add those."
        )
    return path.read_bytes()
