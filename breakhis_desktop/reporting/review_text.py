"""What a reviewer said, in words, the same in every output that people read."""

from datetime import datetime

from breakhis_desktop.domain.review import Review


def said(review: Review) -> str:
    """Return what was done and what the reviewer says the image is."""
    label = [review.decision.value if review.decision else "", review.subtype.name if review.subtype else ""]
    return " ".join(filter(None, (review.action.value, ", ".join(filter(None, label)))))


def made_at(review: Review) -> str:
    """Return when the review was made, to the minute, with its offset from UTC."""
    return datetime.fromisoformat(review.made).isoformat(sep=" ", timespec="minutes")
