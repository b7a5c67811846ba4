"""What there is to compare: the runs that were made, and those that were not, with the reason."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from breakhis_desktop.domain.figures import Difference
from breakhis_desktop.errors import UserError
from breakhis_desktop.wording.message import Message
from training.comparison.published import PUBLISHED, label_of
from training.comparison.words import Behind, evidence
from training.evaluation import Evaluation, PairedDifferences
from training.experiment.failures import load_failures
from training.experiment.protocols import PROTOCOLS
from training.experiment.recipe import known_recipes, load_recipe
from training.wording import TrainingCode

EXPECTED_PROTOCOLS = ("image", "grouped")
"""Under these every recipe has its row in the leaderboard, whether it was run or not."""


@dataclass(frozen=True, slots=True)
class Done:
    """What was done of a training, and what was cut; a card keeps it beside the figures, an older one the epochs alone.

    Attributes:
        epochs: The most that a network was given.
        epochs_planned: The most that the recipe names.
        splits: How many of the protocol's splits were trained.
        splits_planned: How many it has.
        stale: Whether the recipe was changed since.
        failure: Why a part of it is missing; None where nothing failed.
    """

    epochs: int
    epochs_planned: int
    splits: int = 1
    splits_planned: int = 1
    stale: bool = False
    failure: str | None = None

    @property
    def complete(self) -> bool:
        """Whether every split was trained."""
        return self.splits == self.splits_planned

    @property
    def share_of_epochs(self) -> Message:
        """As `6 of 20 epochs`."""
        return Message.of(TrainingCode.SHARE_OF_EPOCHS, given=self.epochs, planned=self.epochs_planned)

    @property
    def share_of_folds(self) -> Message:
        """As `1 of 5 folds`."""
        return Message.of(TrainingCode.SHARE_OF_FOLDS, trained=self.splits, planned=self.splits_planned)

    @property
    def cuts(self) -> tuple[Message, ...]:
        """In what it falls short of the recipe as it is now."""
        cuts = (
            (self.epochs < self.epochs_planned, Message.of(TrainingCode.EPOCHS_CUT, epochs=self.share_of_epochs)),
            (not self.complete, self.share_of_folds),
            (self.stale, Message.of(TrainingCode.EARLIER_RECIPE)),
        )
        return tuple(words for is_cut, words in cuts if is_cut)

    @property
    def status(self) -> Message:
        """All of it in words."""
        return self._besides_failure(Message.of(TrainingCode.DONE_IN_PART, cuts=self.cuts) if self.cuts else Message.of(TrainingCode.DONE))

    @property
    def shortfall(self) -> Message | None:
        """What was cut or failed, in words; None where nothing was."""
        if self.cuts:
            return self._besides_failure(Message.of(TrainingCode.CUTS, cuts=self.cuts))
        return self.status if self.failure else None

    def _besides_failure(self, done: Message) -> Message:
        return Message.of(TrainingCode.FAILED_BESIDES, done=done, reason=self.failure) if self.failure else done


@dataclass(frozen=True, slots=True)
class Run:
    """A recipe that was trained and judged under a protocol.

    Attributes:
        figures: As `training.evaluation.evaluate` gives them.
        history: A row per epoch, as in `TrainingProvenance`.
        failure: Why a part of it is missing; None where nothing failed.
        stale: Whether the recipe was changed since.
    """

    figures: Evaluation
    history: Sequence[Mapping[str, Any]]
    failure: str | None = None
    stale: bool = False

    @property
    def recipe(self) -> str:
        """The name of the recipe."""
        return self.figures.recipe

    @property
    def protocol(self) -> str:
        """One of `PROTOCOLS`."""
        return self.figures.protocol

    @property
    def task(self) -> str:
        """`binary`, `subtype` or `both`."""
        return self.figures.task

    @property
    def label(self) -> str:
        """What tables and pictures call the recipe."""
        return label_of(self.recipe)

    @property
    def complete(self) -> bool:
        """Whether every split of the protocol was trained, so that its figures stand beside those of others."""
        return self.done.complete

    @property
    def done(self) -> Done:
        """What was done, and what was cut."""
        figures = self.figures
        return Done(figures.epochs, figures.epochs_planned, figures.splits, figures.splits_planned, self.stale, self.failure)

    @property
    def status(self) -> Message:
        """What was done, and what was cut."""
        return self.done.status

    def evidence(self, task: str) -> Behind:
        """Return what carries the images and accessions that a task was judged on; some images have no certain subtype."""
        return self.figures.subtype if task == "subtype" and self.figures.subtype else self.figures


@dataclass(frozen=True, slots=True)
class Absent:
    """A recipe that gave no predictions under a protocol: since its training failed, or since nobody trained it."""

    recipe: str
    task: str
    protocol: str
    failure: str | None
    random_seed: int | None

    @property
    def status(self) -> Message:
        """Why it is absent."""
        return Message.of(TrainingCode.NOT_RUN, reason=self.failure or Message.of(TrainingCode.NOBODY_TRAINED_IT))

    @property
    def label(self) -> str:
        """What tables call the recipe."""
        return label_of(self.recipe)


@dataclass(frozen=True, slots=True)
class Comparison:
    """All runs beside each other.

    Attributes:
        rows: One per recipe and protocol, in the order of every table.
        default_recipe: What the default bundle is trained by.
        differences: What `training.evaluation.compare_pairs` gives, by the names of both recipes and the protocol.
    """

    rows: Sequence[Run | Absent]
    default_recipe: str
    differences: Mapping[tuple[str, str, str], PairedDifferences]

    def find(self, recipe: str, protocol: str) -> Run | None:
        """Return the run of a recipe under a protocol, if it was made."""
        return next((one for one in self.runs(protocol) if one.recipe == recipe), None)

    def runs(self, protocol: str, task: str | None = None) -> list[Run]:
        """Return the runs of a protocol, in order; with a task only those that judge it."""
        made = [one for one in self.rows if isinstance(one, Run) and one.protocol == protocol]
        return [one for one in made if task is None or one.figures.of(task)]

    def of_recipes(self, recipes: Collection[str], protocols: Sequence[str]) -> list[Run]:
        """Return the runs of some recipes, each recipe's protocols together in this order."""
        made = (self.find(recipe, protocol) for recipe in dict.fromkeys(row.recipe for row in self.rows) for protocol in protocols)
        return [run for run in made if run is not None and run.recipe in recipes]

    def behind(self, protocol: str, task: str) -> str:
        """Say what stands behind a task under a protocol, `1,387 images of 50 accessions`: the most that a recipe was judged on."""
        parts = [run.evidence(task) for run in self.runs(protocol, task)]
        return evidence(max(parts, key=lambda part: part.images)) if parts else "no image"

    def difference(self, recipe: str, other: str, protocol: str, task: str, figure: str) -> Difference | None:
        """Return the paired difference of a figure, the first recipe minus the second; None where they share no images of the task."""
        pair = self.differences.get((recipe, other, protocol))
        part = pair.of(task) if pair else None
        return part.differences[figure] if part else None


def read_failures(results: Path) -> dict[tuple[str, str], str]:
    """Return why runs came to nothing, by recipe and protocol.

    Raises:
        UserError: A note is damaged.
    """
    try:
        return {(one.recipe, one.protocol): one.reason for one in load_failures(results)}
    except ValueError:
        raise UserError(Message.of(TrainingCode.FAILURE_DAMAGED, folder=results / "failures")) from None


def all_rows(runs: Sequence[Run], failures: Mapping[tuple[str, str], str]) -> list[Run | Absent]:
    """Give every known recipe its rows beside the runs that were made, in the order of tables."""
    made = {(one.recipe, one.protocol): one for one in runs}
    wanted = {(recipe, protocol) for recipe in known_recipes() for protocol in EXPECTED_PROTOCOLS}
    keys = sorted(made.keys() | failures.keys() | wanted, key=_order)
    return [made.get(key) or _absent(*key, failures.get(key)) for key in keys]


def predictions_files(results: Path) -> Iterator[Path]:
    """Yield the files of all predictions; unfinished ones are passed over."""
    yield from (file for file in sorted((results / "predictions").glob("*.npz")) if file.stem.rpartition(".")[2] in PROTOCOLS)


def _order(key: tuple[str, str]) -> tuple[int, str, int]:
    recipe, protocol = key
    place = list(PUBLISHED).index(recipe) if recipe in PUBLISHED else len(PUBLISHED)
    return place, recipe, list(PROTOCOLS).index(protocol)


def _absent(recipe: str, protocol: str, failure: str | None) -> Absent:
    known = load_recipe(recipe) if recipe in known_recipes() else None
    return Absent(recipe, known.task if known else "", protocol, failure, known.random_seed if known else None)
