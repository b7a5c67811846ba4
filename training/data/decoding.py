"""Decodes files to model inputs, several at a time, and returns them in order."""

import hashlib
import os
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.errors import ImageError
from breakhis_desktop.files import read_bytes, why_unreadable
from breakhis_desktop.imaging.decode import decode
from breakhis_desktop.imaging.prepare import prepare
from breakhis_desktop.pipeline.guard import reason_of_fault
from training.data.discovery import LabelledFile, LeftOut
from training.workspace import INPUT_SIDES

_THREADS = min(os.cpu_count() or 1, 8)
_AHEAD = 4 * _THREADS


@dataclass(frozen=True, slots=True)
class DecodedImage:
    """An image as model inputs.

    Attributes:
        file: The file of the image.
        sha256: The hash of the file.
        pixels_sha256: The hash of the largest input, which is the same for copies in other lossless formats.
        inputs: The model inputs, side x side x 3, 0-255, keyed by side; one for each of `INPUT_SIDES`.
    """

    file: LabelledFile
    sha256: str
    pixels_sha256: str
    inputs: Mapping[int, NDArray[np.uint8]]


def decode_files(files: Iterable[LabelledFile]) -> Iterator[DecodedImage | LeftOut]:
    """Decode files with the program's own decoder, on up to eight threads.

    Yields:
        Each image, in the order of the files, or the reason why it cannot be read; only a few are in memory at a time.
    """
    waiting = iter(files)
    with ThreadPoolExecutor(_THREADS) as pool:
        pending: deque[Future[DecodedImage | LeftOut]] = deque(pool.submit(_decode_file, file) for file in islice(waiting, _AHEAD))
        while pending:
            yield pending.popleft().result()
            pending.extend(pool.submit(_decode_file, file) for file in islice(waiting, 1))


def _decode_file(file: LabelledFile) -> DecodedImage | LeftOut:
    try:
        return _decode(file)
    except ImageError as error:
        return LeftOut(file.path, error.message)
    except OSError as error:
        return LeftOut(file.path, why_unreadable(error))
    except Exception as error:  # noqa: BLE001 (as in a run of the program, a fault in one image must not stop the others)
        return LeftOut(file.path, reason_of_fault(error, "an image"))


def _decode(file: LabelledFile) -> DecodedImage:
    data = read_bytes(file.file)
    image = decode(data)
    inputs = {side: prepare(image, (side, side)) for side in INPUT_SIDES}
    pixels = inputs[max(INPUT_SIDES)].tobytes()
    return DecodedImage(file, hashlib.sha256(data).hexdigest(), hashlib.sha256(pixels).hexdigest(), inputs)
