"""Where file dialogs start: in the folder that was last used for the same purpose."""

from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QStandardPaths

from breakhis_desktop.files import is_folder
from breakhis_desktop.ui.state.settings import Settings


class Purpose(StrEnum):
    """What a folder was used for; the value is the name of the setting that remembers it."""

    IMAGES = "images_folder"
    OUTPUTS = "outputs_folder"
    TRAINING = "training_folder"
    BUNDLES = "bundles_folder"
    DIAGNOSTICS = "diagnostics_folder"


def start_folder(settings: Settings, purpose: Purpose, otherwise: Path | None = None) -> str:
    """Return the folder last used for a purpose; if it does not exist, return `otherwise`; if that is missing too, the user's home."""
    last = getattr(settings.values, purpose)
    return existing_or_home(Path(last) if last else None, otherwise)


def existing_or_home(*folders: Path | None) -> str:
    """Return the first of some folders that exists; the user's home if none does."""
    found = (str(folder) for folder in folders if folder is not None and is_folder(folder))
    return next(found, QStandardPaths.writableLocation(QStandardPaths.StandardLocation.HomeLocation))


def remember_folder(settings: Settings, purpose: Purpose, folder: Path | None) -> None:
    """Remember the folder that was used for a purpose; with None, forget it."""
    settings.change(**{purpose: str(folder) if folder is not None else ""})
