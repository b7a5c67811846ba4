"""Which language the window speaks; it is chosen before anything of the window is built."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from breakhis_desktop.assets import resources

SYSTEM = "system"
"""The appearance or language that the system has."""


def install_translations(application: QCoreApplication, language: str) -> None:
    """Translate whatever is said from now on.

    Args:
        application: Says it.
        language: `en`, `pt`, or `system` for the system's, which is English where it is neither.
    """
    for translator in application.findChildren(QTranslator):
        application.removeTranslator(translator)
        translator.deleteLater()
    locale = QLocale.system() if language == SYSTEM else QLocale(language)
    if locale.language() is QLocale.Language.Portuguese:
        _install(application, "qtbase_pt_BR", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
        _install(application, "breakhis_desktop_pt", str(resources() / "translations"))


def spoken_language() -> str:
    """Return the language that is spoken, `en` or `pt`."""
    return QCoreApplication.translate("Language", "en")


def _install(application: QCoreApplication, name: str, folder: str) -> None:
    translator = QTranslator(application)
    if translator.load(name, folder):
        application.installTranslator(translator)
