"""What can be made of logits that are there already: several networks together, subtypes within the class, corrected priors.

Logits are N x 9: that of malignant first, then the log probabilities of the subtypes in the order of `SUBTYPES`.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.evaluation.subtypes import MALIGNANT_SUBTYPES

Logits = NDArray[np.float64]


def averaged(parts: Sequence[Logits]) -> Logits:
    """Take several networks together: the mean of their logits."""
    return np.asarray(np.mean([np.column_stack([part[:, :1], _log_shares(part[:, 1:])]) for part in parts], axis=0))


def composed(logits: Logits) -> Logits:
    """Give each subtype its probability within its class times the probability of the class by the head of malignant."""
    out = logits.copy()
    for malignant, log_class in ((True, -np.logaddexp(0, -logits[:, 0])), (False, -np.logaddexp(0, logits[:, 0]))):
        columns = 1 + np.flatnonzero(malignant == MALIGNANT_SUBTYPES)
        out[:, columns] = _log_shares(logits[:, columns]) + log_class[:, None]
    return out


def without_prior(logits: Logits, subtype: NDArray[np.int64], fold: NDArray[np.int64]) -> Logits:
    """Divide subtypes by how probable they are on average in the other folds, classes counting the same.

    Args:
        logits: Held-out, N x 9.
        subtype: The truth as positions in `SUBTYPES`, length N; -1 where it is not known.
        fold: That held each image out, length N.
    """
    out = logits.copy()
    for number in np.unique(fold):
        others, held_out = (fold != number) & (subtype >= 0), fold == number
        p, truth = np.exp(_log_shares(logits[others, 1:])), subtype[others]
        mean = np.mean([p[truth == one].mean(axis=0) for one in np.unique(truth)], axis=0)
        out[held_out, 1:] -= np.log(mean)
    return out


def _log_shares(logits: Logits) -> Logits:
    return logits - np.logaddexp.reduce(logits, axis=1, keepdims=True)
