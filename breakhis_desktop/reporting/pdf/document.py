"""The report as a whole: pages, their header and footer, and the file."""

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from reportlab import rl_config
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import CondPageBreak, Flowable, PageBreak, Paragraph, SimpleDocTemplate

from breakhis_desktop.domain.notice import RESEARCH_USE
from breakhis_desktop.domain.records import ImageRecord, Ledger, RunFacts
from breakhis_desktop.reporting.atomic_write import write_atomically
from breakhis_desktop.reporting.pdf import style
from breakhis_desktop.reporting.pdf.front_page import front_page
from breakhis_desktop.reporting.pdf.image_tables import done_table, not_done_table
from breakhis_desktop.reporting.pdf.text import REGULAR, drawable, register_fonts
from breakhis_desktop.reporting.run_text import started_at

# Bytes as bytes: as letters, thumbnails would take a quarter more.
rl_config.useA85 = 0

_SMALL = 7.2
_ROOM_FOR_A_SECTION = 50 * mm


def write_pdf(target: Path, facts: RunFacts, ledger: Ledger, records: Sequence[ImageRecord], thumbnails: Mapping[int, bytes]) -> None:
    """Write the report of a run.

    Args:
        target: The PDF file.
        facts: What the run was made with.
        ledger: How its images ended.
        records: Its images, in any order.
        thumbnails: A small JPEG of each image by position; an image without one goes without.

    Raises:
        UserError: The file cannot be written; an older one is as it was.
    """
    register_fonts()
    buffer = BytesIO()
    document = SimpleDocTemplate(
        buffer,
        pagesize=style.PAGE,
        leftMargin=style.MARGIN - 6,  # a frame pads by 6 points
        rightMargin=style.MARGIN - 6,
        topMargin=style.TOP - 6,
        bottomMargin=style.BOTTOM - 6,
        title=f"BreakHis Desktop, report of run {facts.run_id}",
        author=f"BreakHis Desktop {facts.program_version}",
        subject=RESEARCH_USE,
        creator=f"BreakHis Desktop {facts.program_version}",
        lang="en-GB",
        invariant=1,
        initialFontName=REGULAR,
    )
    header = _header(facts)
    document.build(_story(facts, ledger, records, thumbnails), onFirstPage=header, onLaterPages=header, canvasmaker=_NumberedCanvas)
    write_atomically(target, buffer.getvalue())


def _story(facts: RunFacts, ledger: Ledger, records: Sequence[ImageRecord], thumbnails: Mapping[int, bytes]) -> list[Flowable]:
    done = sorted((record for record in records if record.prediction), key=_suspicion)
    rest = sorted((record for record in records if not record.prediction), key=lambda record: record.position)
    official = sum(record.true_subtype is not None for record in done)
    story = front_page(facts, ledger, [verdict for record in done if (verdict := facts.verdict(record))], official)
    if done:
        story += [PageBreak(), Paragraph("Images with a prediction", style.SECTION), _reading_aid(facts)]
        story.append(done_table(facts, done, thumbnails))
    if rest:
        story += [CondPageBreak(_ROOM_FOR_A_SECTION), Paragraph("Images without a prediction", style.SECTION)]
        story.append(not_done_table(facts, rest, thumbnails))
    return story


def _suspicion(record: ImageRecord) -> tuple[float, int]:
    return (-record.prediction.p_malignant if record.prediction else 0.0, record.position)


def _reading_aid(facts: RunFacts) -> Paragraph:
    words = (
        f"Most suspicious first. Bar: calibrated probability of malignant; tick: operating point ({facts.point.threshold:.3f}). "
        f"Below a subtype: its probability."
    )
    if facts.made_at:
        words += f" The run itself was made at {facts.made_at.threshold:.3f} ({facts.made_at.name})."
    return Paragraph(words, style.NOTE)


def _header(facts: RunFacts) -> Callable[[Canvas, Any], None]:
    run = drawable(f"{started_at(facts)} · model {facts.model_id}")

    def draw(canvas: Canvas, _document: object) -> None:
        top = style.PAGE[1] - 13 * mm
        _small_print(canvas, top, "BreakHis Desktop · run report", run)
        canvas.line(style.MARGIN, top - 5, style.PAGE[0] - style.MARGIN, top - 5)

    return draw


def _small_print(canvas: Canvas, baseline: float, left: str, right: str) -> None:
    canvas.setFont(REGULAR, _SMALL)
    canvas.setFillColor(style.MUTED)
    canvas.setStrokeColor(style.LINE)
    canvas.setLineWidth(0.6)
    canvas.drawString(style.MARGIN, baseline, left)
    canvas.drawRightString(style.PAGE[0] - style.MARGIN, baseline, right)


class _NumberedCanvas(Canvas):
    """A canvas that holds its pages back until their number is known, and then writes the footers."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._pages: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802 (reportlab's name)
        """Keep the page."""
        self._pages.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        """Write each page with its footer."""
        for number, page in enumerate(self._pages, start=1):
            self.__dict__.update(page)
            _small_print(self, 10 * mm, RESEARCH_USE, f"Page {number} of {len(self._pages)}")
            self.line(style.MARGIN, 10 * mm + 11, style.PAGE[0] - style.MARGIN, 10 * mm + 11)
            super().showPage()
        super().save()
