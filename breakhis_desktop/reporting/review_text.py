"""Reviews as text, the same in every output for human readers."""

from breakhis_desktop.domain.review import Review, ReviewCounts


def said(review: Review) -> str:
    """Return the action of a review, with the reviewer's decision and subtype."""
    label = [review.decision.value if review.decision else "", review.subtype.name if review.subtype else ""]
    return " ".join(filter(None, (review.action.value, ", ".join(filter(None, label)))))


def reviewed_words(reviews: ReviewCounts) -> str:
    """Return how reviewers have decided on images, such as "2 of 5 images reviewed malignant, 1 benign"; empty if there is no review."""
    if not reviews.reviewed:
        return ""
    (number, decision), *others = reviews.by_decision
    images = "image" if reviews.images == 1 else "images"
    said = f"{number:,} of {reviews.images:,} {images} reviewed {decision.value}"
    return ", ".join([said, *(f"{number:,} {decision.value}" for number, decision in others)])
