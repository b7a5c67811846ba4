"""Compares a bundle's recipe with the other recipes evaluated on the same images, and counts the candidates for the card."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from breakhis_desktop.errors import UserError
from breakhis_desktop.wording.message import Message
from training.commands import command
from training.comparison.chosen import REFERENCE, SECOND_SEED
from training.comparison.judged import Judge
from training.comparison.published import PUBLISHED
from training.comparison.runs import Absent, Run, all_rows, read_failures
from training.comparison.sections.screening import read_screening
from training.comparison.sections.search import count_trials, read_searches
from training.data import Dataset
from training.evaluation import Evaluation, PairedDifferences
from training.experiment.ensemble import known_ensembles
from training.experiment.protocols import PRIMARY, REGROUPED
from training.experiment.recipe import Recipe
from training.wording import TrainingCode


@dataclass(frozen=True, slots=True)
class RecipeRanking:
    """The figures of a recipe, and those of the recipes with which it is compared.

    Attributes:
        own: The figures of the recipe, keyed by protocol; `grouped` is always included.
        others: The brief's recipes (`brief_*`) and the reference under the grouped protocol, including those that were not run.
        differences: What `compare_pairs` computed under the grouped protocol, this recipe minus another, keyed by the other's name.
        compared: How many recipes, including this one, were evaluated on all of the same grouped folds.
        ensembles: How many ensembles of recipes were evaluated on all of these folds.
        screened: How many configurations and combinations a screening evaluated on these folds.
        trials: How many trials a search evaluated on some accessions of these folds.
        again: The run of the same recipe with another random seed under the grouped protocol; None if there is none.
    """

    own: Mapping[str, Evaluation]
    others: Sequence[Run | Absent]
    differences: Mapping[str, PairedDifferences]
    compared: int
    ensembles: int
    screened: int
    trials: int
    again: Run | None


def rank_recipe(recipe: Recipe, data: Dataset, results: Path) -> RecipeRanking:
    """Evaluate all saved predictions, and compare a recipe with the recipes that its card has to name.

    Args:
        recipe: The recipe of which a bundle is made.
        data: The images on which the bundle is trained.
        results: The folder with the predictions.

    Raises:
        UserError: The recipe was not evaluated on all grouped folds of these images, or a file in the folder is damaged.
    """
    failures = read_failures(results)
    judge = Judge(results)
    runs = [run for run in judge.runs(failures) if _is_on(run, data)]
    complete = [run for run in runs if run.complete]
    own = {run.protocol: run.figures for run in complete if run.figures.recipe_sha256 == recipe.sha256}
    if PRIMARY not in own:
        commands = {subcommand: command(subcommand, recipe.name) for subcommand in ("train", "evaluate")}
        raise UserError(Message.of(TrainingCode.NOT_JUDGED_ON_ALL_FOLDS, recipe=recipe.name, **commands))
    named = (*PUBLISHED, REFERENCE)
    others = [row for row in all_rows(runs, failures) if row.protocol == PRIMARY and row.recipe in named and row.recipe != recipe.name]
    made = [row.recipe for row in others if isinstance(row, Run)]
    found = judge.differences((recipe.name, other, PRIMARY) for other in made)
    differences = {other: figures for (_, other, _), figures in found.items()}
    same_images = any((run.recipe, run.protocol) == (REFERENCE, PRIMARY) for run in complete)
    grouped = [run.recipe for run in complete if run.protocol == PRIMARY]
    ensembles = sum(name in known_ensembles() for name in grouped)
    return RecipeRanking(
        own,
        others,
        differences,
        compared=len(grouped) - ensembles,
        ensembles=ensembles,
        screened=len({row["name"] for row in read_screening(results)}) if same_images else 0,
        trials=count_trials(read_searches(results)) if same_images else 0,
        again=next((run for run in complete if _has_other_seed(run, recipe)), None),
    )


def _has_other_seed(run: Run, recipe: Recipe) -> bool:
    """Tell whether a run used the same recipe with another random seed, under the grouped protocol."""
    named = (run.recipe, run.protocol, run.task) == (recipe.name + SECOND_SEED, PRIMARY, recipe.task)
    return named and not run.stale and run.figures.random_seed != recipe.random_seed


def _is_on(run: Run, data: Dataset) -> bool:
    """Tell whether a run was evaluated on these images; a complete run under a grouped protocol must have been evaluated on all of them."""
    judges_all = run.complete and run.protocol in (PRIMARY, *REGROUPED)
    return run.figures.split_sha256 == data.split_sha256 and (not judges_all or run.figures.images == len(data))
