"""Applies the settings."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from breakhis_desktop.pipeline.selectable_devices import selectable_devices
from breakhis_desktop.ui.export.logo import LogoChoice
from breakhis_desktop.ui.help.setting_fields import setting_fields
from breakhis_desktop.ui.help.settings_dialog import SettingsDialog
from breakhis_desktop.ui.look.theme import SCHEMES, Theme
from breakhis_desktop.ui.state.notices import Notices
from breakhis_desktop.ui.state.presenter import Presenter
from breakhis_desktop.ui.state.settings import Settings
from breakhis_desktop.worker.background import BackgroundThreads


class Preferences(QObject):
    """Applies the appearance, operating point and reuse settings, at start and on each change, and shows the settings dialog."""

    def __init__(
        self, settings: Settings, theme: Theme, presenter: Presenter, notices: Notices, *, threads: BackgroundThreads, window: QWidget
    ) -> None:
        """Apply the current settings."""
        super().__init__(window)
        self._logos = threads.start(only_reads=True)
        self._settings = settings
        self._theme = theme
        self._presenter = presenter
        self._window = window
        self._apply_appearance()
        self._apply_point()
        self._apply_reuse()
        self._appliers: dict[str, Callable[[], None]] = {
            "appearance": self._apply_appearance,
            "operating_point": self._apply_point,
            "reuse": self._apply_reuse,
        }
        settings.changed.connect(self._apply)
        settings.failed.connect(notices.warn)
        if settings.trouble:
            notices.warn(settings.trouble)

    def show_dialog(self) -> None:
        """Let the user change the settings."""
        self.dialog().exec()

    def dialog(self) -> SettingsDialog:
        """Return the dialog in which the user changes the settings."""
        fields = setting_fields(self._presenter.card, selectable_devices(self._settings.values.device))
        dialog = SettingsDialog(self._settings, fields, self._window)
        LogoChoice(dialog, dialog, self._logos)
        return dialog

    def _apply(self, name: str) -> None:
        if name in self._appliers:
            self._appliers[name]()

    def _apply_appearance(self) -> None:
        self._theme.prefer(SCHEMES[self._settings.values.appearance])

    def _apply_point(self) -> None:
        self._presenter.point = self._settings.values.operating_point

    def _apply_reuse(self) -> None:
        self._presenter.reuse = self._settings.values.reuse
