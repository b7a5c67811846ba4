"""Fixtures for the tests of the command line: a call with a fake classifier, and an image to classify."""

from collections.abc import Callable
from pathlib import Path

import pytest

from breakhis_desktop import cli
from tests.conftest import FakeClassifier, small_field

Classify = Callable[..., int]


@pytest.fixture
def classify(monkeypatch: pytest.MonkeyPatch, log: Path) -> Classify:
    """Return a function that calls the command line with a fake classifier."""
    monkeypatch.setattr("breakhis_desktop.cli.running.DeferredClassifier", lambda *_options: FakeClassifier())
    return lambda *arguments: cli.main([*map(str, arguments)])


@pytest.fixture
def field(tmp_path: Path) -> Path:
    """Return a field in a new folder that contains nothing else."""
    folder = tmp_path / "fields"
    folder.mkdir()
    small_field(3).save(folder / "a.png")
    return folder / "a.png"
