"""The table that a call without an output prints."""

import sys
from collections.abc import Sequence

from breakhis_desktop.console import silence
from breakhis_desktop.domain.records import ImageRecord, RunInfo
from breakhis_desktop.errors import UserError
from breakhis_desktop.files import printable
from breakhis_desktop.reporting.report import most_suspicious
from breakhis_desktop.wording.message import Message
from breakhis_desktop.wording.runs import RunCode


def print_table(run_info: RunInfo, records: Sequence[ImageRecord]) -> None:
    """Print a line for each image, most suspicious first.

    Raises:
        UserError: Standard output accepts no more.
    """
    if sys.stdout is None:
        return
    records = most_suspicious(records)
    names = [printable(record.path.name) for record in records]
    width = max(map(len, names))
    try:
        for name, record in zip(names, records, strict=True):
            print(f"{name:<{width}}  {printable(_row_words(run_info, record))}")
        sys.stdout.flush()
    except OSError as error:
        silence(sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):  # a reader that closes the pipe has seen enough
            raise UserError(Message.of(RunCode.CLI_TABLE_NOT_PRINTED, error=error.strerror)) from error


def _row_words(run_info: RunInfo, record: ImageRecord) -> str:
    verdict = run_info.verdict(record)
    if verdict is None or record.prediction is None:
        return f"{record.status}: {record.reason}"
    review = f"  review: {', '.join(map(str, verdict.review_reasons))}" if verdict.review_reasons else ""
    return f"{record.prediction.p_malignant:.3f}  {verdict.decision:<9}  {verdict.subtype.name:<18}{review}".rstrip()
