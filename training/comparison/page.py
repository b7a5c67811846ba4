"""`RESULTS.md`: the page that a person reads."""

from collections.abc import Mapping, Sequence

from training.comparison.chosen import Chosen
from training.comparison.manuscript import Manuscript
from training.comparison.runs import Comparison
from training.comparison.sections.against import write_against
from training.comparison.sections.binary import write_binary
from training.comparison.sections.closing import write_gaps, write_learning, write_limits, write_reproduction
from training.comparison.sections.elsewhere import write_official, write_regrouped
from training.comparison.sections.findings import write_findings
from training.comparison.sections.methods import write_methods
from training.comparison.sections.pairs import write_pairs
from training.comparison.sections.screening import Row, write_screening
from training.comparison.sections.search import Trial, count_trials, write_search
from training.comparison.sections.subtypes import write_subtypes
from training.comparison.sections.use import write_calibration, write_magnifications, write_patients, write_selective_use


def results_page(
    comparison: Comparison,
    chosen: Mapping[str, Sequence[Chosen]],
    folder: str,
    pictures: frozenset[str],
    *,
    screening: Sequence[Row],
    searches: Sequence[Trial],
) -> str:
    """Write the page of results in Markdown.

    Args:
        comparison: All runs.
        chosen: The runs that pictures show, by task.
        folder: Where pictures lie, as the page links to them.
        pictures: The names of those that were drawn.
        screening: The rows of `screening.csv`.
        searches: The trials of `tune`.
    """
    page = Manuscript(folder, pictures)
    write_findings(page, comparison)
    write_methods(page, comparison)
    write_binary(page, comparison, chosen["binary"])
    write_subtypes(page, comparison, chosen["subtype"])
    write_pairs(page, comparison)
    write_against(page, comparison)
    write_calibration(page, comparison, chosen)
    write_selective_use(page, comparison, chosen)
    write_magnifications(page, comparison, chosen)
    write_patients(page, comparison, chosen)
    write_regrouped(page, comparison)
    write_official(page, comparison)
    write_screening(page, screening)
    write_search(page, comparison, searches)
    write_learning(page)
    write_limits(page, comparison, screened=len({row["name"] for row in screening}), trials=count_trials(searches))
    write_gaps(page, comparison)
    write_reproduction(page, comparison)
    return page.markdown()
