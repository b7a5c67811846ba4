"""Where the program keeps the user's files: in `BREAKHIS_HOME`, or the system's folder for application data."""

import os
import re
import stat
import sys
from contextlib import suppress
from pathlib import Path

import platformdirs

from breakhis_desktop.errors import UserError
from breakhis_desktop.wording.files import FileCode
from breakhis_desktop.wording.message import Message

_OWN = re.compile(
    r"\.?store\.sqlite.*|\.?run-[a-z0-9_]{8}(?:\.sqlite.*)?|breakhis-desktop\.log.*|settings\.json|models|keras|unfinished"
    r"|\.(?:temporary|models)\.lock|\.breakhis-desktop-.*",
    re.DOTALL,
)
"""Names of the files and folders that the program keeps in its own folder."""


def named_home() -> Path:
    """Return the folder for store, log, settings and caches, without accessing it.

    Raises:
        UserError: The system names no home folder.
    """
    chosen = os.environ.get("BREAKHIS_HOME")
    try:
        return Path(chosen).expanduser() if chosen else platformdirs.user_data_path("breakhis-desktop", appauthor=False)
    except RuntimeError:
        raise UserError(Message.of(FileCode.NO_HOME)) from None


def home() -> Path:
    """Return the folder for store, log, settings and caches; create it if necessary, accessible to this user only.

    An existing folder is closed to other users if this user owns it and it holds only the program's files.

    Raises:
        UserError: The folder cannot be created or written to, or the system names no home folder.
    """
    folder = named_home()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _close_to_others(folder)
    except OSError:
        raise _unusable(folder) from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise _unusable(folder)
    return folder


def _unusable(folder: Path) -> UserError:
    if os.environ.get("BREAKHIS_HOME"):
        return UserError(Message.of(FileCode.HOME_NAMED_UNUSABLE, folder=folder))
    return UserError(Message.of(FileCode.HOME_UNUSABLE, folder=folder))


def _close_to_others(folder: Path) -> None:
    """Close an existing folder to other users if this user owns it and it holds only the program's files; else it may be shared."""
    if sys.platform == "win32":
        return
    status = folder.stat()
    # A folder with the sticky bit, such as /tmp, is shared by everyone, even while it is empty.
    is_open = status.st_mode & 0o077 and not status.st_mode & stat.S_ISVTX
    if is_open and status.st_uid == os.geteuid() and all(is_own(entry.name) for entry in folder.iterdir()):
        with suppress(OSError):  # file systems without permissions
            folder.chmod(0o700)


def is_own(name: str) -> bool:
    """Return whether an entry of this name in the program's folder belongs to the program."""
    return _OWN.fullmatch(name) is not None


def others_may_write() -> bool:
    """Return whether other users may put files into the program's folder."""
    return sys.platform != "win32" and bool(home().stat().st_mode & 0o022)


def store_file() -> Path:
    """Return the database to which the window writes its runs."""
    return home() / "store.sqlite"


def log_file() -> Path:
    """Return the log file."""
    return home() / "breakhis-desktop.log"


def settings_file() -> Path:
    """Return the file with the user's settings and the state of the window."""
    return home() / "settings.json"


def models_folder() -> Path:
    """Return the folder of the bundles that the user installed, each under its model id."""
    return home() / "models"
