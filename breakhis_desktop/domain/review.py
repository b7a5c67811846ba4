"""Reviews: what humans say about images, kept as a history; entries are added to it, but never changed or removed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from breakhis_desktop.domain.records import ImageRecord, Verdict
from breakhis_desktop.domain.taxonomy import Decision, Subtype


class ReviewAction(StrEnum):
    """What a reviewer did."""

    ACCEPTED = "accepted"
    OVERRIDDEN = "overridden"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Review:
    """One entry in the review history of an image.

    Attributes:
        action: What the reviewer did.
        decision: The reviewer's decision; None if the entry withdraws a review.
        subtype: The reviewer's subtype; None if left open, or if the entry withdraws a review.
        reason: The reviewer's reason; an override must have one.
        reviewer: The reviewer's name.
        made: The time of the review, ISO 8601 with offset.
    """

    action: ReviewAction
    decision: Decision | None
    subtype: Subtype | None
    reason: str
    reviewer: str
    made: str

    def __post_init__(self) -> None:
        """Reject incomplete or contradictory reviews, and escape lone surrogates, which SQLite cannot store.

        Raises:
            ValueError: The reviewer's name is missing; the decision is missing, or is given with a withdrawal; an override has no reason;
                or the subtype contradicts the decision.
        """
        for name, text in (("reason", self.reason), ("reviewer", self.reviewer)):
            object.__setattr__(self, name, text.encode(errors="backslashreplace").decode())
        if not self.reviewer.strip():
            raise ValueError("a review needs the reviewer's name")
        if (self.decision is None) is not (self.action is ReviewAction.WITHDRAWN):
            raise ValueError(f"{self.action} with decision {self.decision}")
        if self.subtype is not None and self.subtype.decision is not self.decision:
            raise ValueError(f"{self.subtype.name} is not {self.decision}")
        if self.action is ReviewAction.OVERRIDDEN and not self.reason.strip():
            raise ValueError("an override needs a reason")


Histories = Mapping[int, Sequence[Review]]
"""The reviews of each reviewed image of a run, by position, the oldest review first."""

NO_REVIEWS: Histories = MappingProxyType({})


def standing_review(history: Iterable[Review]) -> Review | None:
    """Return the review in force: the last one not withdrawn; each withdrawal takes back one review and restores the one before it.

    Args:
        history: The reviews of one image, the oldest first.
    """
    standing: list[Review] = []
    for review in history:
        kept = standing_after(len(standing), review.action)
        standing = [*standing, review] if kept > len(standing) else standing[:kept]
    return standing[-1] if standing else None


@dataclass(frozen=True, slots=True)
class ReviewCounts:
    """How people have decided on some images, such as those of a patient.

    Attributes:
        images: The number of images that have a prediction or a review.
        malignant: The number of images that were reviewed as malignant.
        benign: The number of images that were reviewed as benign.
    """

    images: int
    malignant: int = 0
    benign: int = 0

    @property
    def reviewed(self) -> int:
        """The number of images that have a review."""
        return self.malignant + self.benign

    @property
    def by_decision(self) -> list[tuple[int, Decision]]:
        """The decisions that occur, each with the number of its images, malignant first."""
        counts = ((self.malignant, Decision.MALIGNANT), (self.benign, Decision.BENIGN))
        return [(number, decision) for number, decision in counts if number]


def count_reviews(records: Iterable[ImageRecord], in_force: Mapping[int, Review]) -> ReviewCounts:
    """Count the decisions on some images; an image without a prediction counts only if it has a review.

    Args:
        records: The images.
        in_force: The review in force of each reviewed image, by position.
    """
    counted = [record for record in records if record.prediction is not None or record.position in in_force]
    said = [in_force[record.position].decision for record in counted if record.position in in_force]
    return ReviewCounts(len(counted), said.count(Decision.MALIGNANT), said.count(Decision.BENIGN))


def standing_after(standing: int, action: str) -> int:
    """Return how many reviews of an image are not withdrawn, once one more entry is added to its history.

    Args:
        standing: The number of reviews that are not withdrawn before that entry.
        action: What the reviewer did in that entry.
    """
    return max(0, standing - 1) if action == ReviewAction.WITHDRAWN else standing + 1


def subtype_to_accept(verdict: Verdict) -> Subtype | None:
    """Return the subtype that a reviewer confirms by accepting a verdict; None if the models disagree, which leaves the subtype open."""
    return verdict.subtype if verdict.subtype.decision is verdict.decision else None


def accept(verdict: Verdict, reviewer: str, made: str) -> Review:
    """Return a review that confirms the verdict; it repeats the decision and subtype, so that it is complete without the verdict."""
    return Review(ReviewAction.ACCEPTED, verdict.decision, subtype_to_accept(verdict), "", reviewer, made)


def withdraw(reviewer: str, made: str) -> Review:
    """Return an entry that takes back the review in force."""
    return Review(ReviewAction.WITHDRAWN, None, None, "", reviewer, made)


def needs_review(verdict: Verdict | None, review: Review | None) -> bool:
    """Return whether an image has a reason for review and no review yet.

    Args:
        verdict: The models' verdict; None if the image was not analysed.
        review: The review in force, if any.
    """
    return verdict is not None and bool(verdict.review_reasons) and review is None
