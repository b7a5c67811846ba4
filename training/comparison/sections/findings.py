"""The main findings, derived from the figures and their intervals."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from breakhis_desktop.domain.figures import Figure
from training.comparison.chosen import HEADLINE, REFERENCE, REFERENCE_VIEWS, SECOND_SEED, best_of_brief, by_image, ranked
from training.comparison.published import AIMS
from training.comparison.runs import Comparison, Run
from training.comparison.sections.compared import Compared, compare_recipes
from training.comparison.sections.recipes import as_the_brief_judged
from training.experiment.ensemble import known_ensembles
from training.experiment.protocols import PRIMARY

_RANKED = {"binary": ("auc", "specificity_at_sensitivity_95"), "subtype": ("macro_recall",)}


@dataclass(frozen=True, slots=True)
class Best:
    """The recipe that ranks first in a task on unseen patients; it and the default recipe are compared with others.

    Attributes:
        task: `binary` or `subtype`.
        run: The run that ranks first.
        ranked: How many recipes and ensembles were ranked.
        with_ensembles: Whether ensembles were among those ranked.
        figure: The name of the figure by which they were ranked.
        value: The value of this figure for the best recipe.
        compared: The comparisons of the best recipe and of the default recipe with others.
    """

    task: str
    run: Run
    ranked: int
    with_ensembles: bool
    figure: str
    value: Figure
    compared: Sequence[Compared]


@dataclass(frozen=True, slots=True)
class Fall:
    """The accuracy of a recipe on images of known patients, and on images of unseen patients.

    Attributes:
        recipe: The name of the recipe.
        known: The accuracy on the image split.
        unseen: The accuracy on the grouped folds.
        epochs: The maximum number of epochs on the grouped folds, if it was lower there than on the image split; else None.
    """

    recipe: str
    known: Figure
    unseen: Figure
    epochs: int | None


@dataclass(frozen=True, slots=True)
class SecondSeed:
    """The default recipe trained with another random seed: its headline figures, and its comparisons with other recipes."""

    recipe: str
    figures: Mapping[str, Figure]
    compared: Sequence[Compared]


@dataclass(frozen=True, slots=True)
class Aim:
    """An aim that was set beforehand: its words, the least value that reaches it, and the value found."""

    words: str
    least: float
    value: float | None

    @property
    def is_met(self) -> bool:
        """Whether a value was found and is at least `least`."""
        return self.value is not None and self.value >= self.least


@dataclass(frozen=True, slots=True)
class Aims:
    """The aims that the default recipe reaches and misses under a protocol."""

    run: Run
    met: Sequence[Aim]
    missed: Sequence[Aim]


@dataclass(frozen=True, slots=True)
class Findings:
    """The main findings.

    Attributes:
        best: The best recipe of each task.
        falls: The accuracy on known and on unseen patients, keyed by task; the image split alone would hide the fall.
        default_outranked: Whether the default recipe is ranked, and another recipe has a higher AUC.
        better: The recipes shown to be better than the default recipe (the interval of the difference excludes zero), each with the figure.
        second_seed: The default recipe with another seed; None if it was not trained on all folds with that seed.
        aims: The aims, one item per protocol.
    """

    best: Sequence[Best]
    falls: Mapping[str, Sequence[Fall]]
    default_outranked: bool
    better: Sequence[tuple[str, str]]
    second_seed: SecondSeed | None
    aims: Sequence[Aims]


def make_findings(comparison: Comparison) -> Findings:
    """Find what the runs show."""
    falls = {task: list(_falls(comparison, task)) for task in HEADLINE}
    aims = (_aims(comparison, one["protocol"], one["figures"]) for one in AIMS)
    return Findings(
        best=[best for task in HEADLINE if (best := _best(comparison, task))],
        falls={task: one for task, one in falls.items() if one},
        default_outranked=_default_outranked(comparison),
        better=list(_better(comparison)),
        second_seed=_second_seed(comparison),
        aims=[one for one in aims if one],
    )


def _best(comparison: Comparison, task: str) -> Best | None:
    order = ranked(comparison, task)
    if not order:
        return None
    run, figure = order[0], HEADLINE[task]
    ensembles = any(one.recipe in known_ensembles() for one in order)
    compared = list(_beside_rivals(comparison, task, run.recipe))
    return Best(task, run, len(order), ensembles, figure, by_image(run, task)[figure], compared)


def _beside_rivals(comparison: Comparison, task: str, best: str) -> Iterator[Compared]:
    """Compare the best recipe with `REFERENCE`, and the default recipe with the best, both references and the brief's best.

    All these pairs are compared by the headline figure. Only the default recipe and the reference are also compared by other figures.
    """
    default, brief = comparison.default_recipe, best_of_brief(comparison, task)
    rivals = [(best, REFERENCE), (default, best), (default, REFERENCE), (default, REFERENCE_VIEWS)]
    rivals += [(default, brief.recipe)] if brief else []
    for figure in _RANKED[task]:
        for one, other in dict.fromkeys(rivals):
            if one != other and (figure == HEADLINE[task] or (one, other) == (default, REFERENCE)):
                found = compare_recipes(comparison, one, other, task, figure)
                yield from [found] if found else []


def _falls(comparison: Comparison, task: str) -> Iterator[Fall]:
    """Yield the accuracies of the default recipe and of the brief's best recipe, on known and on unseen patients."""
    brief = best_of_brief(comparison, task)
    for recipe in dict.fromkeys([comparison.default_recipe, *([brief.recipe] if brief else [])]):
        known, unseen = comparison.find(recipe, "image"), comparison.find(recipe, PRIMARY)
        if known and unseen and unseen.complete and known.figures.of(task):
            before, after = (as_the_brief_judged(run, task)["accuracy"] for run in (known, unseen))
            given = unseen.figures.epochs
            yield Fall(recipe, before, after, given if known.figures.epochs > given else None)


def _default_outranked(comparison: Comparison) -> bool:
    order = [run.recipe for run in ranked(comparison, "binary")]
    return comparison.default_recipe in order[1:]


def _better(comparison: Comparison) -> Iterator[tuple[str, str]]:
    for task, figure in HEADLINE.items():
        for run in ranked(comparison, task):
            found = compare_recipes(comparison, comparison.default_recipe, run.recipe, task, figure)
            if found and found.difference.excludes_zero and (found.difference.value or 0) < 0:
                yield run.recipe, figure


def _second_seed(comparison: Comparison) -> SecondSeed | None:
    default, again = comparison.default_recipe, comparison.find(comparison.default_recipe + SECOND_SEED, PRIMARY)
    if again is None or not again.complete:
        return None
    compared = (
        compare_recipes(comparison, one, other, task, figure)
        for one, other in ((again.recipe, REFERENCE), (default, again.recipe))
        for task, figure in HEADLINE.items()
    )
    figures = {figure: by_image(again, task)[figure] for task, figure in HEADLINE.items()}
    return SecondSeed(again.recipe, figures, [one for one in compared if one])


def _aims(comparison: Comparison, protocol: str, aims: Sequence[Mapping[str, Any]]) -> Aims | None:
    run = comparison.find(comparison.default_recipe, protocol)
    if run is None:
        return None
    found = [Aim(aim["words"], aim["least"], _value(run, *aim["place"])) for aim in aims if run.figures.of(aim["place"][0])]
    return Aims(run, [aim for aim in found if aim.is_met], [aim for aim in found if not aim.is_met])


def _value(run: Run, task: str, part: str, name: str) -> float | None:
    figures = as_the_brief_judged(run, task) if part == "at_half" else by_image(run, task)
    return figures[name].value
