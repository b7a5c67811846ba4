"""How training went, what the figures cannot bear, what was cut or failed, and how to make them again."""

from collections.abc import Sequence

from breakhis_desktop.domain.taxonomy import SUBTYPES
from training.comparison.chosen import SECOND_SEED
from training.comparison.manuscript import Manuscript
from training.comparison.runs import EXPECTED_PROTOCOLS, Absent, Comparison, Run
from training.comparison.sections.names import in_sentence, row_name
from training.comparison.sections.subtypes import thinness
from training.comparison.words import joined, protocol_words
from training.counting import counted
from training.experiment.ensemble import known_ensembles
from training.experiment.protocols import PRIMARY, PROTOCOLS
from training.wording import TrainingCode

_NEARLY_ALL = 0.95
_COMMANDS = """\
uv run python -m training prepare DATA
uv run python -m training train RECIPE --protocol grouped      # or image, official, regrouped_1, regrouped_2
uv run python -m training evaluate RECIPE --protocol grouped   # and each of the others
uv run python -m training evaluate ENSEMBLE                    # after each of its members
uv run python -m training compare"""


def write_learning(page: Manuscript) -> None:
    """Write the section on learning curves."""
    page.heading("Learning curves")
    page.picture(
        "learning",
        "Learning curves of the recipes that were trained on images",
        "Training on the grouped folds, a pair of lines for each fold. Grey: the training loss, as a share of that of the first epoch. "
        "Crimson: the figure by which training was stopped, on a validation part, with a dot at the epoch whose weights were kept; "
        "recipes without one were trained for a fixed number of epochs.",
    )


def write_limits(page: Manuscript, comparison: Comparison, screened: int, trials: int) -> None:
    """Write what the figures cannot bear, of runs beside so many screened configurations and trials of searches."""
    page.heading("Limits")
    grouped = [run for run in comparison.runs("grouped") if run.complete]
    page.points(
        [
            "One laboratory, one stain, one set of microscopes; nothing here was tested on another's images.",
            _wide(grouped),
            _luck(comparison),
            "Differences are not adjusted for their number; of many, some exclude zero by chance.",
            _thin(grouped),
            _flattered(grouped, screened, trials),
            f"On the {protocol_words('image')} patients of the test part stand in training: those figures replicate the brief and say "
            "nothing of unseen patients.",
            "Published figures of the brief are of all 7,909 images, ours of those at hand, so the two differ in data as well as in "
            "training.",
            "The networks of the folds were judged; the bundle's were trained once more on all images, and no image is left to judge "
            "them by.",
        ]
    )


def write_gaps(page: Manuscript, comparison: Comparison) -> None:
    """Write what was cut, failed or never run."""
    page.heading("What was cut, failed or not run")
    cut = [row for row in comparison.rows if _was_tried(row) and row.status.code is not TrainingCode.DONE]
    page.table(
        "What was begun and not carried out as its recipe says.",
        ("recipe", "task", "protocol", "status"),
        [
            [row_name(row.recipe), row.task, protocol_words(row.protocol), " ".join(str(row.status).replace("|", "/").split())]
            for row in cut
        ],
        words=(0, 1, 2, 3),
    )
    page.text(*(_collapsed(row) for row in comparison.rows if isinstance(row, Run)))
    ran = {row.recipe for row in comparison.rows if _was_tried(row)}
    never = {one: [row.recipe for row in comparison.rows if row.protocol == one and not _was_tried(row)] for one in EXPECTED_PROTOCOLS}
    unused = [one for one in PROTOCOLS if not any(row.protocol == one for row in comparison.rows)]
    page.points(
        [
            *(_not_run(f"on the {protocol_words(one)}", [name for name in names if name in ran]) for one, names in never.items()),
            _not_run("at all", [name for name in never[PRIMARY] if name not in ran]),
            *(f"Nothing was run on the {protocol_words(one)}." for one in unused),
        ]
    )
    if not cut and not any(never.values()):
        page.text("Nothing: every recipe was trained as it says, on every split.")


def write_reproduction(page: Manuscript, comparison: Comparison) -> None:
    """Write how to make the figures again."""
    page.heading("How to make this again")
    runs = [row for row in comparison.rows if isinstance(row, Run) and row.recipe not in known_ensembles()]
    recipes = {run.recipe for run in runs}
    days = sorted({run.figures.trained for run in runs})
    hours = sum(run.figures.minutes for run in runs) / 60
    splits = sorted({run.figures.split_sha256[:12] for run in runs})
    precisions = sorted({run.figures.precision for run in runs})
    when = days[0] if len(days) == 1 else f"from {days[0]} to {days[-1]}"
    here = page.folder.rpartition("/")[0]
    page.text(
        f"{counted(len(runs), 'run')} of {counted(len(recipes), 'recipe')}, trained {when} in {hours:.1f} hours in all "
        f"({joined(precisions)}). Folds by accession: SHA-256 {joined(splits)}… Random seeds, minutes and all figures with their "
        f"intervals stand in [`leaderboard.csv`]({here}/leaderboard.csv), and what every picture is drawn from in `{page.folder}/`.",
    )
    page.text(f"```\n{_COMMANDS}\n```")
    page.text(
        "A run computed in mixed_bfloat16 takes `--precision mixed_bfloat16`, and one that was cut `--epochs N`; `leaderboard.csv` says "
        "which. A recipe of one's own is named by its file, and `--results` names the folder where that is not the project's."
    )


def _was_tried(row: Run | Absent) -> bool:
    return isinstance(row, Run) or row.failure is not None


def _not_run(where: str, recipes: list[str]) -> str:
    return f"Not run {where}: {joined([f'`{name}`' for name in recipes])}." if recipes else ""


def _collapsed(run: Run) -> str:
    """Say where a network calls nearly all images by one or two subtypes; its figures stand all the same."""
    matrix = run.figures.subtype.confusion_matrix if run.figures.subtype else ()
    called = {one.code: sum(row[place] for row in matrix) for place, one in enumerate(SUBTYPES)} if matrix else {}
    most = sorted(called, key=lambda code: called[code], reverse=True)[:2]
    if not called or sum(called[code] for code in most) < _NEARLY_ALL * sum(called.values()):
        return ""
    name, calls = in_sentence(run.recipe), " or ".join(most)
    return f"{name[0].upper()}{name[1:]} ({protocol_words(run.protocol)}) calls nearly every image {calls}: the training collapsed."


def _wide(grouped: Sequence[Run]) -> str:
    if not grouped:
        return ""
    accessions = grouped[0].figures.accessions
    return f"{accessions} accessions stand behind the figures on unseen patients, so intervals are wide and small gains cannot be seen."


def _thin(grouped: Sequence[Run]) -> str:
    """Name the subtypes about which nothing can be claimed."""
    part = next((run.figures.subtype for run in grouped if run.figures.subtype), None)
    if part is None:
        return ""
    notes = {one: thinness(part.recall[one.code], one.code, part.well_covered) for one in SUBTYPES}
    sentences = []
    for words in dict.fromkeys(note for note in notes.values() if note):
        names = [f"{one.name.lower()} ({part.recall[one.code].accessions})" for one, note in notes.items() if note == words]
        sentences.append(f"{words[0].upper()}{words[1:]}: {joined(names)}.")
    return " ".join(["In brackets the accessions behind a subtype.", *sentences]) if sentences else ""


def _luck(comparison: Comparison) -> str:
    default = comparison.default_recipe
    but = f", but for `{default}`" if comparison.find(default + SECOND_SEED, PRIMARY) else ""
    return f"Each recipe was trained once{but}: intervals cover the choice of patients, and not the luck of a random seed."


def _flattered(grouped: Sequence[Run], screened: int, trials: int) -> str:
    if len(grouped) < 2:
        return ""
    ensembles = sum(run.recipe in known_ensembles() for run in grouped)
    kinds = (
        (ensembles, "ensemble", "ensembles"),
        (screened, "configuration of the screening", "configurations and combinations of the screening"),
        (trials, "trial of a search", "trials of a search"),
    )
    others = [counted(*kind) for kind in kinds if kind[0]]
    aside = f", besides {joined(others)}," if others else ""
    recipes = counted(len(grouped) - ensembles, "recipe")
    return f"{recipes}{aside} were compared on the same folds: whichever comes out best is flattered by the choice."
