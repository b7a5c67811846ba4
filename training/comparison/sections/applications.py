"""What the page says about using the probabilities: calibration, review, magnifications and patients."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from breakhis_desktop.domain.figures import BinaryFigures, Figure, PartFigures, PatientRuleFigures
from breakhis_desktop.domain.taxonomy import MAGNIFICATIONS
from training.comparison.chosen import Chosen, by_image
from training.comparison.runs import Comparison, Run
from training.evaluation.margin import MISSED_COUNTS

_RULES = ("mean", "maximum", "top_3")
_REVIEW_FIGURES = ("share_sent_to_review", "errors_caught", "missed_cancers_caught", "error_rate_of_the_rest")
_CHANCE = 0.5


@dataclass(frozen=True, slots=True)
class Calibration:
    """The temperatures of a run, and how well its probabilities are calibrated when each fold takes its temperature from the others."""

    run: Run
    temperature: float
    subtype_temperature: float | None
    calibration_error: float | None
    brier_score: Figure


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """What the review rule does to a recipe's decisions, and the error rate without it."""

    recipe: str
    rule: str
    figures: Mapping[str, Figure | None]
    error_rate_without: float | None


@dataclass(frozen=True, slots=True)
class MagnificationTable:
    """The figures of the default recipe at each magnification.

    Attributes:
        recipe: The name of the default recipe.
        parts: The figures, keyed by magnification.
        without_ranking: The magnifications at which ranking better than chance was not shown.
        specificities: The lowest and the highest specificity; None if none is known.
    """

    recipe: str
    parts: Mapping[int, PartFigures]
    without_ranking: Sequence[str]
    specificities: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class PatientRules:
    """A recipe's figures with each rule that combines the scores of a patient's images into one, keyed by the rule's name."""

    recipe: str
    rules: Mapping[str, PatientRuleFigures]


@dataclass(frozen=True, slots=True)
class Patients:
    """The number of patients and accessions that were evaluated, and the figures of each recipe by patient."""

    patients: int | None
    accessions: int
    recipes: Sequence[PatientRules]


@dataclass(frozen=True, slots=True)
class Applications:
    """What the page says about using the probabilities.

    `magnifications` is None if the default recipe was not evaluated; `patients` is None if no run was chosen.
    """

    calibrations: Sequence[Calibration]
    reviews: Sequence[ReviewRow]
    missed_counts: int
    magnifications: MagnificationTable | None
    patients: Patients | None


def make_applications(comparison: Comparison, chosen: Sequence[Chosen]) -> Applications:
    """Collect the contents of the section from the chosen runs of the binary task."""
    runs = [one.run for one in chosen]
    return Applications(
        calibrations=[one for run in runs[:2] for one in _calibration(run)],
        reviews=[_review(run) for run in runs],
        missed_counts=MISSED_COUNTS,
        magnifications=_magnifications(comparison.find(comparison.default_recipe, "grouped")),
        patients=_patients(runs),
    )


def _calibration(run: Run) -> Iterator[Calibration]:
    temperatures, figures = run.figures.temperature, by_image(run, "binary")
    temperature = temperatures.get("binary")
    if temperature is not None:
        error = figures["expected_calibration_error"].value
        yield Calibration(run, temperature, temperatures.get("subtype") or None, error, figures["brier_score"])


def _review(run: Run) -> ReviewRow:
    review, accuracy = run.figures.review, by_image(run, "binary")["accuracy"].value
    figures = {name: (review.figures or {}).get(name) for name in _REVIEW_FIGURES}
    return ReviewRow(run.recipe, review.rule, figures, None if accuracy is None else 1 - accuracy)


def _magnifications(run: Run | None) -> MagnificationTable | None:
    if run is None or run.figures.binary is None:
        return None
    parts = run.figures.binary.by_magnification
    lows = {name: part.figures["auc"].low for name, part in parts.items()}
    found = [part.figures["specificity"].value for part in parts.values()]
    specificities = [value for value in found if value is not None]
    return MagnificationTable(
        run.recipe,
        {one: parts[str(one)] for one in MAGNIFICATIONS if str(one) in parts},
        [name for name, low in lows.items() if low is not None and low <= _CHANCE],
        (min(specificities), max(specificities)) if specificities else None,
    )


def _patients(runs: Sequence[Run]) -> Patients | None:
    if not runs:
        return None
    recipes = [PatientRules(run.recipe, {rule: _binary(run).patient_rules[rule] for rule in _RULES}) for run in runs]
    return Patients(_binary(runs[0]).patients, runs[0].figures.accessions, recipes)


def _binary(run: Run) -> BinaryFigures:
    return run.figures.binary or BinaryFigures()
