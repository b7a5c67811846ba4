"""A separate store for every test of the pipeline."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from breakhis_desktop.store.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "store.sqlite") as opened:
        yield opened
