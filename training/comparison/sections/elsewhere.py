"""The same recipes on other folds: those dealt anew, and the authors'."""

from training.comparison.chosen import HEADLINE, REFERENCE, by_image
from training.comparison.manuscript import Manuscript
from training.comparison.runs import Comparison, Run
from training.comparison.sections.names import row_name
from training.comparison.sections.rows import as_the_brief_judged
from training.comparison.words import evidence, protocol_words
from training.experiment.protocols import PRIMARY, REGROUPED
from training.pages.filters import difference_text, figure_text

_REGROUPED = (("binary", "auc"), ("binary", "specificity_at_sensitivity_95"), ("subtype", "macro_recall"))
_OFFICIAL = (
    ("binary", by_image, "auc"),
    ("binary", as_the_brief_judged, "accuracy"),
    ("subtype", by_image, "accuracy"),
    ("subtype", by_image, "macro_recall"),
)


def write_regrouped(page: Manuscript, comparison: Comparison) -> None:
    """Write the section on the folds that played no part in any choice, if anything was run on them."""
    runs = [run for protocol in REGROUPED for run in comparison.runs(protocol)]
    if not runs:
        return
    page.heading("On other folds")
    page.text(
        "Choosing among recipes by their figures on the same folds flatters the one that is chosen. Here the accessions of each subtype "
        "are dealt anew, by lot, and nothing was chosen by these figures."
    )
    recipes = {run.recipe for run in runs}
    page.table(
        f"Unseen patients on the {protocol_words(PRIMARY)} and on two other assignments. The last two columns are differences to "
        f"`{REFERENCE}` on the same folds, paired.",
        ("recipe", "folds", "AUC", "specificity at sensitivity .95", "macro recall", "difference in AUC", "in macro recall"),
        [_regrouped(run, comparison) for run in comparison.of_recipes(recipes, (PRIMARY, *REGROUPED))],
        words=(0, 1),
    )


def write_official(page: Manuscript, comparison: Comparison) -> None:
    """Write the section on the authors' folds, if anything was run on them."""
    runs = comparison.runs("official")
    if not runs:
        return
    page.heading("On the authors' folds")
    page.text("For comparison with papers alone: sections of one patient stand in training and test, which flatters these figures.")
    page.table(
        f"{protocol_words('official')[0].upper()}{protocol_words('official')[1:]}; an image counts as often as it was held out.",
        ("recipe", "images scored", "AUC", "accuracy at threshold .5", "accuracy, eight subtypes", "macro recall", "status"),
        [_official(run, comparison) for run in runs],
    )


def _regrouped(run: Run, comparison: Comparison) -> list[str]:
    cells = [figure_text(by_image(run, task).get(name)) for task, name in _REGROUPED]
    pairs = (comparison.difference(run.recipe, REFERENCE, run.protocol, task, name) for task, name in HEADLINE.items())
    return [row_name(run.recipe, comparison.default_recipe), protocol_words(run.protocol), *cells, *map(difference_text, pairs)]


def _official(run: Run, comparison: Comparison) -> list[str]:
    cells = [figure_text(part(run, task).get(name)) for task, part, name in _OFFICIAL]
    return [row_name(run.recipe, comparison.default_recipe), evidence(run.figures), *cells, str(run.status)]
