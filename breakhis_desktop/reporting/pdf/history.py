"""Tables of the review history."""

from collections.abc import Iterable
from datetime import datetime

from reportlab.lib.units import mm
from reportlab.platypus import Table

from breakhis_desktop.domain.review import Review
from breakhis_desktop.reporting.pdf import style
from breakhis_desktop.reporting.pdf.fact_tables import gridded
from breakhis_desktop.reporting.review_text import said
from breakhis_desktop.reporting.times import local_time

_MADE, _REVIEWER, _REVIEW, _IMAGE = 43 * mm, 24 * mm, 36 * mm, 42 * mm


def history_of_images(entries: Iterable[tuple[str, Review]]) -> Table:
    """Return the reviews of several images, each with its file name, oldest first."""
    ordered = sorted(entries, key=lambda entry: (datetime.fromisoformat(entry[1].made), entry[0]))
    rows = [(local_time(review.made), review.reviewer, name, said(review), review.reason) for name, review in ordered]
    widths = (_MADE, _REVIEWER, _IMAGE, _REVIEW, style.WIDTH - _MADE - _REVIEWER - _IMAGE - _REVIEW)
    return gridded(("Made", "Reviewer", "Image", "Review", "Reason"), rows, widths)


def history_of_image(reviews: Iterable[Review]) -> Table:
    """Return the reviews of one image, in order."""
    rows = [(local_time(review.made), review.reviewer, said(review), review.reason) for review in reviews]
    return gridded(("Made", "Reviewer", "Review", "Reason"), rows, (_MADE, _REVIEWER, _REVIEW, style.WIDTH - _MADE - _REVIEWER - _REVIEW))
