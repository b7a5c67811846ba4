"""What the figures cannot support, and which runs were cut short, failed or never made."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from breakhis_desktop.domain.taxonomy import SUBTYPES, Subtype
from training.comparison.chosen import SECOND_SEED
from training.comparison.runs import EXPECTED_PROTOCOLS, Absent, Comparison, Run
from training.comparison.sections.subtypes import thinness
from training.experiment.ensemble import known_ensembles
from training.experiment.protocols import PRIMARY, PROTOCOLS
from training.wording import TrainingCode

_NEARLY_ALL = 0.95


@dataclass(frozen=True, slots=True)
class Limitations:
    """What the figures cannot support.

    Attributes:
        accessions: How many accessions the figures on unseen patients come from; None if no recipe was run on all grouped folds.
        has_second_seed: Whether the default recipe was trained with another random seed.
        thin: The subtypes about which nothing can be claimed, each with its number of accessions, keyed by the reason.
        recipes: How many recipes were compared on the same folds.
        besides: How many other candidates were compared: `ensembles`, `screened` (configurations and combinations), `trials` of searches.
    """

    accessions: int | None
    has_second_seed: bool
    thin: Mapping[str, Sequence[tuple[Subtype, int]]]
    recipes: int
    besides: Mapping[str, int]

    @property
    def compared(self) -> bool:
        """Whether there were several recipes or ensembles to choose from."""
        return self.recipes + self.besides.get("ensembles", 0) > 1


@dataclass(frozen=True, slots=True)
class Collapsed:
    """A run whose network predicts one or two subtypes for nearly all images; its figures are reported all the same."""

    run: Run
    codes: Sequence[str]


@dataclass(frozen=True, slots=True)
class Gaps:
    """What is missing.

    Attributes:
        cut: The runs that failed, were cut short, or were made with an earlier version of their recipe.
        collapsed: The runs whose training collapsed.
        not_run: For each protocol, the recipes that were not run under it but were run under another.
        never_run: The recipes that were run under no protocol.
        unused_protocols: The further protocols under which nothing was run.
        complete: Whether every recipe was trained as it is now, on every split and for all of its epochs.
    """

    cut: Sequence[Run | Absent]
    collapsed: Sequence[Collapsed]
    not_run: Mapping[str, Sequence[str]]
    never_run: Sequence[str]
    unused_protocols: Sequence[str]
    complete: bool


def make_limitations(comparison: Comparison, screened: int, trials: int) -> Limitations:
    """Find what the figures cannot support, given how many configurations were screened and how many trials the searches made."""
    grouped = [run for run in comparison.runs("grouped") if run.complete]
    ensembles = sum(run.recipe in known_ensembles() for run in grouped)
    others = {"ensembles": ensembles, "screened": screened, "trials": trials}
    return Limitations(
        accessions=grouped[0].figures.accessions if grouped else None,
        has_second_seed=comparison.find(comparison.default_recipe + SECOND_SEED, PRIMARY) is not None,
        thin=_thin(grouped),
        recipes=len(grouped) - ensembles,
        besides={kind: number for kind, number in others.items() if number},
    )


def make_gaps(comparison: Comparison) -> Gaps:
    """Find which runs were cut short, failed or never made."""
    cut = [row for row in comparison.rows if _was_tried(row) and row.status.code is not TrainingCode.DONE]
    tried = {row.recipe for row in comparison.rows if _was_tried(row)}
    absent = {one: [row.recipe for row in comparison.rows if row.protocol == one and not _was_tried(row)] for one in EXPECTED_PROTOCOLS}
    not_run = {protocol: [name for name in names if name in tried] for protocol, names in absent.items()}
    return Gaps(
        cut=cut,
        collapsed=[one for row in comparison.rows if isinstance(row, Run) for one in _collapsed(row)],
        not_run={protocol: names for protocol, names in not_run.items() if names},
        never_run=[name for name in absent[PRIMARY] if name not in tried],
        unused_protocols=[one for one in PROTOCOLS if not any(row.protocol == one for row in comparison.rows)],
        complete=not cut and not any(absent.values()),
    )


def _was_tried(row: Run | Absent) -> bool:
    return isinstance(row, Run) or row.failure is not None


def _collapsed(run: Run) -> Iterator[Collapsed]:
    matrix = run.figures.subtype.confusion_matrix if run.figures.subtype else ()
    called = {one.code: sum(row[place] for row in matrix) for place, one in enumerate(SUBTYPES)} if matrix else {}
    most = sorted(called, key=lambda code: called[code], reverse=True)[:2]
    if called and sum(called[code] for code in most) >= _NEARLY_ALL * sum(called.values()):
        yield Collapsed(run, most)


def _thin(grouped: Sequence[Run]) -> dict[str, list[tuple[Subtype, int]]]:
    figures = next((run.figures.subtype for run in grouped if run.figures.subtype), None)
    found: dict[str, list[tuple[Subtype, int]]] = {}
    for one in SUBTYPES if figures else ():
        recall = figures.recall[one.code] if figures else None
        if recall and figures and (note := thinness(recall, one.code, figures.well_covered)):
            found.setdefault(note, []).append((one, recall.accessions))
    return found
