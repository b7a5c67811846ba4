"""The contents of a report, and the selection of the images that it covers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from breakhis_desktop.domain.card import ModelCard
from breakhis_desktop.domain.records import ImageRecord, Ledger, RunInfo
from breakhis_desktop.domain.review import Histories, Review, ReviewCounts, count_reviews, standing_review
from breakhis_desktop.domain.run_summary import RunSummary, summarise_run
from breakhis_desktop.domain.truth import truths
from breakhis_desktop.errors import UserError
from breakhis_desktop.wording.message import Message
from breakhis_desktop.wording.runs import RunCode

MOST_PICTURES = 12
"""Maximum number of images shown large in the report of a run."""

MOST_CASE_IMAGES = 100
"""Maximum number of images in a case report: each takes half a page."""


MOST_RUN_IMAGES = 100_000
"""Maximum number of images in the report of a run: each takes about 30 kB of memory and 3 ms, so more would exhaust the machine."""


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """The user's choices for a report: with a patient or positions it is a case report, otherwise it covers the whole run.

    Attributes:
        laboratory: The laboratory's name, shown at the top.
        logo: The file of the logo shown beside the name; None for no logo.
        comment: The user's comment, as lines.
        patient: The patient whose images are reported, by id or, if no image has this id, by accession; empty for no particular patient.
        positions: The images to report; empty for all.
    """

    laboratory: str = ""
    logo: Path | None = None
    comment: str = ""
    patient: str = ""
    positions: tuple[int, ...] = ()

    @property
    def is_case(self) -> bool:
        """Whether the report covers one patient or chosen images."""
        return bool(self.patient or self.positions)


@dataclass(frozen=True, slots=True)
class Picture:
    """An image as it appears in a report.

    Attributes:
        image: A JPEG of the image.
        heat_map: A JPEG of the image, overlaid with the heat map of what supports the class malignant; empty if there is none.
        note: Why the thumbnail is shown instead of the file; None if the file is shown.
    """

    image: bytes
    heat_map: bytes = b""
    note: Message | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """The contents of a report.

    Attributes:
        run_info: The settings of the run.
        ledger: How the run's images ended.
        records: The run's images, in any order.
        thumbnails: A small JPEG of each image, by position; may be incomplete.
        pictures: The images shown large, by position.
        reviews: The reviews of each reviewed image by position, oldest first.
        card: The models' card; None if it is not available.
        options: The user's choices.
        logo: The laboratory's logo as a PNG; empty if there is none.
    """

    run_info: RunInfo
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
        """The images in this report that have a prediction, most suspicious first."""
        return most_suspicious(record for record in self.chosen if record.prediction)

    @property
    def not_done(self) -> list[ImageRecord]:
        """The images in this report that have no prediction, by position."""
        return sorted((record for record in self.chosen if not record.prediction), key=lambda record: record.position)

    @property
    def chosen(self) -> list[ImageRecord]:
        """The images in this report."""
        return chosen_images(self.records, self.options)

    @property
    def summary(self) -> RunSummary:
        """Counts of the images that the report covers."""
        reviewed = [position for position, history in self.reviews.items() if standing_review(history) is not None]
        return summarise_run(self.run_info, self.chosen, truths(self.done, self.reviews), reviewed)

    @property
    def engines(self) -> list[str]:
        """The runtimes that computed the predictions in this report."""
        return sorted({record.engine for record in self.chosen if record.engine})

    @property
    def reused(self) -> str:
        """How many images in this report have results from earlier runs, and from which runs, as text; empty if no image has one."""
        runs = [record.reused_from for record in self.chosen if record.reused_from is not None]
        names = ", ".join(map(str, sorted(set(runs))))
        return f"{len(runs):,} of {len(self.chosen):,} images, from run {names} of the same store" if runs else ""

    @property
    def dated(self) -> datetime:
        """The date of the last review in this report or, if it has no reviews, of the run."""
        made = [review.made for record in self.chosen for review in self.reviews.get(record.position, ())]
        return max(map(datetime.fromisoformat, [self.run_info.started, *made]))

    def review_of(self, record: ImageRecord) -> Review | None:
        """Return the review in force for an image; None if there is none."""
        return standing_review(self.reviews.get(record.position, ()))

    def reviews_of(self, records: Sequence[ImageRecord]) -> ReviewCounts:
        """Count the decisions of the reviews in force on some images."""
        return count_reviews(records, {record.position: review for record in records if (review := self.review_of(record)) is not None})


def chosen_images(records: Sequence[ImageRecord], options: ReportOptions) -> list[ImageRecord]:
    """Return the images that a report with these options covers."""
    if options.patient:
        named = [record for record in records if record.patient_id == options.patient]
        return named or [record for record in records if record.accession == options.patient]
    if options.positions:
        positions = frozenset(options.positions)
        return [record for record in records if record.position in positions]
    return list(records)


def pictured_images(records: Sequence[ImageRecord], options: ReportOptions) -> list[ImageRecord]:
    """Return the images that a report shows large: for a case, all images with a prediction; for a run, the most suspicious images.

    Raises:
        UserError: The case has no images, or the case or the run has too many.
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
    """Sort images by the probability that they are malignant, the highest first; images without a prediction come last."""
    return sorted(records, key=_suspicion)


def _suspicion(record: ImageRecord) -> tuple[float, int]:
    return (-record.prediction.p_malignant if record.prediction else 1.0, record.position)
