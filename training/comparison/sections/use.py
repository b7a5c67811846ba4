"""How the probabilities can be used: calibration, review, magnification, patients."""

from collections.abc import Mapping, Sequence

from breakhis_desktop.domain.figures import BinaryFigures, PartFigures
from breakhis_desktop.domain.taxonomy import MAGNIFICATIONS
from training.comparison.chosen import Chosen, by_image
from training.comparison.manuscript import Manuscript
from training.comparison.runs import Comparison, Run
from training.comparison.sections.names import chosen_words, in_sentence, row_name
from training.comparison.words import evidence, joined, protocol_words
from training.evaluation.margin import MISSED_COUNTS
from training.pages.filters import figure_text, number

_RULES = {"mean": "mean", "maximum": "maximum", "top_3": "mean of the three highest"}
_PATIENT_FIGURES = ("auc", "specificity_at_sensitivity_95", "sensitivity", "specificity")
_REVIEW_FIGURES = ("share_sent_to_review", "errors_caught", "missed_cancers_caught", "error_rate_of_the_rest")
_CHANCE = 0.5
Picked = Mapping[str, Sequence[Chosen]]


def write_calibration(page: Manuscript, comparison: Comparison, chosen: Picked) -> None:
    """Write the section on calibration."""
    page.heading("Calibration")
    page.text(
        *(_calibration(one.run) for one in chosen["binary"][:2]),
        "A resample calibrates worse than all images, so that the calibration error has no honest interval of this kind.",
        "Probabilities are calibrated for the share of malignant images in this collection, and for no other.",
    )
    page.picture(
        "reliability",
        "Reliability curves",
        f"Predicted against observed share of malignant images, cross-fitted, for {_shown(comparison, chosen)}. The area "
        "of a dot is its share of the images, in ten bins of equal width; dotted: perfect calibration.",
    )


def write_selective_use(page: Manuscript, comparison: Comparison, chosen: Picked) -> None:
    """Write the section on review."""
    page.heading("Selective use")
    page.table(
        f"What the review rule does at the default operating point, cross-fitted, on unseen patients ({_grouped(comparison, 'binary')}).",
        ("recipe", "rule", "share sent to review", "errors caught", "missed cancers caught", "error rate of the rest", "without review"),
        [_review(one.run, comparison) for one in chosen["binary"]],
        words=(0, 1),
    )
    page.text(
        "The margin is that at which the share of errors caught exceeds the share of images sent by most, a missed cancer counting as "
        f"{MISSED_COUNTS} false alarms; it is found on the other folds for the figures, and on all for the bundle.",
    )
    page.picture(
        "review",
        "Errors caught against the share sent to review",
        "What the review rule catches as its band around the threshold grows from nothing to .30 on both sides, for "
        f"{_shown(comparison, chosen)}. A line begins where the disagreement of the two models alone decides; a ring is "
        "the margin that was found, which differs between folds, so that it may lie off the line; dotted: images sent at random.",
    )
    page.picture(
        "coverage",
        "Error rate against the share sent to review",
        "Risk against coverage: the error rate of the images that are not reviewed, when the least certain are sent to review first, at "
        "the default operating point (left) and for the subtype (right). A ring is what the review rule of the program does, which also "
        "reviews where the two models disagree, so that it may lie off the curve; the band is the 95 % interval of the first recipe named.",
    )


def write_magnifications(page: Manuscript, comparison: Comparison, chosen: Picked) -> None:
    """Write the section on magnification."""
    page.heading("By magnification")
    run = comparison.find(comparison.default_recipe, "grouped")
    if run and run.figures.binary:
        parts = run.figures.binary.by_magnification
        page.table(
            f"{_capital(in_sentence(run.recipe))} by magnification, {protocol_words('grouped')}; sensitivity and specificity at the "
            "default operating point, which is one for all magnifications.",
            ("magnification", "images", "accessions", "AUC", "sensitivity", "specificity", "Brier score"),
            [_magnification(one, parts[str(one)]) for one in MAGNIFICATIONS if str(one) in parts],
        )
        page.text(_weak_magnifications(parts))
    shown = chosen_words([one for runs in chosen.values() for one in runs])
    chance = " Dotted, left: chance." if chosen["binary"] else ""
    page.picture("magnification", "Headline figures by magnification", f"By magnification, with 95 % intervals, for {shown}.{chance}")


def write_patients(page: Manuscript, comparison: Comparison, chosen: Picked) -> None:
    """Write the section on patients."""
    page.heading("By patient")
    runs = [one.run for one in chosen["binary"]]
    page.text(
        *(
            f"The images of one slide id, which BreakHis calls a patient, are taken together: {_binary(run).patients} from "
            f"{run.figures.accessions} accessions. Each rule has a threshold of its own, cross-fitted for a sensitivity of .95. With "
            "so few patients, one more or less moves a figure visibly."
            for run in runs[:1]
        )
    )
    page.table(
        f"Rules that make one score of a patient's images ({_grouped(comparison, 'binary')}).",
        ("recipe", "rule", "AUC", "specificity at sensitivity .95", "sensitivity", "specificity"),
        [row for run in runs for row in _patient_rules(run, comparison)],
        words=(0, 1),
    )


def _shown(comparison: Comparison, chosen: Picked) -> str:
    return f"{chosen_words(chosen['binary'])} ({_grouped(comparison, 'binary')})"


def _grouped(comparison: Comparison, task: str) -> str:
    return f"{protocol_words('grouped')}, {comparison.behind('grouped', task)}"


def _calibration(run: Run) -> str:
    temperature, figures = run.figures.temperature.get("binary"), by_image(run, "binary")
    of_subtypes = run.figures.temperature.get("subtype")
    subtypes = f" That of its subtypes is {of_subtypes:.2f}." if of_subtypes else ""
    if temperature is None:
        return ""
    return (
        f"The temperature of {in_sentence(run.recipe)}, fitted on all folds, is {temperature:.2f}; with those of the other folds its "
        f"expected calibration error is {number(figures['expected_calibration_error'].value)} and its Brier score "
        f"{figure_text(figures['brier_score'])} ({evidence(run.figures)}).{subtypes}"
    )


def _review(run: Run, comparison: Comparison) -> list[str]:
    review, accuracy = run.figures.review, by_image(run, "binary")["accuracy"].value
    shown = [figure_text((review.figures or {}).get(name)) for name in _REVIEW_FIGURES]
    without = number(None if accuracy is None else 1 - accuracy)
    return [row_name(run.recipe, comparison.default_recipe), review.rule, *shown, without]


def _magnification(magnification: int, part: PartFigures) -> list[str]:
    note = f" ({part.note})" if part.note else ""
    figures = [figure_text(part.figures[name]) for name in ("auc", "sensitivity", "specificity", "brier_score")]
    return [f"{magnification}×{note}", f"{part.images:,}", str(part.accessions), *figures]


def _weak_magnifications(parts: Mapping[str, PartFigures]) -> str:
    """Name the magnifications at which ranking better than chance was not shown, and how far one threshold's specificity swings."""
    lows = {name: part.figures["auc"].low for name, part in parts.items()}
    unshown = [f"{name}×" for name, low in lows.items() if low is not None and low <= _CHANCE]
    specificities = [part.figures["specificity"].value for part in parts.values()]
    shares = [value for value in specificities if value is not None]
    chance = f"At {joined(unshown)} the interval of the AUC holds .5, so that no ranking better than chance is shown. " if unshown else ""
    swing = f"One threshold gives specificities from {number(min(shares))} to {number(max(shares))}." if shares else ""
    return chance + swing


def _patient_rules(run: Run, comparison: Comparison) -> list[list[str]]:
    """Write a row for each rule; the recipe is named in the first."""
    names = [row_name(run.recipe, comparison.default_recipe), *[""] * (len(_RULES) - 1)]
    rules = _binary(run).patient_rules
    return [
        [name, words, *(figure_text(rules[rule].figures[figure]) for figure in _PATIENT_FIGURES)]
        for name, (rule, words) in zip(names, _RULES.items(), strict=True)
    ]


def _binary(run: Run) -> BinaryFigures:
    return run.figures.binary or BinaryFigures()


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
