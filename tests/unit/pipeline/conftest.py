"""A separate store for every test of the pipeline, and a folder of images for more than one chunk."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from breakhis_desktop.pipeline.analyse import CHUNK
from breakhis_desktop.store.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "store.sqlite") as opened:
        yield opened


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """Return a folder with three chunks of images and five more; the first is black, and each is brighter than the one before."""
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(3 * CHUNK + 5):
        Image.new("RGB", (224, 224), (number, 0, number)).save(folder / f"{number:03}.bmp")
    return folder
