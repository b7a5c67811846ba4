"""The rows of a run as a data frame for spreadsheets."""

from collections.abc import Iterable

import pandas as pd

from breakhis_desktop.domain.records import ImageRecord, RunInfo
from breakhis_desktop.domain.review import NO_REVIEWS, Histories
from breakhis_desktop.reporting.rows import (
    BOOLEAN_COLUMNS,
    COLUMNS,
    FLOAT_COLUMNS,
    INTEGER_COLUMNS,
    TEXT_COLUMNS,
    escape_formula,
    image_rows,
)

_TYPES = {
    **dict.fromkeys(FLOAT_COLUMNS, "float64"),
    **dict.fromkeys(INTEGER_COLUMNS, "Int64"),
    **dict.fromkeys(BOOLEAN_COLUMNS, "boolean"),
}


def image_frame(run_info: RunInfo, records: Iterable[ImageRecord], reviews: Histories = NO_REVIEWS) -> pd.DataFrame:
    """Return one row per image in the columns of `COLUMNS`; numbers stay numbers, and no text can run as a spreadsheet formula."""
    frame = pd.DataFrame(image_rows(run_info, records, reviews), columns=list(COLUMNS), dtype=object)
    for column in TEXT_COLUMNS:
        frame[column] = frame[column].map(escape_formula, na_action="ignore")
    return frame.astype(_TYPES)
