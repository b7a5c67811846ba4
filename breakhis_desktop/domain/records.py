"""What a run records: one row per image, and a ledger of how the images ended."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Self

from breakhis_desktop.domain.decision import OperatingPoint, Prediction, ReviewRule
from breakhis_desktop.domain.filenames import parse_official_name
from breakhis_desktop.domain.identity import UNREAD, Identity
from breakhis_desktop.domain.taxonomy import Decision, Subtype
from breakhis_desktop.wording.images import ImageCode
from breakhis_desktop.wording.message import Message


class Status(StrEnum):
    """How an image of a run ended."""

    DONE = "done"
    FAILED = "failed"
    REFUSED = "refused"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"


class _IdentifiedImage:
    """What the path of an image and the job's rule say about the image."""

    __slots__ = ()

    path: Path
    identity: Identity

    @property
    def patient_id(self) -> str:
        """The patient as the job's rule read it, else the slide id in an official name, else empty."""
        if self.identity.patient_id is not None:
            return self.identity.patient_id
        name = parse_official_name(self.path.name)
        return name.patient_id if name else ""

    @property
    def accession(self) -> str:
        """The accession in an official name, provided that the name's patient is `patient_id`; else empty."""
        name = parse_official_name(self.path.name)
        return name.accession if name and name.patient_id == self.patient_id else ""

    @property
    def magnification(self) -> int | None:
        """The magnification as the job's rule read it, else as in an official name, else None."""
        if self.identity.magnification is not None:
            return self.identity.magnification
        name = parse_official_name(self.path.name)
        return name.magnification if name else None

    @property
    def true_subtype(self) -> Subtype | None:
        """The subtype that an official name states, else None."""
        name = parse_official_name(self.path.name)
        return name.subtype if name else None


@dataclass(frozen=True, slots=True)
class ImageRecord(_IdentifiedImage):
    """The result of a run for one image.

    Attributes:
        position: The image's index in the run, from 0.
        path: The absolute path of the file.
        status: How the image ended.
        reason: Why the image is not done; None if it is.
        sha256: The file's hash; empty if the file was not read.
        size: Width and height in pixels as displayed; None if the image was not decoded.
        prediction: The models' probabilities; None unless the image is done.
        gate_override: Why the quality gate would have refused the image, if it was analysed anyway; else None.
        distance: The out-of-distribution score: distance from the training images, where 1 is the limit; None if unknown.
        tiles: The number of tiles that were classified; 1 if the image was classified whole.
        review_flags: Why a human must look at the image, besides the reasons that follow from the prediction.
        engine: The runtime that computed the networks; empty if they did not run, or if an earlier version of the program ran them.
        identity: The patient and magnification that the job's rule read.
        reused_from: The earlier run in the store from which this result was taken; None if it was computed in this run.
    """

    position: int
    path: Path
    status: Status
    reason: Message | None = None
    sha256: str = ""
    size: tuple[int, int] | None = None
    prediction: Prediction | None = None
    gate_override: Message | None = None
    distance: float | None = None
    tiles: int = 1
    review_flags: tuple[Message, ...] = ()
    engine: str = ""
    identity: Identity = UNREAD
    reused_from: int | None = None

    @property
    def is_refused_by_gate(self) -> bool:
        """Whether the image could be decoded but the quality gate refused it; a reviewer may label it or have it analysed anyway."""
        return self.status is Status.REFUSED and self.size is not None

    @property
    def lasting_review_flags(self) -> tuple[Message, ...]:
        """The reasons for review that do not depend on the operating point."""
        if self.gate_override is None:
            return self.review_flags
        return (*self.review_flags, Message.of(ImageCode.GATE_OVERRIDDEN, reason=self.gate_override))

    def failed(self, reason: Message) -> Self:
        """Return the record of this image after a failure; what is known about the file itself stays."""
        return replace(self, status=Status.FAILED, reason=reason, gate_override=None, tiles=1, review_flags=())


@dataclass(frozen=True, slots=True)
class PendingImage(_IdentifiedImage):
    """An image of a run without its result, such as one that is still to be processed.

    Attributes:
        position: The image's index in the run, from 0.
        path: The absolute path of the file.
        identity: The patient and magnification that the job's rule read.
    """

    position: int
    path: Path
    identity: Identity = UNREAD

    def ended(self, status: Status, reason: Message | None = None, *, sha256: str = "") -> ImageRecord:
        """Return the record of this image once it has ended."""
        return ImageRecord(self.position, self.path, status, reason, sha256, identity=self.identity)

    def failed(self, reason: Message) -> ImageRecord:
        """Return the record of this image after a failure."""
        return self.ended(Status.FAILED, reason)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a prediction means at an operating point: the decision, the subtype, and the reasons for review."""

    decision: Decision
    subtype: Subtype
    review_reasons: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class RunInfo:
    """The settings and versions that produced a run; every output states them.

    Attributes:
        run_id: The run's number in its store.
        started: When the run began, ISO 8601 with offset.
        inputs: The absolute paths that the user queued.
        model_name: The bundle's name and version.
        model_id: The bundle's id; see `ModelCard.model_id`.
        file_hashes: SHA-256 of each file of the bundle, by name.
        point: The operating point in force.
        review_rule: The rule that sends images to review.
        program_version: The version of the program that made the run.
        gate_version: The version of the quality gate; None if it was off.
        root_inodes: The inode number of each input folder, or of an input file's folder, when the run began; empty for runs of
            earlier versions.
        run_point: The run's own operating point if `point` differs from it; else None.
        identity_rule: How patient and magnification were read; empty for official names.
    """

    run_id: int
    started: str
    inputs: tuple[Path, ...]
    model_name: str
    model_id: str
    file_hashes: dict[str, str] = field(hash=False)
    point: OperatingPoint
    review_rule: ReviewRule
    program_version: str
    gate_version: int | None
    root_inodes: tuple[int, ...] = ()
    identity_rule: str = ""
    run_point: OperatingPoint | None = None

    @property
    def own_point(self) -> OperatingPoint:
        """The operating point that the run was made with."""
        return self.run_point or self.point

    def seen_from(self, point: OperatingPoint) -> Self:
        """Return the same run with another operating point in force."""
        own = self.own_point
        return replace(self, point=own, run_point=None) if point.is_same(own) else replace(self, point=point, run_point=own)

    def verdict(self, record: ImageRecord) -> Verdict | None:
        """Return the verdict on an image; None if it has no prediction."""
        if record.prediction is None:
            return None
        reasons = (*self.review_rule.reasons(record.prediction, self.point), *record.lasting_review_flags)
        return Verdict(self.point.decide(record.prediction.p_malignant), record.prediction.subtype, reasons)


@dataclass(frozen=True, slots=True)
class Ledger:
    """How many images of a run ended in each way; the counts and the images to go always add up to `queued`."""

    queued: int
    done: int = 0
    failed: int = 0
    refused: int = 0
    skipped: int = 0
    cancelled: int = 0

    def plus(self, statuses: Iterable[Status]) -> Self:
        """Return the ledger after more images have ended with these statuses."""
        counts = {status: getattr(self, status) for status in Status}
        for status in statuses:
            counts[status] += 1
        return type(self)(self.queued, **counts)

    def minus(self, statuses: Iterable[Status]) -> Self:
        """Return the ledger after images with these statuses have become unfinished again."""
        gone = Counter(statuses)
        return type(self)(self.queued, **{status: getattr(self, status) - gone[status] for status in Status})

    @property
    def ended(self) -> int:
        """The number of finished images, whatever their status."""
        return self.done + self.failed + self.refused + self.skipped + self.cancelled

    @property
    def share_looked_at(self) -> float:
        """The share of queued images that were processed, 0 to 1; cancelled images do not count."""
        return (self.ended - self.cancelled) / self.queued if self.queued else 0.0

    @property
    def to_go(self) -> int:
        """The number of images still to be processed."""
        return self.queued - self.ended

    def __str__(self) -> str:
        """Write the ledger as a sum of its non-zero counts."""
        parts = [f"{getattr(self, status):,} {status}" for status in Status if getattr(self, status)]
        if self.to_go:
            parts.append(f"{self.to_go:,} to go")
        return f"{self.queued:,} queued = {' + '.join(parts) or '0'}"
