"""Keeps the start-up messages of native libraries off the user's terminal."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def native_stderr_silenced() -> Iterator[None]:
    """Discard everything written to stderr inside the block, because native code prints to stderr regardless of its log level."""
    try:
        terminal = os.dup(2)
    except OSError:  # a program without a console has no stderr
        yield
        return
    try:
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), 2)
        yield
    finally:
        os.dup2(terminal, 2)
        os.close(terminal)
