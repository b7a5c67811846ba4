"""What images really are, as far as it is known, and how often the models agree.

An official file name is truth: the data set's own diagnosis, made for the whole slide. A review is truth where there is no such name. A
review of an image with an official name is kept and shown, and where it says otherwise that is told; figures go by the name.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from breakhis_desktop.domain.records import ImageRecord, Verdict
from breakhis_desktop.domain.review import Histories, Review, standing_review
from breakhis_desktop.domain.taxonomy import Decision, Subtype

OFFICIAL_NAME = "official name"


@dataclass(frozen=True, slots=True)
class Truth:
    """What an image is, and who says so.

    Attributes:
        decision: Benign or malignant.
        subtype: The subtype; None where a reviewer left it open.
        official: Whether an official name says so; else it is the review.
        review: The review that stands, whether or not the name outranks it; None where there is none.
    """

    decision: Decision
    subtype: Subtype | None
    official: bool
    review: Review | None = None

    @property
    def source(self) -> str:
        """Who says so, in words."""
        return OFFICIAL_NAME if self.official or self.review is None else f"reviewed by {self.review.reviewer}"

    @property
    def contradicted(self) -> bool:
        """Whether a reviewer says otherwise than the official name."""
        if not self.official or self.review is None:
            return False
        return self.review.decision is not self.decision or self.review.subtype not in {None, self.subtype}


def truth_of(record: ImageRecord, review: Review | None) -> Truth | None:
    """Return what an image is by its official name, else by the review that stands; None where neither says."""
    if record.true_subtype is not None:
        return Truth(record.true_subtype.decision, record.true_subtype, official=True, review=review)
    if review is None or review.decision is None:
        return None
    return Truth(review.decision, review.subtype, official=False, review=review)


def truths(records: Iterable[ImageRecord], reviews: Histories) -> dict[int, Truth]:
    """Return what is known of the images of a run, by position.

    Args:
        records: The images.
        reviews: The history of each image that has one, by position.
    """
    standing = {position: review for position, history in reviews.items() if (review := standing_review(history)) is not None}
    return truths_of(records, standing)


def truths_of(records: Iterable[ImageRecord], standing: Mapping[int, Review]) -> dict[int, Truth]:
    """Return what is known of the images of a run, by position, given the reviews that stand."""
    found = {record.position: truth_of(record, standing.get(record.position)) for record in records}
    return {position: truth for position, truth in found.items() if truth is not None}


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often the models agree with the truth, over the images of a run that have both.

    Truth by review is no independent measure: the reviewer saw the model's label, and looked at what was in doubt first.

    Attributes:
        decisions: Images by true and called decision.
        subtypes: Images by true and called subtype; those whose true subtype is open stand in none.
        sources: Images by who says what is true.
        contradicted: Images whose official name a reviewer contradicts.
    """

    decisions: Counter[tuple[Decision, Decision]]
    subtypes: Counter[tuple[Subtype, Subtype]]
    sources: Counter[str]
    contradicted: int

    @property
    def images(self) -> int:
        """How many images were compared."""
        return self.decisions.total()


def confusion(verdicts: Mapping[int, Verdict], known: Mapping[int, Truth]) -> Confusion:
    """Compare what the models say of the images of a run with what they are.

    Args:
        verdicts: What was decided at the operating point in force, by position.
        known: What `truths` gives.
    """
    both = [(known[position], verdict) for position, verdict in verdicts.items() if position in known]
    return Confusion(
        decisions=Counter((truth.decision, verdict.decision) for truth, verdict in both),
        subtypes=Counter((truth.subtype, verdict.subtype) for truth, verdict in both if truth.subtype is not None),
        sources=Counter(truth.source for truth, _ in both),
        contradicted=sum(truth.contradicted for truth, _ in both),
    )
