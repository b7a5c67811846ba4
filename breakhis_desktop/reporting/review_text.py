"""Reviews as text, the same in every output for human readers."""

from breakhis_desktop.domain.review import Review


def said(review: Review) -> str:
    """Return the action of a review, with the reviewer's decision and subtype."""
    label = [review.decision.value if review.decision else "", review.subtype.name if review.subtype else ""]
    return " ".join(filter(None, (review.action.value, ", ".join(filter(None, label)))))
