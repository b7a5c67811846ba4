"""The page as it grows: headings, paragraphs, numbered tables and numbered pictures, in Markdown."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Manuscript:
    """What was written so far.

    Attributes:
        folder: Where pictures lie, as the page links to them.
        pictures: The names of the pictures that were drawn.
    """

    folder: str
    pictures: frozenset[str]
    _blocks: list[str] = field(default_factory=list)
    _tables: int = 0
    _figures: int = 0
    _heading: str = ""

    def heading(self, text: str, level: int = 2) -> None:
        """Open a section; its heading is left out where another follows at once, or nothing."""
        self._heading = f"{'#' * level} {text}"

    def text(self, *sentences: str) -> None:
        """Add a paragraph; empty sentences are passed over, and a paragraph of none is left out."""
        if paragraph := " ".join(one for one in sentences if one):
            self._add(paragraph)

    def points(self, items: Iterable[str]) -> None:
        """Add a list."""
        if lines := [f"- {item}" for item in items if item]:
            self._add("\n".join(lines))

    def table(self, caption: str, header: Sequence[str], rows: Sequence[Sequence[str]], words: Collection[int] = (0,)) -> None:
        """Add a table under its number and caption; without rows it is left out.

        Args:
            caption: A sentence or more.
            header: The names of the columns.
            rows: Their cells.
            words: The positions of columns that are read from the left; those of figures are centred.
        """
        if not rows:
            return
        self._tables += 1
        marks = [":--" if column in words else ":-:" for column in range(len(header))]
        lines = ["| " + " | ".join(cells) + " |" for cells in (header, marks, *rows)]
        self._add(f"**Table {self._tables}.** {caption}", "\n".join(lines))

    def picture(self, name: str, seen: str, caption: str) -> None:
        """Add a picture over its number and caption; one that was not drawn is left out.

        Args:
            name: Of its file, without `.png`.
            seen: What is in it, for those who cannot see it.
            caption: How to read it.
        """
        if name not in self.pictures:
            return
        self._figures += 1
        self._add(f"![{seen}]({self.folder}/{name}.png)", f"**Figure {self._figures}.** {caption}")

    def _add(self, *blocks: str) -> None:
        self._blocks += [self._heading, *blocks] if self._heading else blocks
        self._heading = ""

    def markdown(self) -> str:
        """Return the page."""
        return "\n\n".join(self._blocks) + "\n"
