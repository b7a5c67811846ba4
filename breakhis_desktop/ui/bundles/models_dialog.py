"""The dialog of the model bundles and their cards."""

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from breakhis_desktop.pipeline.installed_bundles import ListedBundle
from breakhis_desktop.ui.bundles.card_page import card_page
from breakhis_desktop.ui.look.buttons import close_button
from breakhis_desktop.ui.look.dialog import Dialog
from breakhis_desktop.ui.look.labels import label
from breakhis_desktop.ui.look.lettering import scaled
from breakhis_desktop.ui.look.page import Page
from breakhis_desktop.ui.look.theme import Tokens
from breakhis_desktop.ui.look.words import localised

_BUNDLE_ROLE = Qt.ItemDataRole.UserRole + 1


class ModelsDialog(Dialog):
    """Lists bundles on the left and shows the selected bundle's card on the right.

    Signals:
        install_asked: The user wants to install a bundle from a folder.
        remove_asked: The user wants to delete this installed bundle.
        use_asked: The user wants to use this bundle for new runs.
    """

    install_asked = Signal()
    remove_asked = Signal(object)
    use_asked = Signal(object)

    def __init__(self, tokens: Tokens, parent: QWidget | None = None) -> None:
        """Build an empty dialog."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Models"))
        self.resize(scaled(940), scaled(640))
        self._in_use = ""
        self._is_busy = False
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Models"))
        self.list.setObjectName("choices")
        self.list.setFixedWidth(scaled(264))
        self.list.setWordWrap(True)
        self.page = Page(tokens, margin=16)
        self.page.setAccessibleName(self.tr("Card of the selected models"))
        self.message = label("", wrap=True)
        self.message.hide()
        self._make_buttons()
        self._lay_out()
        self.list.currentItemChanged.connect(self._show_selected)

    def _make_buttons(self) -> None:
        self.install = QPushButton(self.tr("Install…"))
        self.install.setToolTip(self.tr("Check the models in a folder and copy them into the program's own folder"))
        self.remove = QPushButton(self.tr("Remove"))
        self.remove.setToolTip(self.tr("Delete the installed copy; the models that ship with the program and those in use stay"))
        self.use = QPushButton(self.tr("Use for new runs"))
        self.use.setObjectName("primary")
        self.use.setToolTip(self.tr("A running job finishes with the models that it started with"))
        self.install.clicked.connect(self.install_asked)
        self.remove.clicked.connect(lambda: self.remove_asked.emit(self.selected()))
        self.use.clicked.connect(lambda: self.use_asked.emit(self.selected()))

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.list)
        under = QHBoxLayout()
        under.addWidget(self.install)
        under.addWidget(self.remove)
        left.addLayout(under)
        columns = QHBoxLayout()
        columns.setSpacing(16)
        columns.addLayout(left)
        columns.addWidget(self.page, stretch=1)
        buttons = close_button(self)
        buttons.addButton(self.use, QDialogButtonBox.ButtonRole.AcceptRole)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(12)
        column.addLayout(columns, stretch=1)
        column.addWidget(self.message)
        column.addWidget(buttons)

    def show_bundles(self, bundles: list[ListedBundle], in_use: str, selected: str) -> None:
        """List bundles.

        Args:
            bundles: All available bundles.
            in_use: Name of the bundle that new runs use.
            selected: Name of the bundle whose card to show.
        """
        self._in_use = in_use
        self.list.clear()
        for bundle in bundles:
            item = QListWidgetItem(self._words(bundle))
            item.setData(_BUNDLE_ROLE, bundle)
            self.list.addItem(item)
            if bundle.name == selected:
                self.list.setCurrentItem(item)

    def selected(self) -> ListedBundle | None:
        """Return the selected bundle, or None."""
        item = self.list.currentItem()
        return item.data(_BUNDLE_ROLE) if item else None

    def show_message(self, text: str, *, busy: bool = False) -> None:
        """Show progress or an outcome; while busy, no other action is possible."""
        self.message.setText(text)
        self.message.setVisible(bool(text))
        self._is_busy = busy
        self._refresh()

    def _words(self, bundle: ListedBundle) -> str:
        name = f"{bundle.card.name}\n{bundle.card.version}" if bundle.card else bundle.name or self.tr("Models in the program")
        origin = self.tr("installed") if bundle.name else self.tr("ships with the program")
        states = [self.tr("cannot be read")] if bundle.card is None else []
        states += [self.tr("in use")] if bundle.name == self._in_use else []
        return "\n".join([name, " · ".join([origin, *states])])

    def _show_selected(self) -> None:
        bundle = self.selected()
        if bundle is not None:
            self.page.show_page(card_page(bundle.card) if bundle.card else f'<p class="warning">{escape(localised(bundle.problem))}</p>')
        self._refresh()

    def _refresh(self) -> None:
        bundle = self.selected()
        other = bundle is not None and bundle.name != self._in_use and not self._is_busy
        self.install.setEnabled(not self._is_busy)
        self.remove.setEnabled(other and bundle is not None and bool(bundle.name))
        self.use.setEnabled(other and bundle is not None and bundle.card is not None)
