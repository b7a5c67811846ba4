"""Summarises a run in counts, for window and report: decisions, probabilities, subtypes, reasons, agreement with the truth."""

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from breakhis_desktop.domain.histogram import histogram
from breakhis_desktop.domain.records import ImageRecord, RunInfo, Status
from breakhis_desktop.domain.taxonomy import SUBTYPES, Decision
from breakhis_desktop.domain.truth import Confusion, Truth, confusion
from breakhis_desktop.wording.message import Code, Message, render

BINS = 20
"""Number of bins in the histogram of probabilities."""


@dataclass(frozen=True, slots=True)
class ReasonCount:
    """The number of a run's images that were refused, or that failed, for the same reason.

    Attributes:
        status: Refused or failed.
        reason: The first image's reason; show it without its figures, which may differ for other images.
        images: The number of images.
    """

    status: Status
    reason: Message
    images: int


@dataclass(frozen=True, slots=True)
class RunSummary:
    """The results of a run in counts.

    Attributes:
        judged: The number of images with a prediction.
        malignant: The number of these called malignant.
        needs_review: The number of images with a prediction that have a reason for review and no review yet.
        reviewed: The number of images that have a reason for review, and a review.
        probabilities: Images by probability of malignant, `BINS` counts from 0 to 1.
        subtypes: Images by most probable subtype, eight counts.
        not_analysed: Why images were refused or failed, with counts, most frequent first.
        confusion: Agreement with the truth, for images whose truth is known.
    """

    judged: int
    malignant: int
    needs_review: int
    reviewed: int
    probabilities: tuple[int, ...]
    subtypes: tuple[int, ...]
    not_analysed: tuple[ReasonCount, ...]
    confusion: Confusion

    @property
    def benign(self) -> int:
        """The number of images called benign."""
        return self.judged - self.malignant


def summarise_run(
    run_info: RunInfo, records: Sequence[ImageRecord], known: Mapping[int, Truth], reviewed: Container[int] = ()
) -> RunSummary:
    """Summarise a run.

    Args:
        run_info: The run's settings; its operating point decides.
        records: The images that have ended.
        known: The truth about images, by position.
        reviewed: The positions of images that have a review.
    """
    verdicts = {record.position: verdict for record in records if (verdict := run_info.verdict(record)) is not None}
    p = [record.prediction.p_malignant for record in records if record.prediction]
    chosen = Counter(verdict.subtype for verdict in verdicts.values())
    asking = {position for position, verdict in verdicts.items() if verdict.review_reasons}
    answered = sum(position in reviewed for position in asking)
    return RunSummary(
        judged=len(p),
        malignant=sum(verdict.decision is Decision.MALIGNANT for verdict in verdicts.values()),
        needs_review=len(asking) - answered,
        reviewed=answered,
        probabilities=histogram(p, BINS),
        subtypes=tuple(chosen[subtype] for subtype in SUBTYPES),
        not_analysed=tuple(count_reasons(records)),
        confusion=confusion(verdicts, known),
    )


def count_reasons(records: Iterable[ImageRecord]) -> list[ReasonCount]:
    """Count refused and failed images by reason, the most frequent first."""
    reasons = [(record.status, record.reason) for record in records if record.status in {Status.REFUSED, Status.FAILED} and record.reason]
    first = {(status, _kind(reason)): reason for status, reason in reversed(reasons)}
    counts = Counter((status, _kind(reason)) for status, reason in reasons)
    found = [ReasonCount(status, first[status, kind], images) for (status, kind), images in counts.items()]
    return sorted(found, key=lambda one: (-one.images, one.status, render(one.reason, figures=False)))


def _kind(reason: Message) -> Message | Code:
    """Return the key under which reasons are counted: the code, or the message if its wording has no separate figures."""
    return reason if isinstance(reason.code.wording, str) else reason.code
