"""The window's language, chosen before the window is built."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from breakhis_desktop.assets import resources

SYSTEM = "system"
"""The value of the settings `appearance` and `language` that makes the window follow the system."""


def install_translations(application: QCoreApplication, language: str) -> None:
    """Set the language of all text that is translated from now on.

    Args:
        application: The application that owns the translators.
        language: `en`, `pt` or `system`; `system` falls back to English if the system's language is neither.
    """
    for translator in application.findChildren(QTranslator):
        application.removeTranslator(translator)
        translator.deleteLater()
    locale = QLocale.system() if language == SYSTEM else QLocale(language)
    if locale.language() is QLocale.Language.Portuguese:
        _install(application, "qtbase_pt_BR", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
        _install(application, "breakhis_desktop_pt", str(resources() / "translations"))


def spoken_language() -> str:
    """Return the window's language, `en` or `pt`."""
    return QCoreApplication.translate("Language", "en")


def _install(application: QCoreApplication, name: str, folder: str) -> None:
    translator = QTranslator(application)
    if translator.load(name, folder):
        application.installTranslator(translator)
