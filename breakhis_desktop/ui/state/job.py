"""A job: its inputs, its stage and its images."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from pathlib import Path
from types import MappingProxyType

from PySide6.QtCore import QCoreApplication

from breakhis_desktop.domain.aggregate import PatientSummary, summarise_patient
from breakhis_desktop.domain.decision import OperatingPoint
from breakhis_desktop.domain.identity import Identity, as_written
from breakhis_desktop.domain.identity_guess import Guess
from breakhis_desktop.domain.progress import Progress
from breakhis_desktop.domain.records import ImageRecord, Ledger, RunInfo, Status
from breakhis_desktop.files import printable
from breakhis_desktop.imaging.formats import FileKind, kind_of
from breakhis_desktop.pipeline.earlier_runs import EarlierRun
from breakhis_desktop.pipeline.keep_queue import PatientCount
from breakhis_desktop.ui.look.figures import count
from breakhis_desktop.wording.message import Message


class JobStage(Enum):
    """The stage of a job."""

    INTERRUPTED = auto()
    PAUSED = auto()
    QUEUED = auto()
    WAITING = auto()
    RUNNING = auto()
    PAUSING = auto()
    CANCELLING = auto()
    ENDED = auto()
    CANCELLED = auto()
    STOPPED = auto()

    @property
    def is_startable(self) -> bool:
        """Whether Start runs the job even if the user has not chosen it."""
        return self in {JobStage.QUEUED, JobStage.INTERRUPTED, JobStage.PAUSED}

    @property
    def is_resumable(self) -> bool:
        """Whether the job can be resumed on its own, without the rest of the queue."""
        return self in {JobStage.INTERRUPTED, JobStage.PAUSED, JobStage.CANCELLED, JobStage.STOPPED}

    @property
    def is_active(self) -> bool:
        """Whether the job is running, pausing or cancelling."""
        return self in {JobStage.RUNNING, JobStage.PAUSING, JobStage.CANCELLING}

    @property
    def is_at_rest(self) -> bool:
        """Whether the job is ended, cancelled, interrupted or paused, so that its results are complete for now."""
        return self in {JobStage.ENDED, JobStage.CANCELLED, JobStage.INTERRUPTED, JobStage.PAUSED}

    @property
    def key(self) -> str:
        """The stage's name in the store."""
        return self.name.lower()


_HALTED = {JobStage.ENDED, JobStage.CANCELLED, JobStage.PAUSED, JobStage.QUEUED, JobStage.STOPPED}
_NEXT_STAGES = {
    JobStage.INTERRUPTED: {JobStage.WAITING},
    JobStage.PAUSED: {JobStage.WAITING, JobStage.CANCELLING, JobStage.ENDED, JobStage.CANCELLED},
    JobStage.QUEUED: {JobStage.WAITING, JobStage.INTERRUPTED},
    JobStage.WAITING: {JobStage.RUNNING, JobStage.QUEUED, JobStage.PAUSED, JobStage.CANCELLED, JobStage.ENDED},
    JobStage.RUNNING: {JobStage.PAUSING, JobStage.CANCELLING, *_HALTED},
    JobStage.PAUSING: {JobStage.CANCELLING, *_HALTED},
    JobStage.CANCELLING: _HALTED,
    JobStage.ENDED: {JobStage.PAUSED},
    JobStage.CANCELLED: {JobStage.WAITING},
    JobStage.STOPPED: {JobStage.WAITING},
}
"""The stages to which a job can go from each stage."""


@dataclass
class Reading:
    """How the patients and magnifications of a job are read.

    Attributes:
        rule: The rule in the form in which users write it; empty, which means official names, if no rule was chosen or guessed.
        takes_guess: Whether the rule may be guessed from names and folders; False once the user has chosen a rule.
        guess: The guessed rule and its counts; None if no guess has been made.
        counted: How many patients the run's rule found, for a job whose images are not loaded; None if they have not been counted.
        identities: The patient and magnification of each image, keyed by position, if the rule was chosen after the run began; else empty.
    """

    rule: str = ""
    takes_guess: bool = False
    guess: Guess | None = None
    counted: PatientCount | None = None
    identities: dict[int, Identity] = field(default_factory=dict)


@dataclass(eq=False)
class Job:
    """What a user queued at once: a folder or some files.

    Attributes:
        job_id: Number, unique in a store.
        inputs: Absolute path of the folder or of each file.
        title: Name to show instead of one made from the inputs; empty for none.
        gate: Whether the quality gate refuses images.
        reading: How patients and magnifications are read.
        stage: Current stage.
        run_info: Setup of the job's run; None before it begins.
        point: Operating point in force, if the user chose one for this job; None for the run's own operating point.
        ledger: How many images have reached each status so far.
        records: Records of the finished images, whatever their status, in the order in which they finished.
        positions: Positions of the images in `records`.
        patients: Probabilities of malignancy of each patient's images, keyed by patient.
        without_patient: Number of analysed images whose patient is unknown.
        progress: Speed of the run; None before it begins and while it is paused.
        message: Why the job stopped; else None.
        awaited: Files and folders that do not answer.
        slow: Images that take long to decode.
        expected: Number of images counted before the run begins; None if they were not counted.
        nothing: Why the job has no images to analyse, if this is known before the run begins; else None.
        earlier: The latest run over the same folder or files with an image done, if the job's own run has not begun; else None.
        loaded: Whether the finished images are in memory; the images of an earlier session are loaded only when the job is chosen.
    """

    job_id: int
    inputs: tuple[Path, ...]
    title: str = ""
    gate: bool = True
    reading: Reading = field(default_factory=Reading)
    stage: JobStage = JobStage.QUEUED
    run_info: RunInfo | None = None
    point: OperatingPoint | None = None
    ledger: Ledger = field(default_factory=lambda: Ledger(0))
    records: list[ImageRecord] = field(default_factory=list)
    positions: set[int] = field(default_factory=set)
    patients: dict[str, list[float]] = field(default_factory=dict)
    without_patient: int = 0
    progress: Progress | None = None
    message: Message | None = None
    awaited: tuple[Path, ...] = ()
    slow: tuple[Path, ...] = ()
    expected: int | None = None
    nothing: Message | None = None
    earlier: EarlierRun | None = None
    loaded: bool = True

    @property
    def name(self) -> str:
        """The title, the name of the only input, or the number of files and their folder."""
        if self.title:
            return self.title
        if len(self.inputs) == 1:
            return printable(self.inputs[0].name or self.inputs[0])
        words = QCoreApplication.translate("Job", "{count} files from {folder}")
        return words.format(count=count(len(self.inputs)), folder=printable(self.inputs[0].parent.name))

    @property
    def run_info_in_force(self) -> RunInfo | None:
        """The run's setup with the operating point in force."""
        return self.run_info.seen_from(self.point) if self.run_info and self.point else self.run_info

    @property
    def refused(self) -> list[Path]:
        """The images that the quality gate refused, which can be analysed without it."""
        return [record.path for record in self.records if record.is_refused_by_gate]

    @property
    def failed(self) -> list[Path]:
        """The files that could not be read but may be readable on another try."""
        return [record.path for record in self.records if _may_be_read_again(record)]

    @property
    def rule(self) -> str:
        """The rule in the form in which users write it: the run's rule or, before the run begins, the job's rule."""
        return as_written(self.run_info.identity_rule) if self.run_info else self.reading.rule

    @property
    def to_go(self) -> int | None:
        """Number of images still to analyse, including cancelled images; None if the images have not been counted."""
        return self.ledger.to_go + self.ledger.cancelled if self.run_info else self.expected

    @property
    def unfinished(self) -> bool:
        """Whether the run has begun and has images left."""
        return self.run_info is not None and self.ledger.to_go > 0

    @property
    def can_go_on(self) -> bool:
        """Whether the job can be started or resumed on its own, because it is neither waiting nor in progress and has not ended."""
        return self.stage.is_resumable or self.stage is JobStage.QUEUED

    @property
    def can_be_replaced(self) -> bool:
        """Whether the run has not begun, so that an earlier run over the same images can take the job's place."""
        return self.run_info is None and self.stage in {JobStage.QUEUED, JobStage.WAITING}

    @property
    def resting_stage(self) -> JobStage:
        """The stage that the job has when it neither runs nor waits for its turn."""
        if self.run_info is None:
            return JobStage.QUEUED
        if self.ledger.cancelled:
            return JobStage.CANCELLED
        return JobStage.PAUSED if self.ledger.to_go else JobStage.ENDED

    @property
    def runs(self) -> bool:
        """Whether the job is running, pausing or cancelling."""
        return self.stage.is_active

    def move(self, stage: JobStage) -> None:
        """Go to another stage.

        Raises:
            ValueError: The new stage cannot follow the current one.
        """
        if stage not in _NEXT_STAGES[self.stage]:
            raise ValueError(f"a job cannot go from {self.stage.key} to {stage.key}")
        self.stage = stage

    def begin(self, run_info: RunInfo, queued: int, to_go: Collection[int] = ()) -> None:
        """Take the setup of the run that begins, and drop the records of the images that it will analyse.

        The run reports all its images, including images that finished in an earlier session.

        Args:
            run_info: The setup.
            queued: The number of the run's images.
            to_go: The positions of the images that will be analysed, even if they had results or were cancelled before.
        """
        rule = self.run_info.identity_rule if self.run_info and self.reading.identities else run_info.identity_rule
        self.run_info, self.loaded = replace(run_info, identity_rule=rule), True
        self.records = [record for record in self.records if record.position not in to_go]
        self.positions = {record.position for record in self.records}
        self.ledger = Ledger(queued).plus(record.status for record in self.records)
        self._count_patients_anew()

    def add(self, records: Sequence[ImageRecord]) -> list[ImageRecord]:
        """Add finished images, and return only the records that are new; a resumed run reports its earlier images again."""
        new = [self._identified(record) for record in records if record.position not in self.positions]
        self.positions.update(record.position for record in new)
        self.records.extend(new)
        self.ledger = self.ledger.plus(record.status for record in new)
        self._count_patients(new)
        return new

    def identify(self, rule: str, identities: Mapping[int, Identity], again: Mapping[int, Status] = MappingProxyType({})) -> None:
        """Replace the patients and magnifications of the images, including images that the run reports later.

        Args:
            rule: The new rule, as the store keeps it.
            identities: What the new rule reads from each image, keyed by position.
            again: The former status of each image that waits to be analysed again, keyed by position.
        """
        if self.run_info is not None:
            self.run_info = replace(self.run_info, identity_rule=rule)
        self.reading.identities = dict(identities)
        self.records = [self._identified(record) for record in self.records if record.position not in again]
        self.positions -= again.keys()
        self.ledger = self.ledger.minus(again.values())
        self._count_patients_anew()

    def patient_of(self, record: ImageRecord, threshold: float) -> PatientSummary | None:
        """Summarise, at a threshold, all images of the same patient as an image; return None if the patient is unknown."""
        probabilities = self.patients.get(record.patient_id)
        return summarise_patient(probabilities, threshold) if probabilities else None

    def _identified(self, record: ImageRecord) -> ImageRecord:
        identity = self.reading.identities.get(record.position, record.identity)
        return record if identity == record.identity else replace(record, identity=identity)

    def _count_patients_anew(self) -> None:
        self.patients.clear()
        self.without_patient = 0
        self._count_patients(self.records)

    def _count_patients(self, records: Iterable[ImageRecord]) -> None:
        for record in records:
            if record.prediction is None:
                continue
            if patient_id := record.patient_id:
                self.patients.setdefault(patient_id, []).append(record.prediction.p_malignant)
            else:
                self.without_patient += 1


def _may_be_read_again(record: ImageRecord) -> bool:
    """Return whether an image failed, or was refused for a temporary reason, for example because its file grew while it was read."""
    refused = record.status is Status.REFUSED and not record.sha256 and kind_of(record.path) is FileKind.IMAGE
    return refused or record.status is Status.FAILED
