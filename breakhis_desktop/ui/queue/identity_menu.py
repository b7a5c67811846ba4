"""The menu that offers the likely ways to read a job's patients; it opens from the job's card in the queue."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from breakhis_desktop.domain.identity import FOLDER, MAGNIFICATION, OFFICIAL, parts_of, with_magnification, without_magnification
from breakhis_desktop.ui.queue.identity_words import choice_words
from breakhis_desktop.ui.state.job import Job


class IdentityMenu(QMenu):
    """Offers the common rules, the guessed rule and the rule in force, in this order; any other rule is chosen in a dialog.

    Signals:
        rule_chosen: The rule that the user chose.
        dialog_asked: The user wants to choose another rule.
    """

    rule_chosen = Signal(str)
    dialog_asked = Signal()

    def __init__(self, job: Job, parent: QWidget) -> None:
        """Fill the menu for a job; the menu is deleted once it closes."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._rule = without_magnification(job.rule) or OFFICIAL
        self._reads_magnification = MAGNIFICATION in parts_of(job.rule)
        guessed = without_magnification(job.reading.guess.rule) if job.reading.guess else OFFICIAL
        choices = QActionGroup(self)
        for rule in dict.fromkeys((OFFICIAL, FOLDER, guessed or OFFICIAL, self._rule)):
            action = self.addAction(choice_words(rule), partial(self._choose, rule, magnification=self._reads_magnification))
            action.setCheckable(True)
            action.setChecked(rule == self._rule)
            choices.addAction(action)
        self.addSeparator()
        written = self.addAction(self.tr("Magnification from names, such as 100x"), self._toggle_magnification)
        written.setCheckable(True)
        written.setChecked(self._reads_magnification)
        self.addSeparator()
        self.addAction(self.tr("How patients are identified…"), self.dialog_asked.emit)

    def _toggle_magnification(self) -> None:
        self._choose(self._rule, magnification=not self._reads_magnification)

    def _choose(self, rule: str, *, magnification: bool) -> None:
        self.rule_chosen.emit(with_magnification(rule) if magnification else rule)
