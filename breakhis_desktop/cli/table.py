"""The table that `breakhis-classify` prints if no output is named."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from pathlib import Path

from breakhis_desktop.domain.records import ImageRecord, RunInfo
from breakhis_desktop.files import printable
from breakhis_desktop.reporting.report import most_suspicious

_GAP = "  "
_HEADER = ("image", "patient", "malignant", "decision", "subtype", "review")
_PATIENT = 1


def table_of(run_info: RunInfo, records: Sequence[ImageRecord]) -> str:
    """Return the table as text: a header and a line for each image, most suspicious first; without known patients, omit their column."""
    records = most_suspicious(records)
    names = distinct_names([record.path for record in records])
    rows = [_HEADER, *((name, *_cells(run_info, record)) for name, record in zip(names, records, strict=True))]
    if not any(record.patient_id for record in records):
        rows = [(*row[:_PATIENT], *row[_PATIENT + 1 :]) for row in rows]
    widths = _widths(rows)
    return "".join(f"{_line(row, widths)}\n" for row in rows)


def distinct_names(paths: Iterable[Path]) -> list[str]:
    """Return each file's name, preceded by as many of its folders as are needed to tell files of the same name apart."""
    paths = list(paths)
    parts = dict.fromkeys(paths, 1)
    clashing = list(parts)
    while clashing:
        alike = defaultdict(list)
        for path in clashing:
            alike[path.parts[-parts[path] :]].append(path)
        clashing = [path for found in alike.values() if len(found) > 1 for path in found if parts[path] < len(path.parts)]
        for path in clashing:
            parts[path] += 1
    return [printable(Path(*path.parts[-parts[path] :])) for path in paths]


def _cells(run_info: RunInfo, record: ImageRecord) -> tuple[str, ...]:
    """Return the cells after the image's name; for an image that is not done, the reason replaces all cells after the patient."""
    verdict, patient = run_info.verdict(record), printable(record.patient_id)
    if verdict is None or record.prediction is None:
        return patient, printable(f"{record.status}: {record.reason}")
    review = printable(", ".join(map(str, verdict.review_reasons)))
    return patient, f"{record.prediction.p_malignant:.3f}", verdict.decision, verdict.subtype.name, review


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    """Return the widths to which cells are padded; the last cell of each line is not padded, so its length does not count."""
    columns = zip_longest(*(row[:-1] for row in rows), fillvalue="")
    return [max(map(_width, column)) for column in columns]


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    padded = (cell + " " * (width - _width(cell)) for cell, width in zip(row, (*widths, 0), strict=False))
    return _GAP.join(padded).rstrip()


def _width(text: str) -> int:
    """Return how many terminal columns a text takes: two for each Chinese, Japanese or Korean character, none for a combining character."""
    return sum(0 if unicodedata.combining(one) else 1 + (unicodedata.east_asian_width(one) in {"W", "F"}) for one in text)
