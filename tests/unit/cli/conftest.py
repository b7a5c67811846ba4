"""The command line with a classifier without a network."""

from collections.abc import Callable
from pathlib import Path

import pytest

from breakhis_desktop import cli
from tests.conftest import FakeClassifier, small_field

Classify = Callable[..., int]


@pytest.fixture
def classify(monkeypatch: pytest.MonkeyPatch, log: Path) -> Classify:
    """Return the command line with a classifier without a network."""
    monkeypatch.setattr("breakhis_desktop.cli.running.DeferredClassifier", lambda *_options: FakeClassifier())
    return lambda *arguments: cli.main([*map(str, arguments)])


@pytest.fixture
def field(tmp_path: Path) -> Path:
    """Return a field in a folder of its own."""
    folder = tmp_path / "fields"
    folder.mkdir()
    small_field(3).save(folder / "a.png")
    return folder / "a.png"
