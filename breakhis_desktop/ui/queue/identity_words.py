"""Short descriptions of the rules that read patient and magnification."""

from PySide6.QtCore import QCoreApplication

from breakhis_desktop.domain.identity import FOLDER, PATTERN, TABLE
from breakhis_desktop.files import printable


def rule_words(rule: str) -> str:
    """Return a short description of a rule, given as the user wrote it."""
    if rule == FOLDER:
        return QCoreApplication.translate("IdentityRule", "patient from folder")
    if rule.startswith(PATTERN):
        return QCoreApplication.translate("IdentityRule", "pattern {pattern}").format(pattern=printable(rule.removeprefix(PATTERN)))
    if rule.startswith(TABLE):
        name = rule.removeprefix(TABLE).replace("\\", "/").rpartition("/")[2]
        return QCoreApplication.translate("IdentityRule", "table {name}").format(name=printable(name))
    return QCoreApplication.translate("IdentityRule", "official names")
