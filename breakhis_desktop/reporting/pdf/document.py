"""The complete report: its pages, their header and footer, and the file."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from io import BytesIO
from typing import Any

from reportlab import rl_config
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import CondPageBreak, Flowable, Paragraph, SimpleDocTemplate

from breakhis_desktop.domain.notice import RESEARCH_USE
from breakhis_desktop.reporting.pdf import style
from breakhis_desktop.reporting.pdf.appendix import appendix
from breakhis_desktop.reporting.pdf.case_pages import case_pages, signature
from breakhis_desktop.reporting.pdf.front_page import front_page
from breakhis_desktop.reporting.pdf.image_tables import done_table, not_done_table
from breakhis_desktop.reporting.pdf.patient_table import patient_section
from breakhis_desktop.reporting.pdf.picture_section import picture_section
from breakhis_desktop.reporting.pdf.text import REGULAR, draw_line, drawable, elided, register_fonts
from breakhis_desktop.reporting.pdf.truth_section import review_section, truth_section
from breakhis_desktop.reporting.report import Report
from breakhis_desktop.reporting.run_text import started_at

# Write binary streams: ASCII85 would make thumbnails a quarter larger.
rl_config.useA85 = 0

_SMALL = 7.2
_ROOM_FOR_A_SECTION = 50 * mm
_ROOM_FOR_A_TABLE = 90 * mm
_ROOM_FOR_PICTURES = 80 * mm


def pdf_of(report: Report) -> bytes:
    """Return a report as the bytes of a PDF file; the same report gives the same bytes."""
    register_fonts()
    buffer = BytesIO()
    name = "Case report" if report.options.is_case else "Report on a run"
    document = SimpleDocTemplate(
        buffer,
        pagesize=style.PAGE,
        leftMargin=style.MARGIN - 6,  # a frame pads by 6 points
        rightMargin=style.MARGIN - 6,
        topMargin=style.TOP - 6,
        bottomMargin=style.BOTTOM - 6,
        title=f"BreakHis Desktop, {'case report' if report.options.is_case else 'report'} on run {report.run_info.run_id}",
        author=f"BreakHis Desktop {report.run_info.program_version}",
        subject=RESEARCH_USE,
        creator=f"BreakHis Desktop {report.run_info.program_version}",
        lang="en-GB",
        invariant=1,
        initialFontName=REGULAR,
    )
    header = _header(report, name)
    document.build(_story(report), onFirstPage=header, onLaterPages=header, canvasmaker=partial(_NumberedCanvas, dated=report.dated))
    return buffer.getvalue()


def _story(report: Report) -> list[Flowable]:
    if report.options.is_case:
        return [*case_pages(report), *_not_done(report), signature(), *appendix(report)]
    pictures = picture_section(report)
    return [
        *front_page(report),
        *patient_section(report),
        *truth_section(report),
        *([CondPageBreak(_ROOM_FOR_PICTURES), *pictures] if pictures else []),
        *_done(report),
        *_not_done(report),
        *review_section(report),
        *appendix(report),
    ]


def _done(report: Report) -> list[Flowable]:
    if not report.done:
        return []
    words = (
        f"Most suspicious first. Bar: calibrated probability of malignancy; tick: operating point ({report.run_info.point.threshold:.3f}). "
        "Below a subtype: its probability. Below a folder: the start of the file's SHA-256; CSV, XLSX and JSON have all of it."
    )
    if report.run_info.run_point:
        words += f" The run itself was made at {report.run_info.run_point.threshold:.3f} ({report.run_info.run_point.name})."
    heading = [CondPageBreak(_ROOM_FOR_A_TABLE), Paragraph("Images with a prediction", style.SECTION), Paragraph(words, style.NOTE)]
    return [*heading, done_table(report)]


def _not_done(report: Report) -> list[Flowable]:
    if not report.not_done:
        return []
    heading = [CondPageBreak(_ROOM_FOR_A_SECTION), Paragraph("Images without a prediction", style.SECTION)]
    return [*heading, not_done_table(report)]


def _header(report: Report, name: str) -> Callable[[Canvas, Any], None]:
    run_info = report.run_info
    run = drawable(f"Run {run_info.run_id} · {started_at(run_info)} · model {run_info.model_id}")
    whose = elided(drawable(report.options.laboratory or "BreakHis Desktop"), REGULAR, _SMALL, 0.42 * style.WIDTH)

    def draw(canvas: Canvas, _document: object) -> None:
        top = style.PAGE[1] - 13 * mm
        _small_print(canvas, top, f"{whose} · {name.lower()}", run)
        canvas.line(style.MARGIN, top - 5, style.PAGE[0] - style.MARGIN, top - 5)

    return draw


def _small_print(canvas: Canvas, baseline: float, left: str, right: str) -> None:
    canvas.setFont(REGULAR, _SMALL)
    canvas.setFillColor(style.MUTED)
    canvas.setStrokeColor(style.LINE)
    canvas.setLineWidth(0.6)
    draw_line(canvas, style.MARGIN, baseline, left, _SMALL)
    canvas.setFont(REGULAR, _SMALL)
    canvas.drawRightString(style.PAGE[0] - style.MARGIN, baseline, right)


class _Moment:
    """A date as reportlab writes it into a file: local time, and hours and minutes from UTC."""

    def __init__(self, dated: datetime) -> None:
        minutes = round((dated.utcoffset() or timedelta()).total_seconds() / 60)
        self.YMDhms = dated.timetuple()[:6]
        self.dhh, self.dmm = int(minutes / 60), abs(minutes) % 60


class _NumberedCanvas(Canvas):
    """A canvas that buffers its pages until their number is known, and then writes the footers."""

    def __init__(self, *args: Any, dated: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self._doc._timeStamp = _Moment(dated)  # noqa: SLF001 (reportlab offers the present or the year 2000)
        self._pages: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802 (reportlab's name)
        """Buffer the page."""
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
