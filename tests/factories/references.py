"""The expected pages in `tests/reference/`."""

import os
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "reference"


def assert_is_reference(text: str, name: str) -> None:
    """Compare a text with an expected page; with `WRITE_REFERENCES` in the environment, write the page first."""
    if os.environ.get("WRITE_REFERENCES"):
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")
    assert text == (FOLDER / name).read_text(encoding="utf-8")
