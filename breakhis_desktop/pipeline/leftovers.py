"""Cleans up at start what killed processes left behind."""

from pathlib import Path

from breakhis_desktop.pipeline.installed_bundles import clear_interrupted
from breakhis_desktop.pipeline.unfinished import remove_unfinished
from breakhis_desktop.store.temporary import remove_abandoned


def clear_leftovers(home: Path, models: Path) -> None:
    """Remove abandoned stores and unfinished training folders, and resolve interrupted installations of bundles.

    Args:
        home: The program's own folder.
        models: The folder of installed bundles.
    """
    remove_abandoned(home)
    clear_interrupted(models)
    remove_unfinished(home)
