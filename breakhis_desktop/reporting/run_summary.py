"""What a run found, in counts: decisions, probabilities, subtypes, what was declined, and agreement with the truth where it is known."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.domain.records import ImageRecord, RunFacts, Status
from breakhis_desktop.domain.taxonomy import SUBTYPES, Decision, Subtype
from breakhis_desktop.evaluation.decisions import confusion_counts, decision_figures
from breakhis_desktop.evaluation.subtypes import confusion_matrix

BINS = 20
"""Bars of the distribution of probabilities, each .05 wide."""


class KnownTruth(Protocol):
    """What is known of an image beside what the models say."""

    @property
    def decision(self) -> Decision:
        """Benign or malignant."""

    @property
    def subtype(self) -> Subtype | None:
        """The subtype; None where only the decision is known."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How decisions and subtypes of a run agree with the truth.

    Attributes:
        images: How many judged images have a known truth.
        counts: `tn`, `fp`, `fn` and `tp` among them.
        figures: Sensitivity, specificity, precision and accuracy, 0 to 1; NaN where a figure has no meaning.
        subtypes: Images by true subtype in rows and most probable one in columns, 8 x 8, of those whose subtype is known.
    """

    images: int
    counts: Mapping[str, int]
    figures: Mapping[str, float]
    subtypes: NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class RunSummary:
    """A run in counts.

    Attributes:
        judged: How many images have a prediction.
        malignant: How many of these are called malignant.
        needs_review: How many of these ask for a human.
        probabilities: Images by probability of malignant, `BINS` counts from 0 to 1.
        subtypes: Images by most probable subtype, eight counts.
        declined: Reasons why images were refused or failed with their counts, the most frequent first.
        agreement: How the run agrees with the truth; None where no truth is known.
    """

    judged: int
    malignant: int
    needs_review: int
    probabilities: tuple[int, ...]
    subtypes: tuple[int, ...]
    declined: tuple[tuple[str, int], ...]
    agreement: Agreement | None

    @property
    def benign(self) -> int:
        """How many judged images are called benign."""
        return self.judged - self.malignant


def summarise_run(facts: RunFacts, records: Sequence[ImageRecord], truths: Mapping[int, KnownTruth]) -> RunSummary:
    """Count what a run found.

    Args:
        facts: What the run was made with; its operating point decides.
        records: The images that have ended.
        truths: What is known of images, by position.
    """
    judged = [record for record in records if record.prediction is not None]
    p, subtypes = _probabilities(judged), _subtypes(judged)
    called = p >= facts.point.threshold
    verdicts = (facts.verdict(record) for record in judged)
    return RunSummary(
        judged=len(judged),
        malignant=int(called.sum()),
        needs_review=sum(bool(verdict and verdict.review_reasons) for verdict in verdicts),
        probabilities=tuple(np.histogram(p, BINS, (0, 1))[0].tolist()),
        subtypes=tuple(np.bincount(subtypes, minlength=len(SUBTYPES)).tolist()),
        declined=_declined(records),
        agreement=_agreement(judged, called, subtypes, truths),
    )


def _probabilities(judged: Sequence[ImageRecord]) -> NDArray[np.float64]:
    return np.array([record.prediction.p_malignant for record in judged if record.prediction])


def _subtypes(judged: Sequence[ImageRecord]) -> NDArray[np.intp]:
    return np.array([np.argmax(record.prediction.p_subtypes) for record in judged if record.prediction], dtype=np.intp)


def _declined(records: Iterable[ImageRecord]) -> tuple[tuple[str, int], ...]:
    reasons = Counter(record.reason for record in records if record.status in {Status.REFUSED, Status.FAILED})
    return tuple(sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0])))


def _agreement(
    judged: Sequence[ImageRecord], called: NDArray[np.bool_], subtypes: NDArray[np.intp], truths: Mapping[int, KnownTruth]
) -> Agreement | None:
    known = [place for place, record in enumerate(judged) if record.position in truths]
    if not known:
        return None
    found = [truths[judged[place].position] for place in known]
    malignant = np.array([truth.decision is Decision.MALIGNANT for truth in found])
    with_subtype = [(place, SUBTYPES.index(truth.subtype)) for place, truth in zip(known, found, strict=True) if truth.subtype]
    true = np.array([subtype for _, subtype in with_subtype], dtype=np.intp)
    chosen = subtypes[[place for place, _ in with_subtype]]
    return Agreement(
        images=len(known),
        counts={name: int(count) for name, count in confusion_counts(malignant, called[known]).items()},
        figures={name: float(value) for name, value in decision_figures(malignant, called[known]).items()},
        subtypes=confusion_matrix(true, chosen).astype(np.intp),
    )
