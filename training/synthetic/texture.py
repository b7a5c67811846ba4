"""Noise, fibres and scattered points, from which all tissue is drawn."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage
from scipy.spatial import cKDTree

Map = NDArray[np.float64]
Mask = NDArray[np.bool_]
Shape = tuple[int, int]


def cloud(rng: np.random.Generator, shape: Shape, blur: float) -> Map:
    """Return smooth isotropic noise of mean 0 and standard deviation 1.

    Args:
        rng: The source of randomness.
        shape: Height and width in pixels.
        blur: Standard deviation of the smoothing Gaussian in pixels.
    """
    step = max(1, int(blur / 3))
    coarse = (shape[0] // step + 4, shape[1] // step + 4)
    noise = ndimage.gaussian_filter(rng.standard_normal(coarse), max(blur, 0.3) / step, mode="wrap")
    if step > 1:
        noise = ndimage.zoom(noise, step, order=1)
    return standardise(noise[: shape[0], : shape[1]])


def fractal(rng: np.random.Generator, shape: Shape, blur: float, octaves: int) -> Map:
    """Return the sum of noise at several scales, each half as coarse as the one before, and weaker; mean 0, standard deviation 1."""
    return standardise(np.sum([0.6**octave * cloud(rng, shape, blur / 2**octave) for octave in range(octaves)], axis=0))


def standardise(values: Map) -> Map:
    """Shift and scale to mean 0 and standard deviation 1."""
    return np.asarray((values - values.mean()) / (values.std() + 1e-9))


def ramp(values: Map, width: float = 1.0) -> Map:
    """Return a soft step from 0 to 1 around zero, which extends by about `width` to either side."""
    return np.asarray(0.5 + 0.5 * np.tanh(values / width))


def signed_distance(mask: Mask) -> Map:
    """Return the distance in pixels to the mask's edge: positive inside, negative outside."""
    return np.asarray(ndimage.distance_transform_edt(mask) - ndimage.distance_transform_edt(~mask))


def warped(rng: np.random.Generator, shape: Shape, blur: float, amount: float) -> tuple[Map, Map]:
    """Return the row and column of each pixel, displaced by smooth noise with a standard deviation of `amount` pixels."""
    rows, columns = np.mgrid[: shape[0], : shape[1]].astype(float)
    return rows + amount * cloud(rng, shape, blur), columns + amount * cloud(rng, shape, blur)


def smear(angle: Map, noise: Map, reach: float) -> Map:
    """Average noise along the lines of an orientation field, which turns it into fibres (line integral convolution).

    Args:
        angle: Direction of the fibres in radians at each pixel.
        noise: The noise to smear.
        reach: How far the average extends to either side, in pixels.
    """
    short = max(reach / 36, 0.5)
    short_walk = _walk(angle, noise, short)  # fills the gaps between the steps of the long walk
    return standardise(_walk(angle, short_walk, 7 * short))


def _walk(angle: Map, noise: Map, stride: float) -> Map:
    """Sum noise over five steps of `stride` pixels to either side."""
    height, width = angle.shape
    down, across, source = stride * np.sin(angle).ravel(), stride * np.cos(angle).ravel(), noise.ravel()
    total = source.copy()
    for direction in (1.0, -1.0):
        row, column = np.mgrid[:height, :width].reshape(2, -1).astype(float)
        here = np.arange(height * width)
        for _ in range(5):
            row += direction * down[here]
            column += direction * across[here]
            here = np.clip(np.rint(row).astype(int), 0, height - 1) * width + np.clip(np.rint(column).astype(int), 0, width - 1)
            total += source[here]
    return total.reshape(height, width)


def scatter(rng: np.random.Generator, seat: Mask, spacing: float) -> Map:
    """Return random points with a minimum distance between them.

    Args:
        rng: The source of randomness.
        seat: The mask of allowed positions.
        spacing: The minimum distance between two points in pixels.

    Returns:
        Row and column of each point, shape (points, 2).
    """
    places = np.argwhere(seat)
    if len(places) == 0:
        return np.zeros((0, 2))
    count = int(3 * len(places) / spacing**2) + 1
    return thin(places[rng.integers(len(places), size=count)] + rng.uniform(-0.5, 0.5, (count, 2)), spacing)


def thin(points: Map, spacing: float) -> Map:
    """Drop each point within `spacing` pixels of an earlier point that is kept."""
    pairs: NDArray[Any] = cKDTree(points).query_pairs(spacing, output_type="ndarray")
    dropped = np.zeros(len(points), dtype=bool)
    for first, second in pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]:
        dropped[second] |= not dropped[first]
    return np.asarray(points[~dropped])


def nearest_two(points: Map, rows: Map, columns: Map) -> tuple[Map, Map, NDArray[np.intp]]:
    """Return the distances from each pixel to the nearest and second nearest point, and the index of the nearest."""
    distance, index = cKDTree(points).query(np.column_stack([rows.ravel(), columns.ravel()]), k=2)
    return distance[:, 0].reshape(rows.shape), distance[:, 1].reshape(rows.shape), index[:, 0].reshape(rows.shape)


def sample(values: NDArray[Any], points: Map) -> NDArray[Any]:
    """Return the values of a map at points."""
    row, column = np.rint(points).astype(int).T
    at: NDArray[Any] = values[np.clip(row, 0, values.shape[0] - 1), np.clip(column, 0, values.shape[1] - 1)]
    return at
