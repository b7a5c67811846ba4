"""The same recipes on other folds: the regrouped folds, and the folds of the data set's authors."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from breakhis_desktop.domain.figures import Difference, Figure
from training.comparison.chosen import HEADLINE, REFERENCE, by_image
from training.comparison.runs import Comparison, Run
from training.comparison.sections.recipes import as_the_brief_judged
from training.experiment.protocols import PRIMARY, REGROUPED


@dataclass(frozen=True, slots=True)
class RegroupedRow:
    """A recipe under one assignment of accessions to folds, with its differences from the reference under the same assignment."""

    run: Run
    figures: Mapping[str, Figure | None]
    differences: Mapping[str, Difference | None]


@dataclass(frozen=True, slots=True)
class OfficialRow:
    """A recipe on the folds of the data set's authors."""

    run: Run
    auc: Figure | None
    accuracy_at_half: Figure | None
    accuracy: Figure | None
    macro_recall: Figure | None


@dataclass(frozen=True, slots=True)
class OtherProtocols:
    """The recipes that were evaluated on other folds; empty if none were."""

    regrouped: Sequence[RegroupedRow]
    official: Sequence[OfficialRow]


def make_other_protocols(comparison: Comparison) -> OtherProtocols:
    """Collect the runs on regrouped folds, the runs of the same recipes on the grouped folds, and the runs on the authors' folds."""
    recipes = {run.recipe for protocol in REGROUPED for run in comparison.runs(protocol)}
    return OtherProtocols(
        regrouped=[_regrouped(run, comparison) for run in comparison.of_recipes(recipes, (PRIMARY, *REGROUPED))],
        official=[_official(run) for run in comparison.runs("official")],
    )


def _regrouped(run: Run, comparison: Comparison) -> RegroupedRow:
    binary, subtype = by_image(run, "binary"), by_image(run, "subtype")
    return RegroupedRow(
        run,
        {
            "auc": binary.get("auc"),
            "specificity_at_sensitivity_95": binary.get("specificity_at_sensitivity_95"),
            "macro_recall": subtype.get("macro_recall"),
        },
        {name: comparison.difference(run.recipe, REFERENCE, run.protocol, task, name) for task, name in HEADLINE.items()},
    )


def _official(run: Run) -> OfficialRow:
    subtype = by_image(run, "subtype")
    return OfficialRow(
        run,
        auc=by_image(run, "binary").get("auc"),
        accuracy_at_half=as_the_brief_judged(run, "binary").get("accuracy"),
        accuracy=subtype.get("accuracy"),
        macro_recall=subtype.get("macro_recall"),
    )
