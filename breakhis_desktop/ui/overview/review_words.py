"""What reviewers have said about a patient's images, in words that stand beside the models' verdict."""

from PySide6.QtCore import QCoreApplication

from breakhis_desktop.domain.review import ReviewCounts
from breakhis_desktop.domain.taxonomy import Decision
from breakhis_desktop.ui.look.figures import count
from breakhis_desktop.ui.look.words import images_words

translate = QCoreApplication.translate


def reviewed_in_short(reviews: ReviewCounts) -> str:
    """Return the number of a patient's images reviewed as each class, such as "2 malignant, 1 benign"; empty if there is no review."""
    return ", ".join(_counted(number, decision) for number, decision in reviews.by_decision)


def reviewed_in_full(reviews: ReviewCounts) -> str:
    """Return the same with the number of all images, such as "2 of 3 images reviewed malignant, 1 benign"."""
    if not reviews.reviewed:
        return ""
    (number, decision), *others = reviews.by_decision
    words = translate("PatientReviews", "{count} of {images} reviewed benign")
    if decision is Decision.MALIGNANT:
        words = translate("PatientReviews", "{count} of {images} reviewed malignant")
    said = words.format(count=count(number), images=images_words(reviews.images))
    return ", ".join([said, *(_counted(number, decision) for number, decision in others)])


def _counted(number: int, decision: Decision) -> str:
    words = translate("PatientReviews", "{count} benign")
    if decision is Decision.MALIGNANT:
        words = translate("PatientReviews", "{count} malignant")
    return words.format(count=count(number))
