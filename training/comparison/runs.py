"""What can be compared: the runs that were made, and the missing runs, each with the reason why it is missing."""

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
"""The protocols under which every recipe has a row in the leaderboard, whether it was run or not."""


@dataclass(frozen=True, slots=True)
class Done:
    """How much of a training was done. A card stores this beside the figures of a recipe; older cards store only the epochs.

    Attributes:
        epochs: The maximum number of epochs for which the networks were allowed to train.
        epochs_planned: The maximum number of epochs in the recipe.
        splits: How many of the protocol's splits were trained.
        splits_planned: How many splits the protocol has.
        stale: Whether the recipe has been changed since the training.
        failure: Why a part of the training is missing; None if nothing failed.
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
        """The epochs given, as in `6 of 20 epochs`."""
        return Message.of(TrainingCode.SHARE_OF_EPOCHS, given=self.epochs, planned=self.epochs_planned)

    @property
    def share_of_folds(self) -> Message:
        """The folds trained, as in `1 of 5 folds`."""
        return Message.of(TrainingCode.SHARE_OF_FOLDS, trained=self.splits, planned=self.splits_planned)

    @property
    def cuts(self) -> tuple[Message, ...]:
        """The ways in which the training falls short of the current recipe."""
        cuts = (
            (self.epochs < self.epochs_planned, Message.of(TrainingCode.EPOCHS_CUT, epochs=self.share_of_epochs)),
            (not self.complete, self.share_of_folds),
            (self.stale, Message.of(TrainingCode.EARLIER_RECIPE)),
        )
        return tuple(words for is_cut, words in cuts if is_cut)

    @property
    def status(self) -> Message:
        """What was done, what was cut short and what failed, in words."""
        return self._with_failure(Message.of(TrainingCode.DONE_IN_PART, cuts=self.cuts) if self.cuts else Message.of(TrainingCode.DONE))

    @property
    def shortfall(self) -> Message | None:
        """What was cut short and what failed, in words; None if the training is complete and up to date."""
        if self.cuts:
            return self._with_failure(Message.of(TrainingCode.CUTS, cuts=self.cuts))
        return self.status if self.failure else None

    def _with_failure(self, done: Message) -> Message:
        return Message.of(TrainingCode.FAILED_BESIDES, done=done, reason=self.failure) if self.failure else done


@dataclass(frozen=True, slots=True)
class Run:
    """A recipe that was trained and evaluated under a protocol.

    Attributes:
        figures: The figures that `training.evaluation.evaluate` computed.
        history: A row per epoch, as in `TrainingProvenance`.
        failure: Why a part of the training is missing; None if nothing failed.
        stale: Whether the recipe has been changed since the training.
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
        """The name of the protocol, one of `PROTOCOLS`."""
        return self.figures.protocol

    @property
    def task(self) -> str:
        """The task: `binary`, `subtype` or `both`."""
        return self.figures.task

    @property
    def label(self) -> str:
        """The name of the recipe in tables and charts."""
        return label_of(self.recipe)

    @property
    def complete(self) -> bool:
        """Whether every split of the protocol was trained, so that the figures can be compared with those of other runs."""
        return self.done.complete

    @property
    def done(self) -> Done:
        """How much of the training was done."""
        figures = self.figures
        return Done(figures.epochs, figures.epochs_planned, figures.splits, figures.splits_planned, self.stale, self.failure)

    @property
    def status(self) -> Message:
        """What was done, what was cut short and what failed, in words."""
        return self.done.status

    def evidence(self, task: str) -> Behind:
        """Return an object with the counts of images and accessions behind a task; the subtype task uses only images of known subtype."""
        return self.figures.subtype if task == "subtype" and self.figures.subtype else self.figures


@dataclass(frozen=True, slots=True)
class Absent:
    """A recipe without predictions under a protocol, because its training failed or because nobody trained it."""

    recipe: str
    task: str
    protocol: str
    failure: str | None
    random_seed: int | None

    @property
    def status(self) -> Message:
        """Why there are no predictions."""
        return Message.of(TrainingCode.NOT_RUN, reason=self.failure or Message.of(TrainingCode.NOBODY_TRAINED_IT))

    @property
    def label(self) -> str:
        """The name of the recipe in tables."""
        return label_of(self.recipe)


@dataclass(frozen=True, slots=True)
class Comparison:
    """All runs, ready to be compared.

    Attributes:
        rows: A row for each recipe and protocol, in the order that all tables use.
        default_recipe: The recipe with which the default bundle is trained.
        differences: What `training.evaluation.compare_pairs` computed, keyed by the names of both recipes and the protocol.
    """

    rows: Sequence[Run | Absent]
    default_recipe: str
    differences: Mapping[tuple[str, str, str], PairedDifferences]

    def find(self, recipe: str, protocol: str) -> Run | None:
        """Return the run of a recipe under a protocol; None if there is none."""
        return next((one for one in self.runs(protocol) if one.recipe == recipe), None)

    def runs(self, protocol: str, task: str | None = None) -> list[Run]:
        """Return the runs under a protocol in the order of the rows; if a task is given, only those with figures for it."""
        made = [one for one in self.rows if isinstance(one, Run) and one.protocol == protocol]
        return [one for one in made if task is None or one.figures.of(task)]

    def of_recipes(self, recipes: Collection[str], protocols: Sequence[str]) -> list[Run]:
        """Return the runs of some recipes, sorted by recipe in the order of the rows, and for each recipe in the order of `protocols`."""
        made = (self.find(recipe, protocol) for recipe in dict.fromkeys(row.recipe for row in self.rows) for protocol in protocols)
        return [run for run in made if run is not None and run.recipe in recipes]

    def behind(self, protocol: str, task: str) -> str:
        """Return in words how many images a task was evaluated on under a protocol, as in `1,387 images of 50 accessions`.

        If recipes were evaluated on different numbers of images, the largest number is given.
        """
        parts = [run.evidence(task) for run in self.runs(protocol, task)]
        return evidence(max(parts, key=lambda part: part.images)) if parts else "no image"

    def difference(self, recipe: str, other: str, protocol: str, task: str, figure: str) -> Difference | None:
        """Return the paired difference of a figure, the first recipe minus the second; None if the two were not compared in the task."""
        pair = self.differences.get((recipe, other, protocol))
        part = pair.of(task) if pair else None
        return part.differences[figure] if part else None


def read_failures(results: Path) -> dict[tuple[str, str], str]:
    """Return why runs failed, keyed by recipe and protocol.

    Raises:
        UserError: A record in `failures/` is damaged.
    """
    try:
        return {(one.recipe, one.protocol): one.reason for one in load_failures(results)}
    except ValueError:
        raise UserError(Message.of(TrainingCode.FAILURE_DAMAGED, folder=results / "failures")) from None


def all_rows(runs: Sequence[Run], failures: Mapping[tuple[str, str], str]) -> list[Run | Absent]:
    """Return a row for each run, each recorded failure and each known recipe under the expected protocols, in the order of tables."""
    made = {(one.recipe, one.protocol): one for one in runs}
    wanted = {(recipe, protocol) for recipe in known_recipes() for protocol in EXPECTED_PROTOCOLS}
    keys = sorted(made.keys() | failures.keys() | wanted, key=_order)
    return [made.get(key) or _absent(*key, failures.get(key)) for key in keys]


def predictions_files(results: Path) -> Iterator[Path]:
    """Yield the files of all predictions, without unfinished files."""
    yield from (file for file in sorted((results / "predictions").glob("*.npz")) if file.stem.rpartition(".")[2] in PROTOCOLS)


def _order(key: tuple[str, str]) -> tuple[int, str, int]:
    recipe, protocol = key
    place = list(PUBLISHED).index(recipe) if recipe in PUBLISHED else len(PUBLISHED)
    return place, recipe, list(PROTOCOLS).index(protocol)


def _absent(recipe: str, protocol: str, failure: str | None) -> Absent:
    known = load_recipe(recipe) if recipe in known_recipes() else None
    return Absent(recipe, known.task if known else "", protocol, failure, known.random_seed if known else None)
