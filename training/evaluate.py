"""The figures of a recipe under the grouped protocol, from predictions on images that were held out."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.domain.decision import Estimate
from breakhis_desktop.domain.taxonomy import MAGNIFICATIONS, SUBTYPES
from breakhis_desktop.errors import UserError
from breakhis_desktop.evaluation.bootstrap import estimate
from breakhis_desktop.evaluation.crossfit import crossfit_binary, crossfit_subtypes, crossfit_thresholds
from breakhis_desktop.evaluation.metrics import (
    MALIGNANT_SUBTYPES,
    calibration_figures,
    confusion_matrix,
    decision_figures,
    ranking_figures,
    reliability_curve,
    subtype_figures,
    subtype_recalls,
)
from breakhis_desktop.evaluation.operating import OPERATING_POINTS
from breakhis_desktop.evaluation.temperature import fit_binary, fit_subtypes, temper_binary
from training.data import Dataset
from training.recipe import Recipe
from training.splits import FOLDS
from training.train import minutes_of, out_of_fold
from training.workspace import Workspace

REVIEW_MARGIN = 0.10
"""Half the band around the threshold within which an image is sent to review."""

ENOUGH_ACCESSIONS = 3
WELL_COVERED_ACCESSIONS = 4
TOO_FEW = "too few patients"
OPERATING_PROTOCOL = "grouped, cross-fitted"

Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class BinaryPredictions:
    """Out-of-fold probabilities of malignant with what is known of their origin; every array has length N.

    Attributes:
        raw: Before any temperature.
        calibrated: With the temperature of the other folds.
        malignant: The truth.
        accession: Of each image or patient.
        fold: That held it out.
    """

    raw: NDArray[np.float64]
    calibrated: NDArray[np.float64]
    malignant: NDArray[np.bool_]
    accession: NDArray[np.str_]
    fold: NDArray[np.int64]

    def thresholds(self, point: str) -> NDArray[np.float64]:
        """Return the threshold of an operating point that each entry is judged by, from the other folds."""
        return crossfit_thresholds(self.raw, self.malignant, self.fold, OPERATING_POINTS[point])

    def called(self, point: str) -> NDArray[np.bool_]:
        """Return the decisions at an operating point."""
        return self.calibrated >= self.thresholds(point)


def evaluate(recipe: Recipe, data: Dataset, workspace: Workspace) -> Figures:
    """Compute all figures of a recipe and write them beside its runs.

    Raises:
        UserError: Not all folds are trained.
    """
    predictions = out_of_fold(recipe, data, workspace)
    if predictions is None:
        raise UserError(f"Not all folds of {recipe.name} are trained; run `python -m training train {recipe.name}` first.")
    raw, subtypes = (part.astype(np.float64) for part in predictions)
    binary = BinaryPredictions(raw, crossfit_binary(raw, data.malignant, data.fold), data.malignant, data.accession, data.fold)
    known = data.subtype_known
    figures = {
        "recipe": recipe.name,
        "recipe_sha256": recipe.sha256,
        "protocol": "grouped",
        "images": len(data),
        "accessions": len(set(data.accession)),
        "split_sha256": data.split_sha256,
        "minutes": round(sum(minutes_of(workspace.fold_run(recipe.name, fold)) for fold in FOLDS), 1),
        "binary": _binary_figures(binary, data),
        "subtype": _subtype_figures(subtypes[known], data.subtype[known], data.accession[known], data.fold[known]),
        "temperature": {
            "binary": fit_binary(raw, data.malignant),
            "subtype": fit_subtypes(subtypes[known], data.subtype[known]),
        },
        "operating_points": {name: _operating_point(binary, name) for name in OPERATING_POINTS},
        "review": _review(binary, subtypes),
    }
    workspace.evaluation_file(recipe.name).write_text(json.dumps(figures, indent=2), encoding="utf-8")
    return figures


def readable(figures: Figures) -> str:
    """Write figures as a table for people."""
    title = f"{figures['recipe']}, protocol {figures['protocol']}: {figures['images']} images, {figures['accessions']} accessions"
    sections = {
        "binary, by image": figures["binary"]["by_image"],
        "binary, by patient": figures["binary"]["by_patient"],
        **{f"binary, {magnification}X": part["figures"] for magnification, part in figures["binary"]["by_magnification"].items()},
        f"subtype (without 13412: {figures['subtype']['images']} images)": figures["subtype"]["figures"],
        "subtype, recall": figures["subtype"]["recall"],
        **{f"operating point {name}": point for name, point in figures["operating_points"].items()},
        f"review, margin {figures['review']['margin']}": figures["review"]["figures"],
    }
    lines = [title, f"temperature: binary {figures['temperature']['binary']:.2f}, subtype {figures['temperature']['subtype']:.2f}"]
    for name, part in sections.items():
        lines += ["", name, *(_line(figure, value) for figure, value in part.items())]
    return "\n".join(lines)


def _line(name: str, value: Any) -> str:
    if not isinstance(value, Mapping):
        return f"  {name:32} {value:.3f}" if isinstance(value, float) else f"  {name:32} {value}"
    numbers = [float("nan") if value[key] is None else value[key] for key in ("value", "low", "high")]
    interval = "  {:32} {:.3f} [{:.3f}, {:.3f}]".format(name, *numbers)
    evidence = f"  {value['images']} images, {value['accessions']} accessions" if "images" in value else ""
    return f"{interval}{evidence} {value.get('note', '')}".rstrip()


def _binary_figures(binary: BinaryPredictions, data: Dataset) -> Figures:
    magnifications = [one for one in MAGNIFICATIONS if (data.magnification == one).any()]
    return {
        "by_image": _judge(binary, binary.called("default")),
        "by_patient": _judge_patients(binary, data.patient_id),
        "by_magnification": {str(one): _judge_part(binary, data.magnification == one) for one in magnifications},
        "reliability": reliability_curve(binary.malignant, binary.calibrated),
    }


def _judge(binary: BinaryPredictions, called: NDArray[np.bool_], part: NDArray[np.bool_] | None = None) -> Figures:
    rows = np.flatnonzero(part) if part is not None else np.arange(len(called))

    def figures(drawn: NDArray[np.intp]) -> Mapping[str, float]:
        these = rows[drawn]
        truth = binary.malignant[these]
        return {
            **ranking_figures(truth, binary.raw[these]),
            **decision_figures(truth, called[these]),
            **calibration_figures(truth, binary.calibrated[these]),
        }

    return {name: as_numbers(value) for name, value in estimate(binary.accession[rows], figures).items()}


def _judge_part(binary: BinaryPredictions, part: NDArray[np.bool_]) -> Figures:
    evidence = {"images": int(part.sum()), "accessions": len(set(binary.accession[part]))}
    return {**evidence, "figures": _judge(binary, binary.called("default"), part)}


def _judge_patients(binary: BinaryPredictions, patient_id: NDArray[np.str_]) -> Figures:
    """Judge patients by the mean over their images, with an operating point of their own."""
    _, first, patient = np.unique(patient_id, return_index=True, return_inverse=True)
    mean = np.bincount(patient, binary.calibrated) / np.bincount(patient)
    patients = BinaryPredictions(mean, mean, binary.malignant[first], binary.accession[first], binary.fold[first])
    recalibrated = crossfit_binary(mean, patients.malignant, patients.fold)
    return _judge(patients, recalibrated >= patients.thresholds("default"))


def _subtype_figures(
    raw: NDArray[np.floating], subtype: NDArray[np.int64], accession: NDArray[np.str_], fold: NDArray[np.int64]
) -> Figures:
    p = crossfit_subtypes(raw, subtype, fold)
    accessions = {one.code: len(set(accession[subtype == position])) for position, one in enumerate(SUBTYPES)}
    images = {one.code: int((subtype == position).sum()) for position, one in enumerate(SUBTYPES)}
    covered = [code for code, count in accessions.items() if count >= WELL_COVERED_ACCESSIONS]

    def figures(rows: NDArray[np.intp]) -> Mapping[str, float]:
        recalls = subtype_recalls(subtype[rows], p[rows])
        well_covered = [recalls[code] for code in covered if not np.isnan(recalls[code])]
        mean = float(np.mean(well_covered)) if well_covered else float("nan")
        return {**subtype_figures(subtype[rows], p[rows]), "macro_recall_well_covered": mean, **recalls}

    estimates = {name: as_numbers(value) for name, value in estimate(accession, figures).items()}
    recall = {code: {**estimates.pop(code), **_evidence(images[code], accessions[code])} for code in accessions}
    return {
        "images": len(subtype),
        "accessions": len(set(accession)),
        "figures": estimates,
        "well_covered": covered,
        "recall": recall,
        "confusion_matrix": confusion_matrix(subtype, p).tolist(),
    }


def _evidence(images: int, accessions: int) -> Figures:
    note = {"note": TOO_FEW} if accessions < ENOUGH_ACCESSIONS else {}
    return {"images": images, "accessions": accessions, **note}


def _operating_point(binary: BinaryPredictions, point: str) -> Figures:
    """Fit the shipped threshold on all images, and judge it by cross-fitted decisions."""
    shipped = temper_binary(binary.raw, fit_binary(binary.raw, binary.malignant))
    called = binary.called(point)
    shown = estimate(binary.accession, lambda rows: decision_figures(binary.malignant[rows], called[rows]))
    return {
        "threshold": OPERATING_POINTS[point](binary.malignant, shipped),
        "sensitivity": as_numbers(shown["sensitivity"]),
        "specificity": as_numbers(shown["specificity"]),
        "protocol": f"{OPERATING_PROTOCOL}; {len(binary.malignant):,} images of {len(set(binary.accession))} accessions",
    }


def _review(binary: BinaryPredictions, subtypes: NDArray[np.floating]) -> Figures:
    """Judge the review rule at the default operating point."""
    thresholds, called = binary.thresholds("default"), binary.called("default")
    sent = np.abs(binary.calibrated - thresholds) < REVIEW_MARGIN
    sent |= MALIGNANT_SUBTYPES[subtypes.argmax(axis=1)] != called
    wrong = called != binary.malignant

    def figures(rows: NDArray[np.intp]) -> Mapping[str, float]:
        rest = rows[~sent[rows]]
        error = float(wrong[rest].mean()) if len(rest) else float("nan")
        return {"share_sent_to_review": float(sent[rows].mean()), "error_rate_of_the_rest": error}

    estimates = estimate(binary.accession, figures)
    return {"margin": REVIEW_MARGIN, "protocol": OPERATING_PROTOCOL, "figures": {name: as_numbers(one) for name, one in estimates.items()}}


def as_numbers(one: Estimate) -> dict[str, float | None]:
    """Write a figure with its interval as JSON can hold it: NaN becomes null."""
    numbers = {"value": one.value, "low": one.low, "high": one.high}
    return {key: None if np.isnan(number) else round(number, 4) for key, number in numbers.items()}
