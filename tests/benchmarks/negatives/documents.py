"""Renders pages of text (such as prose, tables and forms) on white or tinted paper, and charts; some look scanned."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import matplotlib.figure
import numpy as np
from PIL import Image
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QColor, QFontDatabase, QImage, QPainter, QTextDocument
from PySide6.QtWidgets import QApplication

from breakhis_desktop.assets import resources
from tests.benchmarks.negatives.photographs import from_qt, read
from tests.benchmarks.negatives.pictures import SIZE, Named, Picture, cut, from_array, size_of
from training.synthetic.texture import cloud

WORDS = (
    "the", "specimen", "of", "tissue", "was", "received", "in", "formalin", "and", "consists", "margin", "node", "size", "firm",
    "grey", "section", "shows", "report", "patient", "invoice", "total", "amount", "date", "number", "received", "per", "annum",
    "quarter", "meeting", "agenda", "minutes", "of", "report", "chapter", "figure", "see", "table", "below", "however", "therefore",
)  # fmt: skip
PAPERS = ("#ffffff", "#ffffff", "#f8f1dc", "#f6d9e4", "#e3e9f2", "#efe3f6")
RNG = np.random.Generator


def documents(downloads: Path) -> Iterator[Named]:
    """Yield pages and charts, of which every third looks scanned, and scikit-image's two scans if they have been downloaded."""
    if QApplication.instance() is None:
        QApplication([])
    for font in sorted((resources() / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(font))
    drawings = [(name, draw) for name, draw in (PAGES | CHARTS).items() for _ in range(4 if name in PAGES else 2)]
    for number, (name, draw) in enumerate(drawings):
        rng = np.random.default_rng(200 + number)
        picture = draw(rng, size_of(number))
        yield name, scanned(picture, rng) if number % 3 == 2 else picture
    for file in (downloads / "skimage" / "data" / name for name in ("page.png", "text.png")):
        if file.exists():
            yield f"scan-{file.stem}", cut(read(file), 1.0, 0.5, 0.5)


def scanned(picture: Picture, rng: RNG) -> Picture:
    """Return a page as a scanner or a phone would capture it: tilted, unevenly lit and grainy."""
    askew = picture.rotate(float(rng.uniform(-4, 4)), Image.Resampling.BICUBIC, fillcolor=(120, 115, 110))
    values = np.asarray(askew).astype(float)
    shade = 0.88 + 0.05 * cloud(rng, (picture.height, picture.width), 150)
    return from_array(values * shade[..., None] * np.array([1.0, 0.98, 0.93]) + rng.normal(0, 4, values.shape))


def _page(html: str, rng: RNG, size: tuple[int, int]) -> Picture:
    """Render the upper part of an HTML page, with a random text size and on random paper."""
    document = QTextDocument()
    zoom = rng.uniform(0.8, 1.5) * size[0] / SIZE[0]
    document.setDefaultStyleSheet("body { font-family: 'Noto Sans'; font-size: 14px; } td, th { padding: 4px; }")
    document.setHtml(f"<body>{html}</body>")
    document.setPageSize(QSizeF(size[0] / zoom, -1))
    document.setDocumentMargin(18)
    image = QImage(*size, QImage.Format.Format_RGBX8888)
    image.fill(QColor(PAPERS[int(rng.integers(len(PAPERS)))]))
    painter = QPainter(image)
    painter.scale(zoom, zoom)
    document.drawContents(painter)
    painter.end()
    return from_qt(image)


def _words(rng: RNG, count: int) -> str:
    return " ".join(rng.choice(WORDS, count)).capitalize()


def _prose(rng: RNG, size: tuple[int, int]) -> Picture:
    return _page(f"<h2>{_words(rng, 4)}</h2>" + "".join(f"<p>{_words(rng, 60)}.</p>" for _ in range(8)), rng, size)


def _letter(rng: RNG, size: tuple[int, int]) -> Picture:
    head = f"<h1 style='color:#8a1a4a'>{_words(rng, 2)}</h1><hr><p align='right'>{_words(rng, 3)}<br>{_words(rng, 2)}</p>"
    return _page(f"{head}<p>{_words(rng, 5)},</p><p>{_words(rng, 45)}.</p><p><i>{_words(rng, 3)}</i></p>", rng, size)


def _table(rng: RNG, size: tuple[int, int]) -> Picture:
    colour = QColor.fromHsv(int(rng.integers(360)), 90, 230).name()
    head = "".join(f"<th bgcolor='{colour}'>{word}</th>" for word in rng.choice(WORDS, 6))
    rows = "".join("<tr>" + "".join(f"<td>{value:.2f}</td>" for value in rng.uniform(0, 999, 6)) + "</tr>" for _ in range(16))
    return _page(f"<h3>{_words(rng, 4)}</h3><table border='1' cellspacing='0' width='100%'><tr>{head}</tr>{rows}</table>", rng, size)


def _form(rng: RNG, size: tuple[int, int]) -> Picture:
    rows = "".join(
        f"<tr><td width='35%'><b>{_words(rng, 2)}</b></td><td bgcolor='#ffffff'>{'☐ ' * int(rng.integers(4))}&nbsp;</td></tr>"
        for _ in range(12)
    )
    return _page(f"<h2>{_words(rng, 3)}</h2><table border='1' cellspacing='0' width='100%'>{rows}</table>", rng, size)


def _program(rng: RNG, size: tuple[int, int]) -> Picture:
    word = "<span style='color:#8a1a8a'>return</span>"
    lines = [f"{'    ' * int(rng.integers(4))}{word} {'_'.join(rng.choice(WORDS, 3))}(1)" for _ in range(28)]
    return _page(f"<pre>{chr(10).join(lines)}</pre>", rng, size)


def _slide(rng: RNG, size: tuple[int, int]) -> Picture:
    points = "".join(f"<li style='font-size:22px'>{_words(rng, 5)}</li>" for _ in range(4))
    title = f"<table width='100%' bgcolor='#5b2a6e'><tr><td><h1 style='color:white'>{_words(rng, 3)}</h1></td></tr></table>"
    return _page(f"{title}<ul>{points}</ul>", rng, size)


def _chart(plot: Callable[[RNG, matplotlib.figure.Figure], None]) -> Callable[[RNG, tuple[int, int]], Picture]:
    """Return a function that renders what `plot` draws into a figure."""

    def draw(rng: RNG, size: tuple[int, int]) -> Picture:
        figure = matplotlib.figure.Figure(figsize=(7, 4.6), dpi=size[0] / 7, layout="constrained")
        plot(rng, figure)
        file = io.BytesIO()
        figure.savefig(file, format="png")
        return Image.open(file).convert("RGB")

    return draw


def _lines(rng: RNG, figure: matplotlib.figure.Figure) -> None:
    axes = figure.subplots()
    axes.plot(np.cumsum(rng.normal(0, 1, (200, 4)), axis=0), label=list(rng.choice(WORDS, 4)))
    axes.legend()
    axes.grid()


def _columns(rng: RNG, figure: matplotlib.figure.Figure) -> None:
    figure.subplots().bar(rng.permutation(WORDS)[:8], rng.uniform(1, 9, 8), color=["#d66a9c", "#7a4a9c"])


def _points(rng: RNG, figure: matplotlib.figure.Figure) -> None:
    x, y = rng.normal(0, 1, (2, 900))
    figure.subplots().scatter(x, y, s=rng.uniform(5, 90, 900), c=rng.uniform(0, 1, 900), cmap="RdPu", alpha=0.7)


def _heat(rng: RNG, figure: matplotlib.figure.Figure) -> None:
    axes = figure.subplots()
    figure.colorbar(axes.imshow(rng.uniform(0, 1, (12, 18)), cmap="magma"))
    axes.set_title(_words(rng, 4))


def _shares(rng: RNG, figure: matplotlib.figure.Figure) -> None:
    for axes in figure.subplots(1, 2):
        axes.pie(rng.uniform(1, 5, 5), labels=rng.choice(WORDS, 5), autopct="%.0f %%")


def _counts(rng: RNG, figure: matplotlib.figure.Figure) -> None:
    for axes in figure.subplots(2, 3).flat:
        axes.hist(rng.normal(rng.uniform(-2, 2), 1, 500), bins=30, color="#b05a9c")


PAGES = {"prose": _prose, "letter": _letter, "table": _table, "form": _form, "program": _program, "slide": _slide}
CHARTS = {
    "lines": _chart(_lines), "columns": _chart(_columns), "points": _chart(_points), "heat-map": _chart(_heat), "shares": _chart(_shares),
    "counts": _chart(_counts),
}  # fmt: skip
