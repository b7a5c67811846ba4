"""Makes the report of a run in the store, or of one patient's images in a run."""

import hashlib
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from PIL import Image

from breakhis_desktop.domain.card import ModelCard
from breakhis_desktop.domain.decision import OperatingPoint
from breakhis_desktop.domain.records import ImageRecord
from breakhis_desktop.errors import ImageError, UserError
from breakhis_desktop.files import printable, read_bytes
from breakhis_desktop.imaging.decode import decode
from breakhis_desktop.imaging.heat_colours import overlay
from breakhis_desktop.pipeline.patience import Reader
from breakhis_desktop.reporting.report import Picture, Report, ReportOptions, chosen_images, pictured_images
from breakhis_desktop.store.rows import HeatMaps
from breakhis_desktop.store.store import Store
from breakhis_desktop.store.stored_run import StoredRun
from breakhis_desktop.wording.message import Message
from breakhis_desktop.wording.runs import RunCode

HEAT_MAP_STRENGTH = 0.55
_PICTURE_SIZE = (700, 700)
_LOGO_SIZE = (800, 320)
_THUMBNAIL_SIZE = (160, 120)


def report_pdf(
    store_file: Path, run_id: int, options: ReportOptions, card: ModelCard | None = None, point: OperatingPoint | None = None
) -> bytes:
    """Return the report of a run, as far as it has progressed, as the bytes of a PDF file.

    Args:
        store_file: The store that holds the run.
        run_id: The number of the run.
        options: The user's choices for the report.
        card: The card of the current models, which may differ from those of the run; None if there is none.
        point: The point in force; None for the run's own operating point.

    Raises:
        StoreError: The store cannot be read.
        UserError: The logo cannot be read, the case has no images, or there are too many images for a report.
    """
    from breakhis_desktop.reporting.pdf.document import pdf_of

    with Store(store_file) as store, store.unchanging():
        report = report_of(store.run(run_id), options, card, point)
    return pdf_of(report)


def report_of(run: StoredRun, options: ReportOptions, card: ModelCard | None = None, point: OperatingPoint | None = None) -> Report:
    """Gather the contents of a report; see `report_pdf`."""
    run_info, records = run.info(), run.records()
    chosen, pictured = chosen_images(records, options), pictured_images(records, options)
    return Report(
        run_info=run_info.seen_from(point) if point else run_info,
        ledger=run.ledger(),
        records=records,
        thumbnails={record.position: small for record in chosen if (small := _small(run.thumbnail(record.position)))},
        pictures=dict(_pictures(run, pictured)),
        reviews=run.reviews(),
        card=card if card is not None and card.made(run_info.model_id, run_info.file_hashes) else None,
        options=options,
        logo=read_logo(options.logo) if options.logo else b"",
    )


def read_logo(file: Path) -> bytes:
    """Return a laboratory's logo as a PNG, scaled down to the size that a report needs.

    Raises:
        UserError: The logo cannot be read.
    """
    try:
        logo = decode(Reader().read(file, read_bytes))
    except (ImageError, OSError, ValueError) as error:  # ValueError: a name that no file can have
        raise UserError(Message.of(RunCode.REPORT_LOGO_UNREADABLE, file=printable(file.name))) from error
    logo.thumbnail(_LOGO_SIZE, Image.Resampling.LANCZOS)
    return _written(logo, "PNG")


def _pictures(run: StoredRun, records: Iterable[ImageRecord]) -> Iterable[tuple[int, Picture]]:
    reader = Reader()
    for record in records:
        picture = picture_of(record, run.heat_maps(record.position), run.thumbnail(record.position), reader)
        if picture is not None:
            yield record.position, picture


def picture_of(record: ImageRecord, heat_maps: HeatMaps | None, thumbnail: bytes, reader: Reader) -> Picture | None:
    """Return an image with its heat map: from its file if that is unchanged since it was classified, else from the stored thumbnail.

    Args:
        record: The image.
        heat_maps: The stored heat maps; None if there are none.
        thumbnail: A small JPEG; empty if there is none.
        reader: Reads the file, if it answers.

    Returns:
        The picture; None if neither file nor thumbnail can be shown.
    """
    image, note = _image_of(record, thumbnail, reader)
    if image is None:
        return None
    image.thumbnail(_PICTURE_SIZE, Image.Resampling.BICUBIC)
    heat_map = _written(overlay(image, heat_maps[0], HEAT_MAP_STRENGTH), "JPEG") if heat_maps is not None else b""
    return Picture(_written(image, "JPEG"), heat_map, note)


def _image_of(record: ImageRecord, thumbnail: bytes, reader: Reader) -> tuple[Image.Image | None, Message | None]:
    note = Message.of(RunCode.REPORT_FILE_GONE)
    try:
        data = reader.read(record.path, read_bytes)
        if hashlib.sha256(data).hexdigest() == record.sha256:
            return decode(data), None
        note = Message.of(RunCode.REPORT_FILE_CHANGED)
    except (ImageError, OSError):
        pass  # the note says so in the report
    return _decoded(thumbnail), note


def _decoded(thumbnail: bytes, within: tuple[int, int] | None = None) -> Image.Image | None:
    """Decode a stored thumbnail; None if there is none, or if it cannot be decoded because another program has changed it."""
    try:
        return decode(thumbnail, within) if thumbnail else None
    except ImageError:
        return None


def _small(thumbnail: bytes) -> bytes:
    """Return a stored thumbnail in the size at which a report shows it; empty if there is none that can be read."""
    image = _decoded(thumbnail, _THUMBNAIL_SIZE)
    if image is None:
        return b""
    image.thumbnail(_THUMBNAIL_SIZE, Image.Resampling.BICUBIC)
    return _written(image, "JPEG")


def _written(image: Image.Image, kind: str) -> bytes:
    buffer = BytesIO()
    image.save(buffer, kind, quality=85)
    return buffer.getvalue()
