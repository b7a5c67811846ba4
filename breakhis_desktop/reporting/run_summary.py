"""Summary of a run in counts: decisions, probabilities, subtypes, unanalysed images, and agreement with the known truth."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from breakhis_desktop.domain.records import ImageRecord, RunInfo
from breakhis_desktop.domain.run_summary import ReasonCount, count_reasons
from breakhis_desktop.domain.taxonomy import SUBTYPES
from breakhis_desktop.domain.truth import Confusion, Truth, confusion

BINS = 20
"""Number of bins in the histogram of probabilities, each 0.05 wide."""


@dataclass(frozen=True, slots=True)
class RunSummary:
    """The results of a run in counts.

    Attributes:
        judged: The number of images with a prediction.
        malignant: How many of these are called malignant.
        needs_review: How many of these need review.
        probabilities: Images by probability of malignant, `BINS` counts from 0 to 1.
        subtypes: Images by most probable subtype, eight counts.
        not_analysed: Why images were refused or failed, with counts, most frequent first.
        confusion: Agreement with the truth, where it is known.
    """

    judged: int
    malignant: int
    needs_review: int
    probabilities: tuple[int, ...]
    subtypes: tuple[int, ...]
    not_analysed: tuple[ReasonCount, ...]
    confusion: Confusion

    @property
    def benign(self) -> int:
        """The number of images called benign."""
        return self.judged - self.malignant


def summarise_run(run_info: RunInfo, records: Sequence[ImageRecord], known: Mapping[int, Truth]) -> RunSummary:
    """Summarise a run.

    Args:
        run_info: The settings of the run; its operating point decides.
        records: The finished images.
        known: The truth of images, by position, where it is known.
    """
    verdicts = {record.position: verdict for record in records if (verdict := run_info.verdict(record)) is not None}
    p = np.array([record.prediction.p_malignant for record in records if record.prediction])
    chosen = Counter(verdict.subtype for verdict in verdicts.values())
    return RunSummary(
        judged=len(p),
        malignant=int((p >= run_info.point.threshold).sum()),
        needs_review=sum(bool(verdict.review_reasons) for verdict in verdicts.values()),
        probabilities=tuple(np.histogram(p, BINS, (0, 1))[0].tolist()),
        subtypes=tuple(chosen[subtype] for subtype in SUBTYPES),
        not_analysed=tuple(count_reasons(records)),
        confusion=confusion(verdicts, known),
    )
