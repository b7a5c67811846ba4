"""One row per image, one ledger per run."""

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


@dataclass(frozen=True, slots=True)
class PendingImage:
    """An image that is still to be looked at.

    Attributes:
        position: The image's place in the run, from 0.
        path: The file, absolute.
        identity: What the job's rule read of patient and magnification.
    """

    position: int
    path: Path
    identity: Identity = UNREAD


@dataclass(frozen=True, slots=True)
class ImageRecord:
    """What a run found out about one image.

    Attributes:
        position: The image's place in the run, from 0.
        path: The file, absolute.
        status: How the image ended.
        reason: Why it is not done, in one sentence; empty where it is.
        sha256: The file's hash; empty where it could not be read.
        size: Width and height in pixels as displayed; None where it could not be decoded.
        prediction: What the models say; None unless the image is done.
        gate_override: Why the quality gate would have refused the image that was analysed all the same; else None.
        distance: How far it lies from the images that the models were trained on, 1 being the limit of the familiar; None where
            that is not known.
        tiles: How many tiles were judged; 1 where it was judged as a whole.
        review_flags: Why a human must look, beside what the prediction itself asks for.
        engine: The runtime that computed the networks; empty where they were not asked, or an earlier version of the program asked them.
        identity: What the job's rule read of patient and magnification.
        reused_from: The earlier run of the store whose result this is; None where it was computed for this one.
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
    def patient_id(self) -> str:
        """Whose it is, as the job's rule read it, else the slide id that an official name carries, else empty."""
        if self.identity.patient_id is not None:
            return self.identity.patient_id
        name = parse_official_name(self.path.name)
        return name.patient_id if name else ""

    @property
    def accession(self) -> str:
        """The accession that an official name carries, if it is that of the patient; else empty."""
        name = parse_official_name(self.path.name)
        return name.accession if name and name.patient_id == self.patient_id else ""

    @property
    def magnification(self) -> int | None:
        """The magnification, as the job's rule read it, else as an official name carries it, else None."""
        if self.identity.magnification is not None:
            return self.identity.magnification
        name = parse_official_name(self.path.name)
        return name.magnification if name else None

    @property
    def is_refused_by_gate(self) -> bool:
        """Whether it could be read, and the quality gate refused to have it judged; a human may say what it is, or have it judged."""
        return self.status is Status.REFUSED and self.size is not None

    @property
    def lasting_review_flags(self) -> tuple[Message, ...]:
        """Why a human must look whatever the operating point."""
        if self.gate_override is None:
            return self.review_flags
        return (*self.review_flags, Message.of(ImageCode.GATE_OVERRIDDEN, reason=self.gate_override))

    @property
    def true_subtype(self) -> Subtype | None:
        """The subtype that an official name states, else None."""
        name = parse_official_name(self.path.name)
        return name.subtype if name else None


@dataclass(frozen=True, slots=True)
class Verdict:
    """A prediction seen from an operating point."""

    decision: Decision
    subtype: Subtype
    review_reasons: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class RunInfo:
    """What a run was made with; it stands in every output.

    Attributes:
        run_id: The run's number in its store.
        started: When the run began, ISO 8601 with offset.
        inputs: What the user queued, absolute.
        model_name: The bundle's name and version.
        model_id: The bundle's hash, which changes with either model.
        file_hashes: SHA-256 of each file of the bundle, by name.
        point: The operating point that decides.
        review_rule: What asks for review.
        program_version: The version of this program.
        gate_version: The version of the quality gate; None where it was off.
        root_inodes: The number that the file system gave each root's folder when the run began; none in runs of earlier versions.
        run_point: The operating point of the run, where `point` is another one from which it is seen; else None.
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
    gate_version: int | None = 1
    root_inodes: tuple[int, ...] = ()
    identity_rule: str = ""
    run_point: OperatingPoint | None = None

    @property
    def own_point(self) -> OperatingPoint:
        """The operating point that the run was made with."""
        return self.run_point or self.point

    def seen_from(self, point: OperatingPoint) -> Self:
        """Return the same run, decided from another operating point."""
        own = self.own_point
        return replace(self, point=own, run_point=None) if point.is_same(own) else replace(self, point=point, run_point=own)

    def verdict(self, record: ImageRecord) -> Verdict | None:
        """Decide on an image; None where there is no prediction."""
        if record.prediction is None:
            return None
        reasons = (*self.review_rule.reasons(record.prediction, self.point), *record.lasting_review_flags)
        return Verdict(self.point.decide(record.prediction.p_malignant), record.prediction.subtype, reasons)


@dataclass(frozen=True, slots=True)
class Ledger:
    """How many images of a run ended how; what is queued is always the sum of the rest."""

    queued: int
    done: int = 0
    failed: int = 0
    refused: int = 0
    skipped: int = 0
    cancelled: int = 0

    def plus(self, statuses: Iterable[Status]) -> Self:
        """Return the ledger after some more images have ended."""
        counts = {status: getattr(self, status) for status in Status}
        for status in statuses:
            counts[status] += 1
        return type(self)(self.queued, **counts)

    @property
    def ended(self) -> int:
        """How many images have their row."""
        return self.done + self.failed + self.refused + self.skipped + self.cancelled

    @property
    def share_looked_at(self) -> float:
        """How much of what was queued was looked at, 0 to 1; what was cancelled was not."""
        return (self.ended - self.cancelled) / self.queued if self.queued else 0.0

    @property
    def to_go(self) -> int:
        """How many images are still to be looked at."""
        return self.queued - self.ended

    def __str__(self) -> str:
        """Write the ledger as a sum, without the parts that are zero."""
        parts = [f"{getattr(self, status):,} {status}" for status in Status if getattr(self, status)]
        if self.to_go:
            parts.append(f"{self.to_go:,} to go")
        return f"{self.queued:,} queued = {' + '.join(parts) or '0'}"
