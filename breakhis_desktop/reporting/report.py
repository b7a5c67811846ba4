"""What a report is made of, and which of a run's images it is about."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from breakhis_desktop.domain.card import ModelCard
from breakhis_desktop.domain.records import ImageRecord, Ledger, RunFacts
from breakhis_desktop.domain.review import Histories, Review, standing_review
from breakhis_desktop.errors import UserError
from breakhis_desktop.wording.message import Message
from breakhis_desktop.wording.runs import RunCode

MOST_PICTURES = 12
"""How many of a run's images its report shows large."""

MOST_CASE_IMAGES = 100
"""How many images a case report holds: each takes half a page."""


MOST_RUN_IMAGES = 100_000
"""How many images the report of a run lists: each takes some 30 kB of memory and 3 ms, so that more would hold the machine up."""


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """What a user asks of a report; with a patient or positions it is a case report, else one of the whole run.

    Attributes:
        laboratory: Whose name stands above it.
        logo: The file of a picture that stands beside that name; None for none.
        comment: What the user wants to say, in lines.
        patient: Whose images it is about; empty for no one's.
        positions: Which images it is about; none for all.
    """

    laboratory: str = ""
    logo: Path | None = None
    comment: str = ""
    patient: str = ""
    positions: tuple[int, ...] = ()

    @property
    def is_case(self) -> bool:
        """Whether the report is about one patient or chosen images."""
        return bool(self.patient or self.positions)


@dataclass(frozen=True, slots=True)
class Picture:
    """An image as a report shows it.

    Attributes:
        image: A JPEG.
        heat_map: A JPEG of the image under its heat map of malignant; empty where there is none.
        note: Why it is not the file itself that is shown; None where it is.
    """

    image: bytes
    heat_map: bytes = b""
    note: Message | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What a report is made of.

    Attributes:
        facts: What the run was made with.
        ledger: How its images ended.
        records: Its images, in any order.
        thumbnails: A small JPEG of each image by position; an image without one goes without.
        pictures: The images that are shown large, by position.
        reviews: The history of each image that has one, by position, the oldest first.
        card: What the models say of themselves; None where it is not at hand.
        options: What the user asks for.
        logo: The laboratory's picture as PNG; empty where there is none.
    """

    facts: RunFacts
    ledger: Ledger
    records: Sequence[ImageRecord]
    thumbnails: Mapping[int, bytes] = field(default_factory=dict)
    pictures: Mapping[int, Picture] = field(default_factory=dict)
    reviews: Histories = field(default_factory=dict)
    card: ModelCard | None = None
    options: ReportOptions = ReportOptions()
    logo: bytes = b""

    @property
    def done(self) -> list[ImageRecord]:
        """The images that the report is about and that have a prediction, the most suspicious first."""
        return most_suspicious(record for record in self.chosen if record.prediction)

    @property
    def not_done(self) -> list[ImageRecord]:
        """The other images that the report is about, by position."""
        return sorted((record for record in self.chosen if not record.prediction), key=lambda record: record.position)

    @property
    def chosen(self) -> list[ImageRecord]:
        """The images that the report is about."""
        return chosen_images(self.records, self.options)

    @property
    def engines(self) -> list[str]:
        """The runtimes that computed the images that the report is about."""
        return sorted({record.engine for record in self.chosen if record.engine})

    @property
    def reused(self) -> str:
        """How many of these images are results of which earlier runs, in words; empty where none is."""
        runs = [record.reused_from for record in self.chosen if record.reused_from is not None]
        names = ", ".join(map(str, sorted(set(runs))))
        return f"{len(runs):,} of {len(self.chosen):,} images, as run {names} of the same store found them" if runs else ""

    def review_of(self, record: ImageRecord) -> Review | None:
        """Return the review of an image that stands; None where there is none."""
        return standing_review(self.reviews.get(record.position, ()))


def chosen_images(records: Sequence[ImageRecord], options: ReportOptions) -> list[ImageRecord]:
    """Return the images that a report with these options is about."""
    if options.patient:
        return [record for record in records if record.patient_id == options.patient]
    if options.positions:
        positions = frozenset(options.positions)
        return [record for record in records if record.position in positions]
    return list(records)


def pictured_images(records: Sequence[ImageRecord], options: ReportOptions) -> list[ImageRecord]:
    """Return the images that a report shows large: all that are done of a case, or the most suspicious of a run.

    Raises:
        UserError: The case has no image, or it or the run has too many.
    """
    chosen = chosen_images(records, options)
    done = most_suspicious(record for record in chosen if record.prediction)
    if not options.is_case:
        _check_length(chosen)
        return done[:MOST_PICTURES]
    if not chosen:
        raise UserError(Message.of(RunCode.REPORT_WITHOUT_IMAGES))
    if len(chosen) > MOST_CASE_IMAGES:
        raise UserError(Message.of(RunCode.REPORT_CASE_TOO_LARGE, most=MOST_CASE_IMAGES, count=len(chosen)))
    return done


def _check_length(records: Sequence[ImageRecord]) -> None:
    if len(records) > MOST_RUN_IMAGES:
        raise UserError(Message.of(RunCode.REPORT_TOO_LARGE, most=MOST_RUN_IMAGES, count=len(records)))


def most_suspicious(records: Iterable[ImageRecord]) -> list[ImageRecord]:
    """Sort images with the highest probability of malignant first, and images without a prediction last."""
    return sorted(records, key=_suspicion)


def _suspicion(record: ImageRecord) -> tuple[float, int]:
    return (-record.prediction.p_malignant if record.prediction else 1.0, record.position)
