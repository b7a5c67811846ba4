"""What a run found, in counts."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from breakhis_desktop.domain.records import ImageRecord, Status
from breakhis_desktop.wording.message import Code, Message


@dataclass(frozen=True, slots=True)
class ReasonCount:
    """How many images of a run ended in one way for one reason.

    Attributes:
        status: Refused or failed.
        reason: The reason of the first of them; to be shown without its figures, in which the others may differ.
        images: Their number.
    """

    status: Status
    reason: Message
    images: int


def count_reasons(records: Iterable[ImageRecord]) -> list[ReasonCount]:
    """Count refused and failed images by reason, the most frequent first."""
    reasons = [(record.status, record.reason) for record in records if record.status in {Status.REFUSED, Status.FAILED} and record.reason]
    first = {(status, _kind(reason)): reason for status, reason in reversed(reasons)}
    counts = Counter((status, _kind(reason)) for status, reason in reasons)
    found = [ReasonCount(status, first[status, kind], images) for (status, kind), images in counts.items()]
    return sorted(found, key=lambda one: (-one.images, one.status, one.reason.code.finding(figures=False)))


def _kind(reason: Message) -> Message | Code:
    """Return what images of one kind share: the code, or the message where its wording has no part for figures."""
    return reason if isinstance(reason.code.wording, str) else reason.code
