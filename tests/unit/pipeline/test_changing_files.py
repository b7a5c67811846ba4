"""The hash of an image matches the decoded bytes, whatever happens to its file while it is read."""

import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image

from breakhis_desktop.domain.records import PendingImage, Status
from breakhis_desktop.errors import ImageError
from breakhis_desktop.imaging.decode import decode
from breakhis_desktop.pipeline.read_image import ReadImage, read_image
from tests.conftest import CARD


def bmp(level: int) -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (240, 240), (level, level, level)).save(buffer, "BMP")
    return buffer.getvalue()


@contextmanager
def meanwhile(change: Callable[[int], None]) -> Iterator[None]:
    """Call a function with 0, 1, 2, … on another thread until the block ends."""
    ended = threading.Event()

    def keep_changing() -> None:
        number = 0
        while not ended.is_set():
            change(number)
            number += 1

    thread = threading.Thread(target=keep_changing)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def read(path: Path) -> ReadImage:
    return read_image(PendingImage(0, path), CARD, gate=False)


def test_a_file_that_keeps_being_replaced_gives_the_pixels_that_match_its_hash(tmp_path: Path) -> None:
    path = tmp_path / "a.bmp"
    contents = {hashlib.sha256(bmp(level)).hexdigest(): level for level in (40, 200)}
    path.write_bytes(bmp(40))

    def replace(number: int) -> None:
        (tmp_path / "next").write_bytes(bmp((40, 200)[number % 2]))
        (tmp_path / "next").replace(path)

    seen = set()
    with meanwhile(replace):
        for _ in range(200):
            found = read(path)
            (pixels,) = found.model_inputs
            level = contents[found.record.sha256]
            seen.add(level)
            assert np.unique(pixels).tolist() == [level]
    assert seen == {40, 200}


def test_a_file_that_grows_and_shrinks_gets_the_status_of_the_bytes_that_were_hashed(tmp_path: Path) -> None:
    path = tmp_path / "a.bmp"
    whole = bmp(90) + b"more" * 500
    steps = range(0, len(whole) + 1, 1000)
    prefixes = {hashlib.sha256(whole[:length]).hexdigest(): length for length in steps}
    path.write_bytes(whole)

    def grow_or_shrink(number: int) -> None:
        step = number % len(steps)
        with path.open("r+b", buffering=0) as file:
            file.truncate(steps[step])
        with path.open("ab", buffering=0) as file:
            file.write(whole[steps[step] : steps[(step + 1) % len(steps)]])

    statuses = set()
    with meanwhile(grow_or_shrink):
        for _ in range(200):
            record = read(path).record
            length = prefixes.get(record.sha256)
            if length is not None:
                statuses.add(record.status)
                assert record.status is status_of(whole[:length])
    assert statuses <= {Status.DONE, Status.FAILED}
    assert statuses


def status_of(content: bytes) -> Status:
    try:
        decode(content)
    except ImageError:
        return Status.FAILED
    return Status.DONE
