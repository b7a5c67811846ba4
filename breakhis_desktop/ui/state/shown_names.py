"""Shortens the names of a job's images by leaving out common parts, and adds the folder to names that repeat."""

import os
from collections import Counter
from collections.abc import Sequence
from heapq import nlargest
from pathlib import Path

from breakhis_desktop.domain.records import ImageRecord, Status
from breakhis_desktop.domain.short_names import ShortNames
from breakhis_desktop.files import printable

_LONGEST = 12
"""Number of longest folders to remember, large enough that the folder with the greatest width in pixels is among them."""


class ShownNames:
    """The names and folders of the images of a job.

    Attributes:
        repeat: Whether any name repeats; images whose name repeats are shown with their folders.
        root: The folder that holds all images.
        folders: The folders of the images, as `folder_of` returns them.
        folders_by_number: The same folders, indexed by folder number; a new list whenever earlier folders are shown differently.
        longest_folders: The longest of these folders, the longest first.
    """

    def __init__(self) -> None:
        """Begin without images."""
        self.repeat = False
        self.root = ""
        self.folders: set[str] = set()
        self.folders_by_number: list[str] = []
        self.longest_folders: list[str] = []
        self._names = ShortNames(of_files=True)
        self._known: set[str] = set()
        self._images: Counter[str] = Counter()
        self._numbers: dict[str, int] = {}
        self._short_folders = ShortNames(of_files=False)

    def add(self, records: Sequence[ImageRecord]) -> bool:
        """Take more images into account; return whether earlier images may have to be shown differently from now on."""
        names = [printable(record.path.name) for record in records]
        new = list(dict.fromkeys(name for name in names if name not in self._known))
        self._known.update(new)
        images = [name for name, record in zip(names, records, strict=True) if record.status is not Status.SKIPPED]
        begins_to_repeat = any(self._images[name] == 1 for name in images)
        self._images.update(images)
        self.repeat = self.repeat or any(self._images[name] > 1 for name in images)
        changed = [self._names.add(new), self._add_folders(records), begins_to_repeat]
        return any(changed)

    def compare(self) -> bool:
        """Determine again which parts the names and the folders have in common; return whether these parts have changed."""
        changed = [self._names.compare(), self._short_folders.compare()]
        return any(changed)

    def _add_folders(self, records: Sequence[ImageRecord]) -> bool:
        folders = dict.fromkeys(folder for record in records if (folder := _folder_of(record.path)) not in self._numbers)
        if not folders:
            return False
        root = _common_folder([*folders, self.root] if self._numbers else list(folders))
        has_moved, self.root = root != self.root or _namesake_in(root) in folders, root
        self._numbers.update(zip(folders, range(len(self._numbers), len(self._numbers) + len(folders)), strict=True))
        if has_moved:
            self._short_folders, self.folders, self.folders_by_number, self.longest_folders = ShortNames(of_files=False), set(), [], []
        added = [self._below_root(folder) for folder in (self._numbers if has_moved else folders)]
        self.folders_by_number += added
        new = [folder for folder in dict.fromkeys(added) if folder not in self.folders]
        self.folders.update(new)
        self.longest_folders = nlargest(_LONGEST, [*self.longest_folders, *new], key=len)
        return self._short_folders.add(new) or has_moved

    def forms(self, path: Path) -> tuple[list[str], list[str]]:
        """Return ever shorter forms of a file's name and of its folder; if the name does not repeat, the folder has no forms."""
        name = printable(path.name)
        return self.name_forms(name), self.folder_forms(self.folder_of(path)) if self._images[name] > 1 else []

    def name_forms(self, name: str) -> list[str]:
        """Return the printable name of a file in ever shorter forms."""
        return self._names.forms(name)

    def folder_of(self, path: Path) -> str:
        """Return the folder of a file: its path below the folder that holds all images of the job or, for that folder itself, its name."""
        return self._below_root(_folder_of(path))

    def folder_number(self, path: Path) -> int:
        """Return the number of a file's folder, which is its place in `folders_by_number`."""
        return self._numbers[_folder_of(path)]

    def repeated_folder(self, path: Path) -> str:
        """Return the folder of a file whose name repeats; otherwise an empty text."""
        return self.folder_of(path) if self._images[printable(path.name)] > 1 else ""

    def folder_forms(self, folder: str) -> list[str]:
        """Return a folder, as `folder_of` returns it, in ever shorter forms."""
        return self._short_folders.forms(folder)

    def _below_root(self, folder: str) -> str:
        below = folder[len(self.root) :].strip(os.sep)
        if not below and _namesake_in(folder) in self._numbers:
            below = f"{Path(folder).parent.name}{os.sep}{Path(folder).name}"
        return printable(below or Path(folder).name)


def _folder_of(path: Path) -> str:
    return str(path).rpartition(os.sep)[0]


def _namesake_in(folder: str) -> str:
    """Return the path of a subfolder with the same name as its folder, whether or not it exists."""
    return f"{folder}{os.sep}{Path(folder).name}"


def _common_folder(folders: Sequence[str]) -> str:
    """Return the folder that contains these folders; empty if none does, as on different drives."""
    try:
        return os.path.commonpath(folders)
    except ValueError:
        return ""
