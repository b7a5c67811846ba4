"""Chooses, installs and removes model bundles; a run never mixes two bundles."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from breakhis_desktop import paths
from breakhis_desktop.assets import default_models
from breakhis_desktop.domain.card import ModelCard
from breakhis_desktop.pipeline.installed_bundles import ListedBundle, install_bundle, list_bundles, remove_bundle
from breakhis_desktop.ui.bundles.models_dialog import ModelsDialog
from breakhis_desktop.ui.look.theme import Theme
from breakhis_desktop.ui.look.words import localised
from breakhis_desktop.ui.state.last_folders import Purpose, remember_folder, start_folder
from breakhis_desktop.ui.state.presenter import Presenter
from breakhis_desktop.ui.state.settings import Settings
from breakhis_desktop.wording.message import Message
from breakhis_desktop.worker.background import BackgroundThreads


class ModelBundles(QObject):
    """Carries out what the dialog of the bundles asks for, loads the chosen bundle, and announces when it must be loaded again.

    Signals:
        load_asked: The bundle, the engine or the device has changed, so the chosen bundle must be loaded again.
        installed: The card of the bundle that has just been installed.
        failed: Why a bundle could not be installed or removed, with advice.

    Attributes:
        dialog: The dialog of the bundles while it is open; else None.
    """

    load_asked = Signal()
    installed = Signal(object)
    failed = Signal(object)
    _stage_begins = Signal(object)

    def __init__(self, settings: Settings, presenter: Presenter, theme: Theme, threads: BackgroundThreads, window: QWidget) -> None:
        """Connect to the settings, without loading anything yet."""
        super().__init__(window)
        self.dialog: ModelsDialog | None = None
        self._settings = settings
        self._presenter = presenter
        self._theme = theme
        self._window = window
        self._background = threads.start()
        self._stage_begins.connect(self._tell_stage)
        settings.changed.connect(self._load_if_it_matters)

    def load(self) -> None:
        """Load the chosen bundle; a running job keeps the models that it began with."""
        name = self._settings.values.bundle
        self._presenter.load_models(paths.models_folder() / Path(name).name if name else None)

    def show_dialog(self) -> None:
        """Show the dialog of the bundles."""
        self.dialog = ModelsDialog(self._theme.tokens, self._window)
        self.dialog.install_asked.connect(self._ask_and_install)
        self.dialog.remove_asked.connect(self.remove)
        self.dialog.use_asked.connect(self.use)
        self._list(self._settings.values.bundle)
        self.dialog.exec()
        self.dialog = None

    def use(self, bundle: ListedBundle) -> None:
        """Use a bundle for all new runs, and remember the choice."""
        self._settings.change(bundle=bundle.name)
        self._list(bundle.name)
        self._say(self.tr("New runs use these models. A running job finishes with the models that it started with."))

    def install(self, source: Path) -> None:
        """Check and install the bundle in a folder, in the background, because this takes several seconds."""
        target, engine = paths.models_folder(), self._settings.values.engine
        self._background.run(
            lambda: install_bundle(source, target, self._stage_begins.emit, engine), self._take_installed, self._tell_failure
        )

    def remove(self, bundle: ListedBundle) -> None:
        """Delete an installed bundle; the dialog does not offer this for the bundle in use."""
        self._background.run(lambda: remove_bundle(bundle), self._take_removed, self._tell_failure)

    def _load_if_it_matters(self, name: str) -> None:
        if name in {"bundle", "engine", "device"}:
            self.load_asked.emit()

    def _ask_and_install(self) -> None:
        start = start_folder(self._settings, Purpose.BUNDLES)
        folder = QFileDialog.getExistingDirectory(self.dialog, self.tr("Choose the folder of a model bundle"), start)
        if folder:
            remember_folder(self._settings, Purpose.BUNDLES, Path(folder).parent)
            self.install(Path(folder))

    def _take_installed(self, card: ModelCard) -> None:
        self._list(card.model_id)
        self._say(self.tr("Installed: {models}. All checks passed.").format(models=f"{card.name} {card.version}"))
        self.installed.emit(card)

    def _take_removed(self, _nothing: None) -> None:
        self._list(self._settings.values.bundle)
        self._say(self.tr("Removed."))

    def _tell_stage(self, stage: Message) -> None:
        self._say(f"{localised(stage)}…", busy=True)

    def _tell_failure(self, reason: Message) -> None:
        self._list(self._settings.values.bundle)
        self._say(localised(reason))
        self.failed.emit(reason)

    def _list(self, selected: str) -> None:
        if self.dialog is not None:
            bundles = list_bundles(default_models(), paths.models_folder())
            self.dialog.show_bundles(bundles, self._settings.values.bundle, selected)

    def _say(self, text: str, *, busy: bool = False) -> None:
        if self.dialog is not None:
            self.dialog.show_message(text, busy=busy)
