"""The true diagnosis of images, as far as it is known, and how often the models agree with it.

An official file name gives the truth: the data set's diagnosis, made for the whole slide. Without such a name, the review in force gives
the truth. A review of an image with an official name is kept and shown, and a contradiction is pointed out, but the figures follow the
name.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from breakhis_desktop.domain.records import ImageRecord, Verdict
from breakhis_desktop.domain.review import Histories, Review, standing_review
from breakhis_desktop.domain.taxonomy import Decision, Subtype

OFFICIAL_NAME = "official name"

REVIEWS_OF_EACH_CLASS = 20
"""The models are compared with reviews only if reviewers have called at least this many images benign, and as many malignant.

A single image then makes up at most 5 % of its class.
"""


@dataclass(frozen=True, slots=True)
class Truth:
    """The true diagnosis of an image and its source.

    Attributes:
        decision: Benign or malignant.
        subtype: The subtype; None if a reviewer left it open.
        official: Whether the source is the official name; else it is the review.
        review: The review in force, even if the official name outranks it; None if there is none.
    """

    decision: Decision
    subtype: Subtype | None
    official: bool
    review: Review | None = None

    @property
    def source(self) -> str:
        """The source, in words."""
        return OFFICIAL_NAME if self.official or self.review is None else f"reviewed by {self.review.reviewer}"

    @property
    def contradicted(self) -> bool:
        """Whether a reviewer contradicts the official name."""
        if not self.official or self.review is None:
            return False
        return self.review.decision is not self.decision or self.review.subtype not in {None, self.subtype}


def truth_of(record: ImageRecord, review: Review | None) -> Truth | None:
    """Return the truth from the official name, else from the review in force; None if there is neither."""
    if record.true_subtype is not None:
        return Truth(record.true_subtype.decision, record.true_subtype, official=True, review=review)
    if review is None or review.decision is None:
        return None
    return Truth(review.decision, review.subtype, official=False, review=review)


def truths(records: Iterable[ImageRecord], reviews: Histories) -> dict[int, Truth]:
    """Return the known truth of a run's images, by position.

    Args:
        records: The images.
        reviews: The review history of each reviewed image, by position.
    """
    standing = {position: review for position, history in reviews.items() if (review := standing_review(history)) is not None}
    return truths_of(records, standing)


def truths_of(records: Iterable[ImageRecord], standing: Mapping[int, Review]) -> dict[int, Truth]:
    """Return the known truth of a run's images, by position, given the reviews in force."""
    found = {record.position: truth_of(record, standing.get(record.position)) for record in records}
    return {position: truth for position, truth in found.items() if truth is not None}


def official_only(known: Mapping[int, Truth]) -> dict[int, Truth]:
    """Return the truth from official names, the only truth established by people who did not see the models' label."""
    return {position: truth for position, truth in known.items() if truth.official}


def reviews_only(known: Mapping[int, Truth]) -> dict[int, Truth]:
    """Return what the reviews in force say, including reviews that an official name outranks."""
    in_force = {position: truth.review for position, truth in known.items()}
    return {
        position: Truth(review.decision, review.subtype, official=False, review=review)
        for position, review in in_force.items()
        if review is not None and review.decision is not None
    }


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often the verdict agrees with the truth, or with the review, over all images of a run that have both.

    Reviews are not independent: the reviewer saw the model's label, and looked at doubtful images first.

    Attributes:
        decisions: Number of images by true and predicted decision.
        subtypes: Number of images by true and predicted subtype, without images whose true subtype is open.
        sources: Number of images by source of the truth.
        contradicted: Number of images whose official name a reviewer contradicts.
    """

    decisions: Counter[tuple[Decision, Decision]]
    subtypes: Counter[tuple[Subtype, Subtype]]
    sources: Counter[str]
    contradicted: int

    @property
    def images(self) -> int:
        """The number of images compared."""
        return self.decisions.total()

    def of_class(self, decision: Decision) -> int:
        """Return the number of images that have this class according to the truth, or to the reviews."""
        return sum(count for (true, _), count in self.decisions.items() if true is decision)


def confusion(verdicts: Mapping[int, Verdict], known: Mapping[int, Truth]) -> Confusion:
    """Compare the verdicts on a run's images with the truth.

    Args:
        verdicts: The verdicts at the operating point in force, by position.
        known: The truth of images, or what reviews say about them, by position.
    """
    both = [(known[position], verdict) for position, verdict in verdicts.items() if position in known]
    return Confusion(
        decisions=Counter((truth.decision, verdict.decision) for truth, verdict in both),
        subtypes=Counter((truth.subtype, verdict.subtype) for truth, verdict in both if truth.subtype is not None),
        sources=Counter(truth.source for truth, _ in both),
        contradicted=sum(truth.contradicted for truth, _ in both),
    )
