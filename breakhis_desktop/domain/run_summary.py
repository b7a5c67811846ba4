"""Summarises a run in counts, for window and report: decisions, probabilities, subtypes, reasons, agreement with the truth."""

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from breakhis_desktop.domain.histogram import histogram
from breakhis_desktop.domain.records import ImageRecord, RunInfo, Status
from breakhis_desktop.domain.taxonomy import SUBTYPES, Decision
from breakhis_desktop.domain.truth import REVIEWS_OF_EACH_CLASS, Confusion, Truth, confusion, official_only, reviews_only
from breakhis_desktop.wording.message import Code, Message, render

BINS = 20
"""Number of bins in the histogram of probabilities."""


@dataclass(frozen=True, slots=True)
class ReasonCount:
    """The number of a run's images that were refused, or that failed, for the same reason.

    Attributes:
        status: Refused or failed.
        reason: The reason of the first of these images; show it without its figures, which may differ between the images.
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
        malignant: The number of these images whose verdict is malignant.
        needs_review: The number of images with a prediction that have a reason for review and no review yet.
        reviewed: The number of images that have a reason for review, and a review.
        probabilities: The number of images in each of `BINS` bins of the probability that an image is malignant, from 0 to 1.
        subtypes: The number of images with each of the eight subtypes as the most probable, in the order of `SUBTYPES`.
        not_analysed: Why images were refused or failed, with counts, most frequent first.
        confusion: Agreement with official names, for images that have one.
        beside_reviews: Agreement with the reviews in force, for images that have one.
    """

    judged: int
    malignant: int
    needs_review: int
    reviewed: int
    probabilities: tuple[int, ...]
    subtypes: tuple[int, ...]
    not_analysed: tuple[ReasonCount, ...]
    confusion: Confusion
    beside_reviews: Confusion

    @property
    def benign(self) -> int:
        """The number of images whose verdict is benign."""
        return self.judged - self.malignant

    @property
    def has_enough_reviews(self) -> bool:
        """Whether enough images of each class are reviewed for a comparison with the models."""
        return all(self.beside_reviews.of_class(decision) >= REVIEWS_OF_EACH_CLASS for decision in Decision)


def summarise_run(
    run_info: RunInfo, records: Sequence[ImageRecord], known: Mapping[int, Truth], reviewed: Container[int] = ()
) -> RunSummary:
    """Summarise a run.

    Args:
        run_info: The run's settings; its operating point decides which images are called malignant.
        records: The finished images, whatever their status.
        known: The truth about the images, known from official names or reviews, by position.
        reviewed: The positions of images that have a review.
    """
    verdicts = {record.position: verdict for record in records if (verdict := run_info.verdict(record)) is not None}
    p = [record.prediction.p_malignant for record in records if record.prediction]
    chosen = Counter(verdict.subtype for verdict in verdicts.values())
    doubtful = {position for position, verdict in verdicts.items() if verdict.review_reasons}
    with_review = sum(position in reviewed for position in doubtful)
    return RunSummary(
        judged=len(p),
        malignant=sum(verdict.decision is Decision.MALIGNANT for verdict in verdicts.values()),
        needs_review=len(doubtful) - with_review,
        reviewed=with_review,
        probabilities=histogram(p, BINS),
        subtypes=tuple(chosen[subtype] for subtype in SUBTYPES),
        not_analysed=tuple(count_reasons(records)),
        confusion=confusion(verdicts, official_only(known)),
        beside_reviews=confusion(verdicts, reviews_only(known)),
    )


def count_reasons(records: Iterable[ImageRecord]) -> list[ReasonCount]:
    """Count refused and failed images by reason, the most frequent first."""
    reasons = [(record.status, record.reason) for record in records if record.status in {Status.REFUSED, Status.FAILED} and record.reason]
    first = {(status, _kind(reason)): reason for status, reason in reversed(reasons)}
    counts = Counter((status, _kind(reason)) for status, reason in reasons)
    found = [ReasonCount(status, first[status, kind], images) for (status, kind), images in counts.items()]
    return sorted(found, key=lambda one: (-one.images, one.status, render(one.reason, figures=False)))


def _kind(reason: Message) -> Message | Code:
    """Return the key by which a reason is counted: its code, or the whole message if the wording is plain text, which may hold figures."""
    return reason if isinstance(reason.code.wording, str) else reason.code
