"""Where the program keeps its user's files: `BREAKHIS_HOME`, else the system's own folder for a program's data."""

import os
from pathlib import Path

import platformdirs

from breakhis_desktop.errors import UserError

_ADVICE = "cannot be made or written to; set BREAKHIS_HOME to a folder that can."


def home() -> Path:
    """Return the folder that holds store, log, settings and caches; it is created, for this user alone, when it is absent.

    Raises:
        UserError: The folder cannot be created or written to.
    """
    chosen = os.environ.get("BREAKHIS_HOME")
    try:
        folder = Path(chosen).expanduser() if chosen else platformdirs.user_data_path("breakhis-desktop", appauthor=False)
    except RuntimeError:
        raise UserError("The system names no home folder for this user; set BREAKHIS_HOME to a folder that can be written to.") from None
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        raise UserError(f"The program's folder {folder} {_ADVICE}") from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise UserError(f"The program's folder {folder} {_ADVICE}")
    return folder


def store_file() -> Path:
    """Return the database that the window writes its runs to."""
    return home() / "store.sqlite"


def log_file() -> Path:
    """Return the log."""
    return home() / "breakhis-desktop.log"


def settings_file() -> Path:
    """Return the file with what the user prefers, and how the window was left."""
    return home() / "settings.json"


def models_folder() -> Path:
    """Return the folder with the model bundles that the user installed, each under its id."""
    return home() / "models"
