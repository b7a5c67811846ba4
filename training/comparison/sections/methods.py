"""What was judged, and how."""

from breakhis_desktop.evaluation.bootstrap import RESAMPLES
from training.comparison.manuscript import Manuscript
from training.comparison.published import PUBLISHED
from training.comparison.runs import Comparison, Run
from training.comparison.sections.names import in_sentence
from training.comparison.words import evidence, joined, protocol_words
from training.experiment.ensemble import known_ensembles, load_ensemble
from training.experiment.protocols import PRIMARY, PROTOCOLS
from training.pages.filters import percent


def write_methods(page: Manuscript, comparison: Comparison) -> None:
    """Write the section on data and protocols."""
    page.heading("Data and protocols")
    largest = {protocol: _largest(comparison.runs(protocol)) for protocol in PROTOCOLS}
    page.table(
        "The protocols, and what stands behind their figures.",
        ("protocol", "images scored", "what it is, and what it stands for"),
        [[protocol_words(protocol), evidence(run.figures), PROTOCOLS[protocol].meaning] for protocol, run in largest.items() if run],
        words=(0, 1, 2),
    )
    page.text(_data([*comparison.runs("grouped"), *comparison.runs("image")]))
    page.text(
        "Brackets are 95 % intervals by a bootstrap over accessions, not images, since images of one patient are no independent evidence: "
        f"the 2.5th and 97.5th percentile of {RESAMPLES:,} resamples.",
        "Macro recall is the mean of the recalls of the subtypes; a resample that lacks one takes the mean over the others, so that its "
        "intervals are biased upwards.",
        "A difference is paired: both recipes are judged on the same resampled accessions; it counts as shown where its interval "
        "excludes zero.",
        "Figures at an operating point, and after a temperature, are cross-fitted: each accession is judged by a threshold and a "
        "temperature that were fitted on the other folds. The default operating point aims at a sensitivity of .95.",
        "AUC and the specificity at a given sensitivity are of the scores as the networks give them, pooled over the folds, so that a "
        "shift of level between two folds' networks lowers them. A temperature divides the logits of a network; the Brier score is the "
        "mean squared error of its probabilities.",
    )
    page.text(_ensembles(comparison))
    page.text(_departures([*comparison.runs(PRIMARY), *comparison.runs("image")]))


def _ensembles(comparison: Comparison) -> str:
    """Say what each ensemble is the mean of."""
    judged = {run.recipe for run in comparison.runs(PRIMARY)}
    made = [
        f"`{one.name}` of {joined([in_sentence(member) for member in one.members])}"
        for one in map(load_ensemble, known_ensembles())
        if one.name in judged
    ]
    if not made:
        return ""
    return (
        "An ensemble is the geometric mean of the probabilities of its members, before any temperature, so that whoever is more certain "
        f"weighs more; it costs their passes together, and no training of its own: {'; '.join(made)}."
    )


def _departures(runs: list[Run]) -> str:
    """Say where the brief's recipes were repeated in another way than it trained them."""
    brief = [run for run in runs if run.recipe in PUBLISHED]
    if not brief:
        return ""
    precisions = sorted({run.figures.precision for run in brief})
    return (
        f"The brief's recipes were repeated as it describes them, in {joined(precisions)}, but for three things. Where it stopped a "
        "training of eight subtypes by a figure that it does not name, it is the macro recall of the validation part here. Batch norm "
        "follows the statistics with a momentum of .94, which on these images is as fast, counted in epochs, as .99 is on all 7,909. And "
        "the epochs were cut where the last column of a table says so."
    )


def _largest(runs: list[Run]) -> Run | None:
    return max(runs, key=lambda run: run.figures.images, default=None)


def _data(runs: list[Run]) -> str:
    """Describe the images behind runs, by the most that any of them was judged on."""
    sentences = []
    if run := _largest([run for run in runs if run.figures.binary]):
        share = percent(_malignant_share(run))
        sentences.append(
            "The images are fields of breast tumours from BreakHis, a part of its 7,909, all of one laboratory and most of them shrunk "
            f"to 224 × 224 pixels; {share} of {evidence(run.figures)} are malignant. An accession is the number of a specimen, very likely "
            "one patient."
        )
    if run := _largest([run for run in runs if run.figures.subtype]):
        sentences.append(
            f"The subtypes are judged on {evidence(run.evidence('subtype'))}: accession 13412, which the data set names as two subtypes "
            "with the same pixels, is left out of them."
        )
    return " ".join(sentences)


def _malignant_share(run: Run) -> float:
    curve = run.figures.binary.precision_recall if run.figures.binary else None
    return (curve.malignant_share or 0.0) if curve else 0.0
