"""The output of the models for one image."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.domain.decision import Prediction


@dataclass(frozen=True, slots=True)
class ModelOutput:
    """The result of one pass over an image.

    Attributes:
        prediction: The calibrated probabilities.
        distance: The out-of-distribution score: the distance from the training images, where 1 is the limit; None if the bundle has no
            out-of-distribution detector.
        malignant_map: How much each location adds to the logit of the class malignant, rows x columns.
        subtype_maps: How much each location adds to the logit of each subtype, rows x columns x 8.
    """

    prediction: Prediction
    distance: float | None
    malignant_map: NDArray[np.float32]
    subtype_maps: NDArray[np.float32]
