"""What humans said of images beside what the models say: a history that only grows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from breakhis_desktop.domain.records import Verdict
from breakhis_desktop.domain.taxonomy import Decision, Subtype


class ReviewAction(StrEnum):
    """What a reviewer did."""

    ACCEPTED = "accepted"
    OVERRIDDEN = "overridden"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Review:
    """One entry in the history of an image.

    Attributes:
        action: What was done.
        decision: What the reviewer says the image is; None where an earlier review is withdrawn.
        subtype: The subtype that goes with it; None where the reviewer leaves it open, or withdraws.
        reason: Why, in the reviewer's words; an override has one.
        reviewer: The reviewer's name.
        made: When, ISO 8601 with offset.
    """

    action: ReviewAction
    decision: Decision | None
    subtype: Subtype | None
    reason: str
    reviewer: str
    made: str

    def __post_init__(self) -> None:
        """Refuse what could not be read back as a human's word; half a character, which no store takes, is written out as its number.

        Raises:
            ValueError: Name, decision or the reason of an override is missing, or the subtype contradicts the decision.
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
"""The reviews of each image of a run that has some, by position, the oldest first."""

NO_REVIEWS: Histories = MappingProxyType({})


def standing_review(history: Iterable[Review]) -> Review | None:
    """Return the review that stands: the last one that was not withdrawn; each withdrawal takes back one, and reveals the one before it.

    Args:
        history: The reviews of one image, the oldest first.
    """
    standing: list[Review] = []
    for review in history:
        if review.action is not ReviewAction.WITHDRAWN:
            standing.append(review)
        elif standing:
            standing.pop()
    return standing[-1] if standing else None


def subtype_to_accept(verdict: Verdict) -> Subtype | None:
    """Return the subtype that accepting a verdict confirms; None where the models disagree, so that it stays open."""
    return verdict.subtype if verdict.subtype.decision is verdict.decision else None


def accept(verdict: Verdict, reviewer: str, made: str) -> Review:
    """Confirm the model's label at the operating point in force; both parts of it are written out."""
    return Review(ReviewAction.ACCEPTED, verdict.decision, subtype_to_accept(verdict), "", reviewer, made)


def withdraw(reviewer: str, made: str) -> Review:
    """Take back the review that stands."""
    return Review(ReviewAction.WITHDRAWN, None, None, "", reviewer, made)


def needs_review(verdict: Verdict | None, review: Review | None) -> bool:
    """Say whether something asks for a human, and none has answered.

    Args:
        verdict: What the models say; None where they were not asked.
        review: The review that stands, if one does.
    """
    return verdict is not None and bool(verdict.review_reasons) and review is None
