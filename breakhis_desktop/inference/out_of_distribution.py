"""Out-of-distribution score: how much an image differs from the training images, in the space of the last features.

The training images vary mainly within a small subspace of the feature space. The share of an image's features outside that subspace tells
how unfamiliar the image is (the residual of Wang et al., ViM: out-of-distribution with virtual-logit matching, 2022).
"""

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Self

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.errors import ClauseError
from breakhis_desktop.inference.archives import UNPACKING_ERRORS
from breakhis_desktop.wording.bundles import BundleCode
from breakhis_desktop.wording.message import Message

Array = NDArray[np.float32]

COMPONENTS = 128

_SHORTEST = 1e-6


@dataclass(frozen=True, slots=True)
class OodDetector:
    """The subspace of the feature space in which the training images mainly vary.

    Attributes:
        centre: The mean of the training features, one value for each channel.
        axes: The first principal components of the training features, channels x components, each of unit length.
    """

    centre: Array
    axes: Array

    @classmethod
    def fit(cls, features: Array) -> Self:
        """Fit to the training images.

        Args:
            features: Pooled features, images x channels.
        """
        centre = features.mean(axis=0)
        _, directions = np.linalg.eigh(np.cov(features, rowvar=False))
        return cls(centre, directions[:, ::-1][:, :COMPONENTS].astype(np.float32))

    @classmethod
    def load(cls, file: Path | BinaryIO) -> Self:
        """Load from the file of a bundle.

        Raises:
            ClauseError: The file does not hold a detector.
        """
        try:
            with np.load(file, allow_pickle=False) as arrays:
                found = [arrays["centre"], arrays["axes"]]
        except (*UNPACKING_ERRORS, KeyError, ValueError) as error:
            raise ClauseError(Message.of(BundleCode.FEATURES_MISSING)) from error
        if any(one.dtype.kind != "f" for one in found):
            raise ClauseError(Message.of(BundleCode.FEATURES_OF_OTHER_KIND))
        with np.errstate(over="ignore"):
            centre, axes = (one.astype(np.float32) for one in found)
        if centre.ndim != 1 or axes.ndim != 2 or len(axes) != len(centre):
            raise ClauseError(Message.of(BundleCode.FEATURES_OF_OTHER_SHAPE))
        if not (np.isfinite(centre).all() and np.isfinite(axes).all()):
            raise ClauseError(Message.of(BundleCode.FEATURES_NO_NUMBERS))
        return cls(centre, axes)

    def save(self, file: Path) -> None:
        """Save to the file of a bundle."""
        np.savez_compressed(file, centre=self.centre, axes=self.axes)

    def distances(self, features: Array) -> Array:
        """Return the share of each image's features that lies outside the training subspace, 0 to about 1.

        Args:
            features: Pooled features, N x channels.
        """
        if features.shape[1:] != self.centre.shape:
            raise ValueError("features of other networks")
        offset = features - self.centre
        outside = offset - (offset @ self.axes) @ self.axes.T
        lengths = np.maximum(np.linalg.norm(features, axis=1), _SHORTEST)
        return np.asarray(np.linalg.norm(outside, axis=1) / lengths, dtype=np.float32)
