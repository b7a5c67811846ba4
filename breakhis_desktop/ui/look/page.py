"""A page of text: the help, and the card of a model bundle."""

from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QTextCursor, QTextDocument, QTextListFormat
from PySide6.QtWidgets import QTextBrowser

from breakhis_desktop.ui.look.lettering import BODY, FIGURE, TITLE, points
from breakhis_desktop.ui.look.theme import Tokens

_IMAGE_WIDTH = 680
"""Width in pixels at which pages show images; their `img` tags give the same width."""
_INDENT = 24
_STRETCH = 250
"""Width of the space between a bullet and its text, in per cent of Qt's default."""


class Page(QTextBrowser):
    """Shows HTML in the window's colours."""

    def __init__(self, tokens: Tokens, margin: int) -> None:
        """Build an empty page with a margin in pixels."""
        super().__init__()
        self.setObjectName("page")
        self.document().setDocumentMargin(margin)
        self.document().setIndentWidth(_INDENT)
        self.document().setDefaultStyleSheet(page_style(tokens))

    def loadResource(self, kind: int, name: QUrl | str) -> Any:  # noqa: N802 (Qt's name)
        """Return a resource of the page; an image is scaled smoothly here, because Qt would leave out pixels when drawing it."""
        found = super().loadResource(kind, name)
        if kind != QTextDocument.ResourceType.ImageResource.value or not found:
            return found
        ratio = self.devicePixelRatioF()
        image = QImage.fromData(found).scaledToWidth(round(_IMAGE_WIDTH * ratio), Qt.TransformationMode.SmoothTransformation)
        image.setDevicePixelRatio(ratio)
        return image

    def show_page(self, html: str) -> None:
        """Show a page; Qt leaves only the width of a space between a bullet and its text, so widen this gap."""
        self.setHtml(html)
        block = self.document().begin()
        while block.isValid():
            bullets = block.textList()
            if bullets is not None and bullets.format().style() is QTextListFormat.Style.ListDisc:
                style = block.charFormat()
                style.setFontStretch(_STRETCH)  # this format applies to the bullet, not to the text
                QTextCursor(block).setBlockCharFormat(style)
            block = block.next()


def page_style(tokens: Tokens) -> str:
    """Return the style sheet for an HTML page in the window's colours."""
    return (
        f"h1 {{ font-size: {points(TITLE)}pt; font-weight: 600; }} "
        f"h2 {{ font-size: {points(FIGURE)}pt; font-weight: 600; margin-top: 24px; }} "
        f"h3 {{ font-size: {points(BODY)}pt; font-weight: 600; margin-top: 16px; }} a {{ color: {tokens.accent}; }} "
        f".muted, .head {{ color: {tokens.muted}; }} .warning {{ color: {tokens.malignant}; }} code {{ font-family: monospace; }} "
        ".cell, .head { padding: 3px 16px 3px 0; }"
    )
