"""Counts over the images of a run."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from breakhis_desktop.domain.records import ImageRecord, Status
from breakhis_desktop.wording.message import Code, Message


@dataclass(frozen=True, slots=True)
class ReasonCount:
    """The number of images of a run that were refused, or failed, for the same reason.

    Attributes:
        status: Refused or failed.
        reason: The first image's reason; show it without its figures, which may differ for the other images.
        images: The number of images.
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
    """Return the key under which reasons are counted: the code, or the message if its wording has no separate figures."""
    return reason if isinstance(reason.code.wording, str) else reason.code
