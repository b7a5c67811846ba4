"""How the probabilities can be used: calibration, review, magnification, patients."""

from collections.abc import Mapping, Sequence

from breakhis_desktop.domain.taxonomy import MAGNIFICATIONS
from training.comparison.chosen import Chosen, by_image
from training.comparison.manuscript import Manuscript
from training.comparison.runs import Comparison, Figures, Run
from training.comparison.sections.names import in_sentence, row_name
from training.comparison.words import evidence, figure_text, number, protocol_words

_RULES = {"mean": "mean", "maximum": "maximum", "top_3": "mean of the three highest"}
_PATIENT_FIGURES = ("auc", "specificity_at_sensitivity_95", "sensitivity", "specificity")
_CHOSEN = "the default recipe, the frozen line to beat, the best other recipe of ours and the brief's best"
Picked = Mapping[str, Sequence[Chosen]]


def write_calibration(page: Manuscript, comparison: Comparison, chosen: Picked) -> None:
    """Write the section on calibration."""
    page.heading("Calibration")
    page.text(
        *(_calibration(one.run) for one in chosen["binary"][:2]),
        "The calibration error of a resample is higher than that of all images, so its intervals lean upwards.",
        "Probabilities are calibrated for the share of malignant images in this collection, and for no other.",
    )
    page.picture(
        "reliability",
        "Reliability curves",
        f"Predicted against observed share of malignant images, cross-fitted, for {_CHOSEN} ({_grouped(comparison, 'binary')}). The area "
        "of a dot is its share of the images; dotted: perfect calibration.",
    )


def write_selective_use(page: Manuscript, comparison: Comparison, chosen: Picked) -> None:
    """Write the section on review."""
    page.heading("Selective use")
    page.table(
        f"What the review rule does at the default operating point, cross-fitted, on unseen patients ({_grouped(comparison, 'binary')}).",
        ("recipe", "rule", "share sent to review", "error rate of the rest", "error rate without review"),
        [_review(one.run, comparison) for one in chosen["binary"]],
        words=(0, 1),
    )
    page.picture(
        "coverage",
        "Error rate against the share sent to review",
        "Risk against coverage: the error rate of the images that are not reviewed, when the least certain are sent to review first, at "
        "the default operating point (left) and for the subtype (right). A ring is what the review rule of the program does; the band is "
        "the 95 % interval of the first recipe named.",
    )


def write_magnifications(page: Manuscript, comparison: Comparison) -> None:
    """Write the section on magnification."""
    page.heading("By magnification")
    run = comparison.find(comparison.default_recipe, "grouped")
    if run and "binary" in run.figures:
        parts = run.figures["binary"]["by_magnification"]
        page.table(
            f"{_capital(in_sentence(run.recipe))} by magnification, {protocol_words('grouped')}; sensitivity and specificity at the "
            "default operating point, which is one for all magnifications.",
            ("magnification", "images", "accessions", "AUC", "sensitivity", "specificity", "Brier score"),
            [_magnification(one, parts[str(one)]) for one in MAGNIFICATIONS if str(one) in parts],
        )
    page.picture(
        "magnification", "Headline figures by magnification", f"By magnification, with 95 % intervals, for {_CHOSEN}. Dotted: chance."
    )


def write_patients(page: Manuscript, comparison: Comparison, chosen: Picked) -> None:
    """Write the section on patients."""
    page.heading("By patient")
    runs = [one.run for one in chosen["binary"]]
    page.text(
        *(
            f"The images of one slide id are taken together as one patient, {run.figures['binary']['patients']} in all; each rule has a "
            "threshold of its own, cross-fitted for a sensitivity of .95. With so few patients, one more or less moves a figure visibly."
            for run in runs[:1]
        )
    )
    page.table(
        f"Rules that make one score of a patient's images ({_grouped(comparison, 'binary')}).",
        ("recipe", "rule", "AUC", "specificity at sensitivity .95", "sensitivity", "specificity"),
        [row for run in runs for row in _patient_rules(run, comparison)],
        words=(0, 1),
    )


def _grouped(comparison: Comparison, task: str) -> str:
    return f"{protocol_words('grouped')}, {comparison.behind('grouped', task)}"


def _calibration(run: Run) -> str:
    temperature, figures = run.figures["temperature"]["binary"], by_image(run, "binary")
    if temperature is None:
        return ""
    return (
        f"{_capital(in_sentence(run.recipe))} takes a temperature of {temperature:.2f}; its expected calibration error is then "
        f"{figure_text(figures['expected_calibration_error'])} and its Brier score {figure_text(figures['brier_score'])} "
        f"({evidence(run.figures)})."
    )


def _review(run: Run, comparison: Comparison) -> list[str]:
    review, accuracy = run.figures["review"], run.figures["binary"]["by_image"]["accuracy"]["value"]
    shown = [figure_text(review["figures"][name]) for name in ("share_sent_to_review", "error_rate_of_the_rest")]
    without = number(None if accuracy is None else 1 - accuracy)
    return [row_name(run.recipe, comparison.default_recipe), review["rule"], *shown, without]


def _magnification(magnification: int, part: Figures) -> list[str]:
    note = f" ({part['note']})" if "note" in part else ""
    figures = [figure_text(part["figures"][name]) for name in ("auc", "sensitivity", "specificity", "brier_score")]
    return [f"{magnification}×{note}", f"{part['images']:,}", str(part["accessions"]), *figures]


def _patient_rules(run: Run, comparison: Comparison) -> list[list[str]]:
    """Write a row for each rule; the recipe is named in the first."""
    names = [row_name(run.recipe, comparison.default_recipe), *[""] * (len(_RULES) - 1)]
    rules = run.figures["binary"]["patient_rules"]
    return [
        [name, words, *(figure_text(rules[rule][figure]) for figure in _PATIENT_FIGURES)]
        for name, (rule, words) in zip(names, _RULES.items(), strict=True)
    ]


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
