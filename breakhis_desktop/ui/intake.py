"""How images come into the queue: chosen in a dialog, dropped, or named on the command line."""

import os
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QFileDialog, QWidget

from breakhis_desktop.imaging.formats import IMAGE_SUFFIXES
from breakhis_desktop.ui.models.jobs import Job, JobsModel


def queue_paths(jobs: JobsModel, paths: Iterable[Path]) -> list[Job]:
    """Queue each folder as a job of its own, and all files together as one."""
    paths = list(paths)
    folders = [path for path in paths if os.path.isdir(path)]  # noqa: PTH112 (Path.is_dir raises where it may not look)
    files = [path for path in paths if path not in folders]
    added = [jobs.add([path]) for path in folders]
    if files:
        added.append(jobs.add(files))
    return added


def dropped_paths(data: QMimeData) -> list[Path]:
    """Return the local files and folders that are being dropped."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def ask_for_folder(parent: QWidget) -> list[Path]:
    """Let the user choose a folder; return it, or nothing."""
    folder = QFileDialog.getExistingDirectory(parent, "Add a folder of images")
    return [Path(folder)] if folder else []


def ask_for_files(parent: QWidget) -> list[Path]:
    """Let the user choose some images."""
    patterns = " ".join(f"*{suffix}" for suffix in sorted(IMAGE_SUFFIXES))
    files, _ = QFileDialog.getOpenFileNames(parent, "Add images", filter=f"Images ({patterns});;All files (*)")
    return [Path(file) for file in files]
