"""How the names of a job's images are shown: shortened by the parts that they have in common, and with their folders if names repeat."""

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from breakhis_desktop.domain.short_names import Part, common_parts, file_name_forms, short_forms
from breakhis_desktop.files import printable

_GROWTH = 1.1
"""The factor by which the number of names must have grown before they are compared again."""


class ShownNames:
    """The names and folders of the images of a job.

    Attributes:
        repeat: Whether two images have the same name, so that every image is shown with its folder.
        root: The folder that holds all images.
        folders: The folders of the images, the longest first, as `folder_of` returns them.
    """

    def __init__(self) -> None:
        """Begin without images."""
        self.repeat = False
        self.folders: Sequence[str] = ()
        self._compared_names = self._compared_folders = 0
        self._common: frozenset[Part] = frozenset()
        self._folders: dict[str, None] = {}
        self.root = ""
        self._common_to_folders: frozenset[Part] = frozenset()

    def add(self, paths: Iterable[Path], names: Callable[[], list[str]], different: int, images: int) -> None:
        """Take more images into account.

        Args:
            paths: The files of the added images.
            names: Returns the different names of all images so far.
            different: The number of these different names.
            images: The number of all images so far, not counting skipped images.
        """
        self.repeat = different < images
        if different >= _GROWTH * self._compared_names:
            self._common, self._compared_names = common_parts(names()), different
        folders = {_folder_of(path) for path in paths} - self._folders.keys()
        if folders:
            self._add_folders(sorted(folders))

    def _add_folders(self, folders: Sequence[str]) -> None:
        root = _common_folder([*folders, self.root] if self._folders else folders)
        self._folders.update(dict.fromkeys(folders))
        if root != self.root or len(self._folders) >= _GROWTH * self._compared_folders:
            self.root, self._compared_folders = root, len(self._folders)
            shown = [self._below_root(folder) for folder in self._folders]
            self._common_to_folders = common_parts(shown)
            self.folders = sorted(shown, key=len, reverse=True)

    def forms(self, path: Path) -> tuple[list[str], list[str]]:
        """Return the ever shorter forms of a file's name, and of its folder if names repeat; otherwise no forms of the folder."""
        return self.name_forms(printable(path.name)), self.folder_forms(self.folder_of(path)) if self.repeat else []

    def name_forms(self, name: str) -> list[str]:
        """Return the printable name of a file in ever shorter forms."""
        return file_name_forms(name, self._common)

    def folder_of(self, path: Path) -> str:
        """Return the folder of a file, as its path below the folder that holds all images of the job."""
        return self._below_root(_folder_of(path))

    def repeated_folder(self, path: Path) -> str:
        """Return the folder of a file if names repeat in the job; otherwise an empty text."""
        return self.folder_of(path) if self.repeat else ""

    def folder_forms(self, folder: str) -> list[str]:
        """Return a folder, as `folder_of` returns it, in ever shorter forms."""
        return short_forms(folder, self._common_to_folders)

    def _below_root(self, folder: str) -> str:
        return printable(folder[len(self.root) :].strip(os.sep) or Path(folder).name)


def last_folder(path: Path) -> str:
    """Return the name of the folder that a file lies in; much faster than `path.parent.name`."""
    return _folder_of(path).rpartition(os.sep)[2]


def _folder_of(path: Path) -> str:
    return str(path).rpartition(os.sep)[0]


def _common_folder(folders: Sequence[str]) -> str:
    """Return the folder that contains these folders; empty if none does, as on different drives."""
    try:
        return os.path.commonpath(folders)
    except ValueError:
        return ""
