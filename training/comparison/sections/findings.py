"""The opening: what was found, in sentences that follow from the intervals."""

from collections.abc import Mapping, Sequence
from typing import Any

from breakhis_desktop.domain.figures import Difference
from training.comparison.chosen import HEADLINE, REFERENCE, REFERENCE_VIEWS, SECOND_SEED, best_of_brief, by_image, ranked
from training.comparison.manuscript import Manuscript
from training.comparison.published import AIMS
from training.comparison.runs import Comparison, Run
from training.comparison.sections.names import FIGURES, in_sentence
from training.comparison.sections.rows import as_the_brief_judged
from training.comparison.words import evidence, joined, protocol_words
from training.experiment.ensemble import known_ensembles
from training.experiment.protocols import PRIMARY
from training.pages.filters import difference_text, figure_text, number

_TASKS = {"binary": "Benign or malignant", "subtype": "Eight subtypes"}
_RANKED = {"binary": ("auc", "specificity_at_sensitivity_95"), "subtype": ("macro_recall",)}
_LEAK = {"binary": "accuracy at threshold .5", "subtype": "accuracy over the eight subtypes"}


def write_findings(page: Manuscript, comparison: Comparison) -> None:
    """Write the title and the main findings."""
    page.heading("Results", 1)
    page.text(
        "**For research use only: nothing on this page makes the program or its models fit for diagnosis.**",
        "Written by `python -m training compare` from saved predictions: every figure of ours comes from them, and what comes from "
        "elsewhere is called published.",
    )
    page.heading("Main findings")
    page.points(
        [
            *(finding for task in _TASKS for finding in _of_task(comparison, task)),
            _leak(comparison),
            _shipped(comparison),
            _again(comparison),
            *(_aims(comparison, one["protocol"], one["figures"]) for one in AIMS),
        ]
    )


def compared(recipe: str, other: str, figure: str, difference: Difference | None) -> str:
    """Say which of two recipes is better, or that this was not shown; empty where they were not compared.

    A difference counts as shown where its 95 % interval excludes zero. What stands behind it is for the paragraph to say.
    """
    if difference is None or difference.value is None:
        return ""
    numbers = f"difference in {FIGURES[figure]}: {difference_text(difference)}"
    if not difference.excludes_zero:
        return f"No difference between {in_sentence(recipe)} and {in_sentence(other)} was shown ({numbers})."
    sentence = f"{in_sentence(recipe)} {'beats' if difference.value > 0 else 'is worse than'} {in_sentence(other)} ({numbers})."
    return sentence[0].upper() + sentence[1:]


def _of_task(comparison: Comparison, task: str) -> list[str]:
    """Name the best recipe of a task, and place the default one."""
    order = ranked(comparison, task)
    if not order:
        return []
    best, figure, brief = order[0], HEADLINE[task], best_of_brief(comparison, task)
    what = "recipes and ensembles" if any(run.recipe in known_ensembles() for run in order) else "recipes"
    among = f"Of {len(order)} {what} judged on all folds, " if len(order) > 1 else ""
    first = (
        f"**{_TASKS[task]}, unseen patients** ({protocol_words('grouped')}, {evidence(best.evidence(task))}). {among}"
        f"{in_sentence(best.recipe)} has the {'highest ' if among else ''}{FIGURES[figure]}{',' if among else ''} "
        f"{figure_text(by_image(best, task)[figure])}."
    )
    rivals = [
        (best.recipe, REFERENCE),
        (comparison.default_recipe, best.recipe),
        (comparison.default_recipe, REFERENCE),
        (comparison.default_recipe, REFERENCE_VIEWS),
    ]
    if brief is not None:
        rivals.append((comparison.default_recipe, brief.recipe))
    pairs = dict.fromkeys((one, other, name) for name in _RANKED[task] for one, other in rivals if one != other)
    said = [
        compared(one, other, name, comparison.difference(one, other, "grouped", task, name))
        for one, other, name in pairs
        if name == figure or (one, other) == (comparison.default_recipe, REFERENCE)
    ]
    return [" ".join([first, *(sentence for sentence in said if sentence)])]


def _leak(comparison: Comparison) -> str:
    """Set figures on images of known patients beside the same on unseen ones: of the default recipe, and of the brief's best."""
    sentences = [sentence for task in _TASKS if (sentence := _leak_of_task(comparison, task))]
    return " ".join(["**What the split by image hides.**", *sentences]) if sentences else ""


def _leak_of_task(comparison: Comparison, task: str) -> str:
    brief = best_of_brief(comparison, task)
    recipes = dict.fromkeys([comparison.default_recipe, *([brief.recipe] if brief else [])])
    pairs = [(comparison.find(recipe, "image"), comparison.find(recipe, PRIMARY)) for recipe in recipes]
    falls = [_fall(known, unseen, task) for known, unseen in pairs if known and unseen and unseen.complete and known.figures.of(task)]
    return f"The {_LEAK[task]}, on the {protocol_words('image')} and on unseen patients: {joined(falls)}." if falls else ""


def _fall(known: Run, unseen: Run, task: str) -> str:
    before, after = (figure_text(as_the_brief_judged(run, task)["accuracy"]) for run in (known, unseen))
    given = unseen.figures.epochs
    epochs = f", of networks given at most {given} epochs there" if known.figures.epochs > given else ""
    return f"{in_sentence(known.recipe)} {before} and {after}{epochs}"


def _shipped(comparison: Comparison) -> str:
    """Say how the default recipe stands where another ranks higher."""
    default, order = comparison.default_recipe, ranked(comparison, "binary")
    if not order or order[0].recipe == default or default not in {run.recipe for run in order}:
        return ""
    better = _better(comparison)
    who = f"shown to rank better: {joined(better)}" if better else "no recipe was shown to rank better"
    return (
        f"**The default bundle.** `{default}`, by which it is trained, does not have the highest AUC; {who}. The README of "
        "training says what a default may cost."
    )


def _better(comparison: Comparison) -> list[str]:
    """Name the recipes that were shown to rank better than the default one, each with the figure."""
    named = []
    for task, figure in HEADLINE.items():
        for run in ranked(comparison, task):
            found = comparison.difference(comparison.default_recipe, run.recipe, PRIMARY, task, figure)
            if found is not None and found.excludes_zero and found.value is not None and found.value < 0:
                named.append(f"{in_sentence(run.recipe)} in {FIGURES[figure]}")
    return named


def _again(comparison: Comparison) -> str:
    """Say what another random seed made of the default recipe, where it was given one."""
    default, again = comparison.default_recipe, comparison.find(comparison.default_recipe + SECOND_SEED, PRIMARY)
    if again is None or not again.complete:
        return ""
    figures = [f"{FIGURES[figure]} {figure_text(by_image(again, task)[figure])}" for task, figure in HEADLINE.items()]
    said = [
        compared(one, other, figure, comparison.difference(one, other, PRIMARY, task, figure))
        for one, other in ((again.recipe, REFERENCE), (default, again.recipe))
        for task, figure in HEADLINE.items()
    ]
    return " ".join(
        [f"**Another random seed.** `{again.recipe}`, the recipe of the default bundle, has {joined(figures)}.", *filter(None, said)]
    )


def _aims(comparison: Comparison, protocol: str, aims: Sequence[Mapping[str, Any]]) -> str:
    """Say which aims of the protocol page the default recipe meets under a protocol; empty where it was not run."""
    run, where = comparison.find(comparison.default_recipe, protocol), protocol_words(protocol)
    if run is None:
        return ""
    met: list[str] = []
    missed: list[str] = []
    for aim in aims:
        task, part, name = aim["place"]
        if run.figures.of(task):
            value = (as_the_brief_judged(run, task) if part == "at_half" else by_image(run, task))[name].value
            said = met if value is not None and value >= aim["least"] else missed
            said.append(f"{aim['words']} of {number(aim['least'], 2)} (it has {number(value)})")
    reached = f"reaches {joined(met)}" if met else "reaches none"
    rest = f"; it misses {joined(missed)}" if missed else ""
    patients = "unseen patients" if protocol == PRIMARY else "images of known patients"
    return (
        f"**Aims for {patients}** ({where}, {evidence(run.figures)}). `{run.recipe}`, the recipe of the default bundle, {reached} of the "
        f"aims set beforehand{rest}."
    )
