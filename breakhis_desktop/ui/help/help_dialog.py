"""The help page, which ships with the program and works offline."""

from collections.abc import Iterable
from html import escape
from string import Template

from PySide6.QtWidgets import QVBoxLayout, QWidget

from breakhis_desktop import paths
from breakhis_desktop.assets import resources
from breakhis_desktop.files import printable
from breakhis_desktop.ui.look.buttons import close_button
from breakhis_desktop.ui.look.dialog import Dialog
from breakhis_desktop.ui.look.glossary import glossary
from breakhis_desktop.ui.look.language import spoken_language
from breakhis_desktop.ui.look.lettering import scaled
from breakhis_desktop.ui.look.page import Page
from breakhis_desktop.ui.look.theme import Tokens

Rows = Iterable[tuple[str, str]]

_COMMAND = 300
"""Width of the column of commands in the lists of keys, in pixels."""


class HelpDialog(Dialog):
    """Shows the help page; it can stay open alongside the window."""

    def __init__(self, keys: Iterable[tuple[str, Rows]], tokens: Tokens, parent: QWidget | None = None) -> None:
        """Show the page, including the window's commands and their keys, in groups with titles."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Help"))
        self.resize(scaled(760), scaled(640))
        self.page = Page(tokens, margin=24)
        self.page.setAccessibleName(self.tr("Help"))
        self.page.setSearchPaths([str(resources() / "help")])
        self.page.show_page(help_page(keys))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.page)
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 12, 16, 12)
        foot.addWidget(close_button(self))
        column.addLayout(foot)


def help_page(keys: Iterable[tuple[str, Rows]]) -> str:
    """Return the help page in the window's language as HTML, with the program's folder, keys and glossary filled in."""
    text = (resources() / "help" / spoken_language() / "index.html").read_text(encoding="utf-8")
    terms = ((term.word, term.meaning) for term in glossary().values())
    shortcuts = "".join(f"<h3>{escape(title)}</h3>{_table(rows, scaled(_COMMAND))}" for title, rows in keys)
    return Template(text).substitute(home=escape(printable(paths.home())), shortcuts=shortcuts, glossary=_table(terms))


def _table(rows: Rows, width: int | None = None) -> str:
    """Return an HTML table of two columns; the first is bold and, if a width in pixels is given, has this width."""
    given = f' width="{width}"' if width else ""
    lines = (f"<tr><td{given}><b>{escape(name)}</b></td><td>{escape(words)}</td></tr>" for name, words in rows)
    return f'<table cellpadding="4">{"".join(lines)}</table>'
