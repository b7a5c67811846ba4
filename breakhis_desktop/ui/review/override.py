"""The dialog in which a reviewer overrides the model's label or a refusal."""

from PySide6.QtWidgets import (
    QButtonGroup,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from breakhis_desktop.domain.records import Verdict
from breakhis_desktop.domain.review import Review, ReviewAction
from breakhis_desktop.domain.taxonomy import SUBTYPES, Decision, Subtype
from breakhis_desktop.ui.look.buttons import confirm_buttons, hold_words
from breakhis_desktop.ui.look.choice_box import ChoiceBox
from breakhis_desktop.ui.look.dialog import Dialog
from breakhis_desktop.ui.look.labels import label
from breakhis_desktop.ui.look.lettering import scaled
from breakhis_desktop.ui.look.words import localised
from breakhis_desktop.ui.state.settings import LONGEST_NAME


class OverrideDialog(Dialog):
    """Asks for decision, subtype, reason and name, offering only the subtypes of the chosen decision.

    Attributes:
        decisions: The button of each decision.
        subtype: The choice of subtype, whose first entry leaves the subtype open.
        reason: The reviewer's reason.
        reviewer: The reviewer's name.
        confirm: The button that confirms the override.
    """

    def __init__(self, verdict: Verdict | None, reviewer: str, parent: QWidget | None = None) -> None:
        """Build the dialog.

        Args:
            verdict: The model's verdict, whose opposite is preselected; None for a refused image, for which nothing is preselected.
            reviewer: The reviewer's name to fill in at first.
            parent: The Qt parent.
        """
        super().__init__(parent)
        self.setWindowTitle(self.tr("Override the model") if verdict else self.tr("Override the refusal"))
        names = {Decision.BENIGN: self.tr("Benign"), Decision.MALIGNANT: self.tr("Malignant")}
        self.decisions = {decision: QRadioButton(name) for decision, name in names.items()}
        self.subtype = ChoiceBox()
        self.reason = QPlainTextEdit()
        self.reason.setPlaceholderText(self.tr("What you see that the model does not see"))
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(scaled(76))
        self.reviewer = QLineEdit(reviewer)
        self.reviewer.setMaxLength(LONGEST_NAME)
        self.reviewer.setPlaceholderText(self.tr("Your name, as it should appear on record"))
        self._buttons = confirm_buttons(self, self.tr("Override"))
        self.confirm = self._buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._lay_out(verdict)
        self._connect()
        if verdict is not None:
            self.decisions[_other(verdict.decision)].setChecked(True)
        self.reason.setFocus()

    def _lay_out(self, verdict: Verdict | None) -> None:
        choice = QHBoxLayout()
        choice.setSpacing(16)
        group = QButtonGroup(self)
        for button in self.decisions.values():
            choice.addWidget(button)
            group.addButton(button)
        choice.addStretch()
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(12)
        form.addRow(label(self.tr("The image is"), "muted"), choice)
        form.addRow(label(self.tr("Subtype"), "muted"), self.subtype)
        form.addRow(label(self.tr("Reason"), "muted"), self.reason)
        form.addRow(label(self.tr("Reviewer"), "muted"), self.reviewer)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(16)
        column.addWidget(label(self._words_on_model(verdict), wrap=True))
        column.addLayout(form)
        column.addWidget(self._buttons)
        hold_words(self, column, 420)

    def _words_on_model(self, verdict: Verdict | None) -> str:
        if verdict is None:
            return self.tr(
                "The quality gate refused this image, so the models say nothing about it. The refusal stays on record beside your label."
            )
        says = self.tr("The model says {decision}, {subtype}. Its label stays on record beside yours.")
        return says.format(decision=localised(verdict.decision), subtype=localised(verdict.subtype.name).lower())

    def _connect(self) -> None:
        for button in self.decisions.values():
            button.toggled.connect(self._offer_subtypes)
        self.reason.textChanged.connect(self._refresh)
        self.reviewer.textChanged.connect(self._refresh)

    def review(self, made: str) -> Review:
        """Return the override as a review.

        Args:
            made: Time of the review, in ISO 8601 with UTC offset.
        """
        reason, reviewer = self.reason.toPlainText().strip(), self.reviewer.text().strip()
        return Review(ReviewAction.OVERRIDDEN, self._decision(), self.subtype.currentData(), reason, reviewer, made)

    def _decision(self) -> Decision | None:
        return next((decision for decision, button in self.decisions.items() if button.isChecked()), None)

    def _offer_subtypes(self, is_checked: bool) -> None:
        decision = self._decision()
        if is_checked and decision is not None:
            self.subtype.clear()
            self.subtype.addItem(self.tr("Not stated"), None)
            for subtype in subtypes_of(decision):
                self.subtype.addItem(localised(subtype.name), subtype)
            self._refresh()

    def _refresh(self) -> None:
        said = self._decision() and self.reason.toPlainText().strip() and self.reviewer.text().strip()
        self.confirm.setEnabled(bool(said))


def subtypes_of(decision: Decision) -> list[Subtype]:
    """Return the subtypes of a decision."""
    return [subtype for subtype in SUBTYPES if subtype.decision is decision]


def _other(decision: Decision) -> Decision:
    return Decision.BENIGN if decision is Decision.MALIGNANT else Decision.MALIGNANT
