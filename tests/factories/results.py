"""Image records for the results table (classified, refused and failed), a review, and the order in which the table shows images."""

from pathlib import Path

from breakhis_desktop.domain.decision import Prediction
from breakhis_desktop.domain.records import ImageRecord, Status
from breakhis_desktop.domain.review import Review, ReviewAction
from breakhis_desktop.domain.taxonomy import SUBTYPE_CODES, Decision
from breakhis_desktop.ui.state.results import RESULT_ROLE, ResultsModel
from breakhis_desktop.wording.images import ImageCode
from breakhis_desktop.wording.message import Message
from tests.factories import said


def judged(position: int, name: str, p_malignant: float, code: str, *review_flags: str, override: str = "") -> ImageRecord:
    """Return the record of a classified image; the subtype with this code has probability 1, the others 0."""
    shares = tuple(float(code == other) for other in SUBTYPE_CODES)
    path = Path("/images", name)
    overridden = said(override) if override else None
    told = tuple(map(said, review_flags))
    return ImageRecord(position, path, Status.DONE, prediction=Prediction(p_malignant, shares), review_flags=told, gate_override=overridden)


RECORDS = (
    judged(4, "SOB_M_DC-14-2523-400-001.png", 0.9, "DC"),
    judged(2, "SOB_B_A-14-9133-40-002.png", 0.2, "A", "unfamiliar"),
    ImageRecord(0, Path("/images/broken.png"), Status.FAILED, said("It could not be decoded. Save it again.")),
    judged(3, "Übersicht.png", 0.45, "LC"),
    judged(1, "b.png", 0.5, "F", override="It is blurred"),
    ImageRecord(5, Path("/images/glass.png"), Status.REFUSED, Message.of(ImageCode.BLANK)),
)


REVIEW = Review(ReviewAction.ACCEPTED, Decision.BENIGN, None, "", "M. Silva", "2026-11-26T10:14:00+01:00")


def many(count: int) -> list[ImageRecord]:
    """Return the records of this many classified images, with probabilities that rise from 0 towards 1."""
    return [judged(number, f"{number:05}.png", number / count, "A") for number in range(count)]


def shown(model: ResultsModel) -> list[int]:
    """Return the positions of the images that a model shows, in its order."""
    return [model.index(row, 0).data(RESULT_ROLE).record.position for row in range(model.rowCount())]
