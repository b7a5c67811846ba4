"""Draws all charts of the page of results, except those for which nothing was run."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from training.comparison.charts.confusion import draw_confusion
from training.comparison.charts.coverage import draw_coverage
from training.comparison.charts.curves import draw_curves
from training.comparison.charts.forest import draw_forest
from training.comparison.charts.learning import draw_learning
from training.comparison.charts.magnification import draw_magnifications
from training.comparison.charts.reliability import draw_reliability
from training.comparison.charts.review import draw_review
from training.comparison.chosen import PAIRS, REFERENCE, Chosen
from training.comparison.runs import Comparison, Run
from training.experiment.protocols import PRIMARY


def draw_pictures(comparison: Comparison, chosen: Mapping[str, Sequence[Chosen]], folder: Path) -> frozenset[str]:
    """Draw the charts into a folder, and remove old charts for which there is no longer any run.

    Returns:
        The names of the charts that were drawn, without `.png`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    drawn = {
        *_draw_by_task(comparison, {task: runs for task, runs in chosen.items() if runs}, folder),
        *(f"confusion_{task}" for task in PAIRS if _draw_pair(comparison, task, folder)),
        *(["confusion_default"] if _draw_default(comparison, folder) else []),
    }
    learned = [run for run in comparison.runs("grouped") if run.history]
    if learned:
        draw_learning(folder / "learning.png", learned)
        drawn.add("learning")
    for file in folder.glob("*.png"):
        if file.stem not in drawn:
            file.unlink()
    return frozenset(drawn)


def _draw_by_task(comparison: Comparison, chosen: dict[str, Sequence[Chosen]], folder: Path) -> set[str]:
    """Draw the charts that show runs on all grouped folds, and return their names."""
    if not chosen:
        return set()
    draw_forest(folder / "forest.png", comparison, list(chosen))
    draw_coverage(folder / "coverage.png", chosen)
    draw_magnifications(folder / "magnification.png", chosen)
    if "binary" not in chosen:
        return {"forest", "coverage", "magnification"}
    draw_curves(folder / "curves.png", chosen["binary"])
    draw_reliability(folder / "reliability.png", chosen["binary"])
    draw_review(folder / "review.png", chosen["binary"])
    return {"forest", "coverage", "magnification", "curves", "reliability", "review"}


def _draw_default(comparison: Comparison, folder: Path) -> bool:
    """Draw the subtype matrices of the default recipe and of the reference, if both were run on all grouped folds."""
    found = [comparison.find(recipe, PRIMARY) for recipe in (comparison.default_recipe, REFERENCE)]
    runs = [run for run in found if run is not None and run.complete and run.figures.subtype]
    if len(runs) < 2:
        return False
    draw_confusion(folder / "confusion_default.png", [runs], "subtype")
    return True


def _draw_pair(comparison: Comparison, task: str, folder: Path) -> bool:
    """Draw the matrices of the brief's two recipes for a task, for each protocol with runs of both; return whether there is one."""
    found = [[comparison.find(recipe, protocol) for recipe in PAIRS[task]] for protocol in ("image", "grouped")]
    pairs: list[list[Run]] = [[run for run in runs if run is not None] for runs in found]
    whole = [runs for runs in pairs if len(runs) == len(PAIRS[task])]
    if whole:
        draw_confusion(folder / f"confusion_{task}.png", whole, task)
    return bool(whole)
