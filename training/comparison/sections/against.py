"""The default bundle's recipe against every other, and against the lines to beat."""

from collections.abc import Iterator

from breakhis_desktop.domain.figures import Difference
from training.comparison.chosen import REFERENCE, REFERENCE_VIEWS, by_image
from training.comparison.manuscript import Manuscript
from training.comparison.published import PUBLISHED, REFERENCE_LINES
from training.comparison.runs import Comparison, Run
from training.comparison.sections.findings import compared
from training.comparison.sections.names import FIGURES, row_name
from training.comparison.words import NOTHING, evidence, protocol_words
from training.experiment.ensemble import Ensemble, known_ensembles, load_ensemble
from training.pages.filters import difference_text, figure_text, number

_COLUMNS = {
    "binary": ("auc", "specificity_at_sensitivity_95", "brier_score"),
    "subtype": ("macro_recall", "accuracy", "macro_auc"),
}
_TASKS = {"binary": "benign or malignant", "subtype": "eight subtypes"}
_AGAINST_REFERENCE = (("binary", "auc"), ("binary", "specificity_at_sensitivity_95"), ("subtype", "macro_recall"))
_LINES = (
    ("binary", "auc"),
    ("binary", "specificity_at_sensitivity_95"),
    ("subtype", "macro_recall"),
    ("subtype", "macro_recall_well_covered"),
)


def write_against(page: Manuscript, comparison: Comparison) -> None:
    """Write the section on the lines to beat."""
    page.heading("Against the lines to beat")
    for task in _COLUMNS:
        page.text(_against_reference(comparison, task))
    page.picture("forest", "Intervals of the headline figures of all recipes", _forest(comparison))
    for task, figures in _COLUMNS.items():
        brier = " Of the Brier score lower is better." if "brier_score" in figures else ""
        page.table(
            f"{_TASKS[task].capitalize()}: `{comparison.default_recipe}` minus each other recipe on unseen patients "
            f"({protocol_words('grouped')}, {comparison.behind('grouped', task)}), paired; bold where the interval excludes zero.{brier}",
            ("minus", *(FIGURES[figure] for figure in figures)),
            _differences(comparison, task),
        )
    page.table(
        f"Recipes of ours minus `{REFERENCE}` on unseen patients, paired; bold where the interval excludes zero. Those whose names begin "
        "with it change one thing, and show what each idea gives on frozen features; the others change several.",
        ("recipe", *(FIGURES[figure] for _, figure in _AGAINST_REFERENCE)),
        _ideas(comparison),
    )
    page.table(
        "Ensembles minus each of their members on unseen patients, paired; bold where the interval excludes zero.",
        ("ensemble", "minus", *(FIGURES[figure] for _, figure in _AGAINST_REFERENCE)),
        [row for ensemble in map(load_ensemble, known_ensembles()) for row in _against_members(comparison, ensemble)],
        words=(0, 1),
    )
    page.table(
        f"Reference lines beside our runs, {protocol_words('grouped')}: a logistic regression on frozen features, the mean over four flips "
        "and turns, measured once on 1,387 images of BreakHis before this work. Their predictions are not at hand, so paired differences "
        f"are against `{REFERENCE}`, our repetition, whose head is fitted by AdamW and which looks at one view, as the program does; "
        f"`{REFERENCE_VIEWS}` looks at eight.",
        ("line", "AUC", "specificity at sensitivity .95", "macro recall", "well covered"),
        [*_published_lines(), *_our_lines(comparison)],
    )


def _forest(comparison: Comparison) -> str:
    """Say what the marks in the forest mean, of those that are in it."""
    runs = comparison.runs("grouped")
    marks = (
        (comparison.find(REFERENCE, "grouped"), f"the dashed line is `{REFERENCE}`"),
        (comparison.find(comparison.default_recipe, "grouped"), "the bold row the recipe of the default bundle"),
        (any(run.recipe in PUBLISHED for run in runs), "grey are the brief's"),
    )
    meant = "".join(f"{'; ' if not place else ', '}{words}" for place, words in enumerate([words for seen, words in marks if seen]))
    hollow = " Hollow and last: not on all folds, so not to be ranked with the rest." if not all(run.complete for run in runs) else ""
    return f"Every recipe on unseen patients, best first, with 95 % intervals{meant}.{hollow}"


def _against_reference(comparison: Comparison, task: str) -> str:
    """Say how the default recipe stands to the first line to beat; empty where it is that line, or either was not run."""
    default = comparison.default_recipe
    found = {figure: comparison.difference(default, REFERENCE, "grouped", task, figure) for figure in _COLUMNS[task][:2]}
    sentences = [sentence for figure, one in found.items() if (sentence := compared(default, REFERENCE, figure, one))]
    if not sentences:
        return ""
    return " ".join([f"**{_TASKS[task].capitalize()}, {comparison.behind('grouped', task)}.**", *sentences])


def _differences(comparison: Comparison, task: str) -> list[list[str]]:
    rows = []
    for run in comparison.runs("grouped", task):
        if task == "subtype" and not run.complete:
            continue
        found = [comparison.difference(comparison.default_recipe, run.recipe, "grouped", task, figure) for figure in _COLUMNS[task]]
        cells = [_marked(one) for one in found]
        if any(cell != NOTHING for cell in cells):
            rows.append([_other(run, task), *cells])
    return rows


def _ideas(comparison: Comparison) -> list[list[str]]:
    rows = []
    for run in comparison.runs("grouped"):
        found = [comparison.difference(run.recipe, REFERENCE, "grouped", task, figure) for task, figure in _AGAINST_REFERENCE]
        if run.recipe not in PUBLISHED and any(found):
            rows.append([row_name(run.recipe, comparison.default_recipe), *map(_marked, found)])
    return rows


def _against_members(comparison: Comparison, ensemble: Ensemble) -> Iterator[list[str]]:
    for member in ensemble.members:
        found = [comparison.difference(ensemble.name, member, "grouped", task, figure) for task, figure in _AGAINST_REFERENCE]
        if any(found):
            yield [row_name(ensemble.name), row_name(member, comparison.default_recipe), *map(_marked, found)]


def _marked(difference: Difference | None) -> str:
    """Write a difference, bold where its interval excludes zero."""
    cell = difference_text(difference)
    return f"**{cell}**" if difference and difference.excludes_zero else cell


def _other(run: Run, task: str) -> str:
    """Name what is compared with; where folds are missing, both are judged on what it has."""
    cut = "" if run.complete else f" ({run.done.share_of_folds}: {evidence(run.evidence(task))})"
    return row_name(run.recipe) + cut


def _published_lines() -> list[list[str]]:
    def cell(line: object) -> str:
        if not isinstance(line, list):
            return NOTHING
        value, low, high = line
        return f"{number(value)} [{number(low, 2)},\N{NO-BREAK SPACE}{number(high, 2)}]"

    return [[f"reference line: {line['name']}", *(cell(line.get(figure)) for _, figure in _LINES)] for line in REFERENCE_LINES]


def _our_lines(comparison: Comparison) -> list[list[str]]:
    wanted = dict.fromkeys(("lite0_frozen", REFERENCE, REFERENCE_VIEWS, comparison.default_recipe))
    runs = [run for recipe in wanted if (run := comparison.find(recipe, "grouped")) is not None]
    return [
        [
            row_name(run.recipe, comparison.default_recipe),
            *(figure_text(by_image(run, task).get(figure)) for task, figure in _LINES),
        ]
        for run in runs
    ]
