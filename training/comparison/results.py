"""`python -m training compare`: turns saved predictions into the leaderboard, the charts and the page of results."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from breakhis_desktop.assets import default_models
from breakhis_desktop.errors import UserError
from breakhis_desktop.files import write_atomically
from breakhis_desktop.wording.message import Message
from training.commands import command
from training.comparison.chosen import HEADLINE, PAIRS, REFERENCE, Chosen, chosen_runs, ranked
from training.comparison.judged import Judge
from training.comparison.leaderboard import write_leaderboard
from training.comparison.page import results_page
from training.comparison.pictures import draw_pictures
from training.comparison.published import PUBLISHED
from training.comparison.runs import EXPECTED_PROTOCOLS, Absent, Comparison, Run, all_rows, read_failures
from training.comparison.sections.screening import read_screening
from training.comparison.sections.search import read_searches
from training.disk import disk_errors
from training.experiment.ensemble import known_ensembles, load_ensemble
from training.experiment.protocols import PRIMARY, REGROUPED
from training.wording import TrainingCode


def compare(results: Path, default_recipe: str | None = None) -> None:
    """Evaluate all saved predictions, and write the leaderboard, the charts and the page of results.

    Figures that were already computed from the same predictions are read instead of computed again.

    Args:
        results: The folder with `predictions/` and `failures/`; the page, `RESULTS.md`, is written beside it.
        default_recipe: The recipe to compare with every other; by default the recipe of the program's own bundle.

    Raises:
        UserError: There are no predictions; saved predictions or a record in `failures/` are damaged; or a file cannot be written.
    """
    judge, failures = Judge(results), read_failures(results)
    runs = judge.runs(failures)
    if not runs:
        commands = {subcommand: command(subcommand, "RECIPE") for subcommand in ("train", "evaluate")}
        raise UserError(Message.of(TrainingCode.NOTHING_TO_COMPARE, folder=results, **commands))
    with disk_errors(Message.of(TrainingCode.THE_COMPARISON), results, TrainingCode.OTHER_RESULTS_FOLDER):
        _write(judge, all_rows(runs, failures), default_recipe or shipped_recipe())


def _write(judge: Judge, rows: Sequence[Run | Absent], default_recipe: str) -> None:
    results = judge.results
    comparison = compared_rows(judge, rows, default_recipe)
    judge.keep_only((row for row in rows if isinstance(row, Run)), comparison.differences)
    write_leaderboard(results / "leaderboard.csv", rows)
    pictures = draw_pictures(comparison, _chosen(comparison), results / "figures")
    write_atomically(results.parent / "RESULTS.md", written_page(comparison, results, pictures).encode())


def compared_rows(judge: Judge, rows: Sequence[Run | Absent], default_recipe: str) -> Comparison:
    """Return the comparison of all rows, with the differences of the pairs that the page compares."""
    without_differences = Comparison(rows, default_recipe, {})
    return Comparison(rows, default_recipe, judge.differences(wanted_pairs(without_differences)))


def written_page(comparison: Comparison, results: Path, pictures: frozenset[str]) -> str:
    """Return the text of `RESULTS.md`, which links to the charts that were drawn."""
    return results_page(
        comparison,
        _chosen(comparison),
        f"{results.name}/figures",
        pictures,
        screening=read_screening(results),
        searches=read_searches(results),
    )


def _chosen(comparison: Comparison) -> dict[str, Sequence[Chosen]]:
    return {task: chosen_runs(comparison, task) for task in HEADLINE}


def shipped_recipe() -> str:
    """Return the name of the recipe with which the program's own bundle was trained."""
    card = json.loads((default_models() / "card.json").read_text(encoding="utf-8"))
    return str(card["recipe"]["name"])


def wanted_pairs(comparison: Comparison) -> list[tuple[str, str, str]]:
    """Return the pairs of recipes to compare, each with its protocol; a difference is the first recipe minus the second."""
    pairs = [
        *_default_against_all(comparison),
        *_ours_against_reference(comparison),
        *_on_other_folds(comparison),
        *_ensembles_against_members(comparison),
    ]
    for without, augmented in PAIRS.values():
        both = [(augmented, without, protocol) for protocol in EXPECTED_PROTOCOLS]
        pairs += [pair for pair in both if comparison.find(pair[0], pair[2]) and comparison.find(pair[1], pair[2])]
    return list(dict.fromkeys(pairs))


def _default_against_all(comparison: Comparison) -> Iterator[tuple[str, str, str]]:
    default = comparison.find(comparison.default_recipe, "grouped")
    for run in comparison.runs("grouped") if default else ():
        if run.recipe != comparison.default_recipe:
            yield comparison.default_recipe, run.recipe, "grouped"


def _ours_against_reference(comparison: Comparison) -> Iterator[tuple[str, str, str]]:
    """Pair each recipe that was run on all folds with the reference; of the brief's recipes, only those that rank first in a task."""
    best = {run.recipe for task in HEADLINE for run in ranked(comparison, task)[:1]}
    for run in comparison.runs("grouped") if comparison.find(REFERENCE, "grouped") else ():
        if run.recipe != REFERENCE and run.complete and (run.recipe not in PUBLISHED or run.recipe in best):
            yield run.recipe, REFERENCE, "grouped"


def _on_other_folds(comparison: Comparison) -> Iterator[tuple[str, str, str]]:
    """Pair each recipe that was evaluated on regrouped folds with the reference, on those folds and on the grouped folds."""
    recipes = {run.recipe for protocol in REGROUPED for run in comparison.runs(protocol)} - {REFERENCE}
    for run in comparison.of_recipes(recipes, (PRIMARY, *REGROUPED)):
        if comparison.find(REFERENCE, run.protocol):
            yield run.recipe, REFERENCE, run.protocol


def _ensembles_against_members(comparison: Comparison) -> Iterator[tuple[str, str, str]]:
    for ensemble in map(load_ensemble, known_ensembles()):
        for member in ensemble.members if comparison.find(ensemble.name, PRIMARY) else ():
            if comparison.find(member, PRIMARY):
                yield ensemble.name, member, PRIMARY
