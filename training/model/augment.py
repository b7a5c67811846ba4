"""Augmentation, new in each epoch: symmetries, rotation, shift, shear, zoom, stain and brightness."""

import keras
import numpy as np
from keras import ops
from numpy.typing import NDArray

from training.experiment.recipe import Augmentation

# Optical density of haematoxylin, eosin and a residual in red, green and blue (Ruifrok and Johnston 2001).
_STAINS = np.array([[0.65, 0.70, 0.29], [0.07, 0.99, 0.11], [0.27, 0.57, 0.78]])
_STAINS_INVERSE = np.linalg.inv(_STAINS)


def symmetry(images: NDArray[np.uint8], number: int) -> NDArray[np.uint8]:
    """Return one of the eight symmetries of square images (N x side x side x 3); number 0 is the identity."""
    turned = np.rot90(images, number % 4, axes=(1, 2))
    return turned[:, :, ::-1] if number >= 4 else turned


def augment(images: NDArray[np.uint8], how: Augmentation, random: np.random.Generator) -> NDArray[np.float32]:
    """Augment each image of a batch independently.

    Args:
        images: N x side x side x 3, 0-255.
        how: The kinds and strengths of augmentation.
        random: The source of randomness.

    Returns:
        Images of the same shape, float32, 0-255.
    """
    varied = images.astype(np.float32)
    if how == Augmentation():
        return varied
    transforms = np.stack([_transform(images.shape[1], how, random) for _ in images])
    varied = ops.image.affine_transform(varied, transforms, interpolation="bilinear", fill_mode=how.fill)
    if how.stain or how.stain_shift or how.brightness:
        varied = _restain(varied, how, random)
    return np.asarray(ops.convert_to_numpy(varied), dtype=np.float32)


def _transform(side: int, how: Augmentation, random: np.random.Generator) -> NDArray[np.float32]:
    """Draw a linear map about the centre and a shift, as the eight coefficients of a projective transform."""
    matrix = _mirror_and_turn(how, random) @ _shear(how, random) @ _zoom(how, random)
    centre = np.full(2, (side - 1) / 2)
    offset = centre - matrix @ centre + random.uniform(-how.shift, how.shift, 2) * side
    return np.array([*matrix[0], offset[0], *matrix[1], offset[1], 0, 0], dtype=np.float32)


def _mirror_and_turn(how: Augmentation, random: np.random.Generator) -> NDArray[np.float64]:
    angle = np.radians(random.uniform(-how.rotation, how.rotation))
    if how.symmetries:
        angle += random.integers(4) * np.pi / 2
    mirror = random.choice([-1.0, 1.0]) if how.symmetries or how.flip else 1.0
    return np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]) @ np.diag([mirror, 1.0])


def _shear(how: Augmentation, random: np.random.Generator) -> NDArray[np.float64]:
    angle = np.radians(random.uniform(-how.shear, how.shear))
    return np.array([[1.0, -np.sin(angle)], [0.0, np.cos(angle)]])


def _zoom(how: Augmentation, random: np.random.Generator) -> NDArray[np.float64]:
    factors = 1 + random.uniform(-how.zoom, how.zoom, 2)
    return np.diag(factors if how.zoom_axes else [factors[0], factors[0]])


def _restain(images: keras.KerasTensor, how: Augmentation, random: np.random.Generator) -> keras.KerasTensor:
    """Scale and shift each stain in optical density, then scale the brightness."""
    count = images.shape[0]
    strengths = 1 + random.uniform(-how.stain, how.stain, (count, 3))
    mixes = (_STAINS_INVERSE[None] * strengths[:, None, :]) @ _STAINS
    density = ops.einsum("nhwc,ncd->nhwd", -ops.log((images + 1) / 256), mixes.astype(np.float32))
    if how.stain_shift:
        density += (random.uniform(-how.stain_shift, how.stain_shift, (count, 3)) @ _STAINS)[:, None, None].astype(np.float32)
    stained = 256 * ops.exp(-density) - 1
    light = 1 + random.uniform(-how.brightness, how.brightness, (count, 1, 1, 1))
    return ops.clip(stained * light.astype(np.float32), 0, 255)
