"""What the models found in one image."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.domain.decision import Prediction


@dataclass(frozen=True, slots=True)
class ModelOutput:
    """All that one pass over an image gives.

    Attributes:
        prediction: The calibrated probabilities.
        distance: How far the image lies from those that the models were trained on, 1 being the limit of the familiar; None where the
            bundle does not know.
        malignant_map: What each part of the image adds to the logit of malignant, rows x columns.
        subtype_maps: What each part adds to the logit of each subtype, rows x columns x 8.
    """

    prediction: Prediction
    distance: float | None
    malignant_map: NDArray[np.float32]
    subtype_maps: NDArray[np.float32]
