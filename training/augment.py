"""Images varied anew in each epoch: symmetries, size, place, stain and brightness."""

import keras
import numpy as np
from keras import ops
from numpy.typing import NDArray

from training.recipe import FineTuneStage

# Optical density of haematoxylin, eosin and a residual per colour (Ruifrok and Johnston 2001).
_STAINS = np.array([[0.65, 0.70, 0.29], [0.07, 0.99, 0.11], [0.27, 0.57, 0.78]])
_STAINS_INVERSE = np.linalg.inv(_STAINS)


def symmetry(images: NDArray[np.uint8], number: int) -> NDArray[np.uint8]:
    """Return one of the eight symmetries of square images (N x side x side x 3); number 0 leaves them as they are."""
    turned = np.rot90(images, number % 4, axes=(1, 2))
    return turned[:, :, ::-1] if number >= 4 else turned


def augment(images: NDArray[np.uint8], stage: FineTuneStage, random: np.random.Generator) -> NDArray[np.float32]:
    """Vary each image of a batch by itself.

    Args:
        images: N x side x side x 3, 0-255.
        stage: How far.
        random: Draws the variations.

    Returns:
        Images of the same shape, float32, 0-255; what comes in from outside is the image mirrored at its edge.
    """
    transforms = np.stack([_transform(images.shape[1], stage, random) for _ in images])
    moved = ops.image.affine_transform(images.astype(np.float32), transforms, interpolation="bilinear", fill_mode="reflect")
    return np.asarray(ops.convert_to_numpy(_restain(moved, stage, random)), dtype=np.float32)


def _transform(side: int, stage: FineTuneStage, random: np.random.Generator) -> NDArray[np.float32]:
    """Draw a symmetry about the centre, a scale and a shift, as the eight numbers of a projective transform."""
    matrix = np.linalg.matrix_power(np.array([[0.0, -1.0], [1.0, 0.0]]), random.integers(4))
    matrix = matrix @ np.diag([1.0, random.choice([-1.0, 1.0])]) * (1 + random.uniform(-stage.scale, stage.scale))
    centre = np.full(2, (side - 1) / 2)
    offset = centre - matrix @ centre + random.uniform(-stage.shift, stage.shift, 2) * side
    return np.array([*matrix[0], offset[0], *matrix[1], offset[1], 0, 0], dtype=np.float32)


def _restain(images: keras.KerasTensor, stage: FineTuneStage, random: np.random.Generator) -> keras.KerasTensor:
    """Scale each stain in optical density, and the light on top."""
    count = images.shape[0]
    strengths = 1 + random.uniform(-stage.stain, stage.stain, (count, 3))
    mixes = (_STAINS_INVERSE[None] * strengths[:, None, :]) @ _STAINS
    density = -ops.log((images + 1) / 256)
    stained = 256 * ops.exp(-ops.einsum("nhwc,ncd->nhwd", density, mixes.astype(np.float32))) - 1
    light = 1 + random.uniform(-stage.brightness, stage.brightness, (count, 1, 1, 1))
    return ops.clip(stained * light.astype(np.float32), 0, 255)
