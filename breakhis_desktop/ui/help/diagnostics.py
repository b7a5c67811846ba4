"""A diagnostics file for support, without the names of patients, images and folders."""

import json
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import asdict
from io import BytesIO
from pathlib import Path
from typing import Any, get_type_hints

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from breakhis_desktop import paths
from breakhis_desktop.domain.card import ModelCard
from breakhis_desktop.files import write_atomically
from breakhis_desktop.logs import masked
from breakhis_desktop.pipeline.store_figures import store_figures
from breakhis_desktop.ui.look.question import Question
from breakhis_desktop.ui.state.last_folders import Purpose, remember_folder, start_folder
from breakhis_desktop.ui.state.notices import Notices
from breakhis_desktop.ui.state.settings import CHOICES, Settings, Values
from breakhis_desktop.ui.state.window_inputs import WindowInputs
from breakhis_desktop.versions import versions
from breakhis_desktop.worker.background import BackgroundThreads

_IMPERSONAL_TEXTS = {*CHOICES, "operating_point", "bundle", "table_header"}
_PERSONAL = {name for name, kind in get_type_hints(Values).items() if kind in (str, tuple[str, ...])} - _IMPERSONAL_TEXTS
"""Settings reported only as set or empty: all texts except those known to say nothing about a person."""

_MODEL_ID = re.compile("[0-9a-f]{16}")

_LARGEST_LOG = 2_000_000
"""Number of bytes to keep at the end of a log."""


class Diagnostics(QObject):
    """Explains what the diagnostics file will hold, asks where to save the file, and writes it in the background."""

    def __init__(
        self,
        inputs: WindowInputs,
        settings: Settings,
        card: Callable[[], ModelCard | None],
        *,
        notices: Notices,
        threads: BackgroundThreads,
        window: QWidget,
    ) -> None:
        """Remember the sources of the diagnostics, and the files that they may not overwrite."""
        super().__init__(window)
        self._inputs = inputs
        self._settings = settings
        self._card = card
        self._window = window
        self._notices = notices
        self._background = threads.start()

    def ask_and_save(self) -> None:
        """Explain the content to the user, ask for a file, and write it."""
        if self.question().ask() == 0:
            file = ask_for_target(self._window, self._settings)
            if file is not None:
                self.save(file)

    def question(self) -> Question:
        """Return the dialog that explains what the file will hold."""
        words = self.tr(
            "The file will hold the versions of the program and its libraries, its log, the settings without names and folders, the ids "
            "of the models, and how many runs and images there are.\n\n"
            "Names of patients, images and folders are left out. Nothing is sent anywhere: you decide whom you give the file to."
        )
        answers = [self.tr("Save…"), self.tr("Cancel")]
        return Question(self.tr("Save diagnostics"), words, answers, proposed=0, parent=self._window)

    def save(self, file: Path) -> None:
        """Write the diagnostics to a file in the background."""
        values, card, inputs = self._settings.values, self._card(), self._inputs.note()
        self._background.run(
            lambda: write_atomically(file, diagnostics(self._inputs.store_file, values, card), inputs().refuse),
            lambda _: self._notices.note_written(file),
            self._notices.warn,
        )


def ask_for_target(parent: QWidget, settings: Settings) -> Path | None:
    """Ask for the file; the dialog adds the suffix and confirms overwriting. Return None if the user cancels.

    The dialog opens in the folder where diagnostics were last saved.
    """
    dialog = QFileDialog(parent, parent.window().windowTitle(), start_folder(settings, Purpose.DIAGNOSTICS), "ZIP (*.zip)")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("zip")
    dialog.selectFile("breakhis-desktop diagnostics.zip")
    if not dialog.exec():
        return None
    file = Path(dialog.selectedFiles()[0])
    remember_folder(settings, Purpose.DIAGNOSTICS, file.parent)
    return file


def diagnostics(store_file: Path, values: Values, card: ModelCard | None) -> bytes:
    """Return the diagnostics as a ZIP archive."""
    parts = {
        "versions.json": _json(versions()),
        "settings.json": _json(_impersonal(values)),
        "models.json": _json(_models(card)),
        "store.json": _json(store_figures(store_file)),
        **{file.name: _log(file) for file in (paths.log_file(), paths.log_file().with_suffix(".log.1")) if file.is_file()},
    }
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return content.getvalue()


def _json(facts: Mapping[str, Any]) -> str:
    return json.dumps(facts, indent=1)


def _impersonal(values: Values) -> dict[str, Any]:
    return {name: bool(value) if name in _PERSONAL else value for name, value in asdict(values).items()}


def _models(card: ModelCard | None) -> dict[str, Any]:
    installed = sorted(folder.name for folder in paths.models_folder().glob("*") if _MODEL_ID.fullmatch(folder.name))
    loaded = {"name": card.name, "version": card.version, "id": card.model_id, "files": dict(card.all_hashes)} if card else {}
    return {"loaded": loaded, "installed": installed}


def _log(file: Path) -> str:
    """Return the end of a log; logs are written without names, but are masked again to be safe."""
    return masked(file.read_bytes()[-_LARGEST_LOG:].decode(errors="replace"))
