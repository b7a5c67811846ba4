"""Arrays on disk."""

from pathlib import Path

import numpy as np
import pytest

from breakhis_desktop.errors import UserError
from training.data.arrays import GrowingArray, refuse_without_room


@pytest.mark.parametrize(
    ("count", "kept"),
    [(12, list(range(12))), (12, [0, 1, 5, 6, 11]), (3, [2]), (3, []), (0, [])],
)
def test_an_array_holds_the_kept_images_in_their_order(tmp_path: Path, count: int, kept: list[int]) -> None:
    images = np.random.default_rng(0).integers(0, 256, (count, 4, 4, 3)).astype(np.uint8)
    file = tmp_path / "images.npy"
    with file.open("w+b") as stream:
        array = GrowingArray(stream, 4)
        for image in images:
            array.append(image)
        array.finish(kept)
    np.testing.assert_array_equal(np.load(file), images[kept])


def test_too_little_room_on_the_disk_is_reported(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"405,420,000\.0 GB.*make room"):
        refuse_without_room(tmp_path, 10**12)
    refuse_without_room(tmp_path, 1)
