"""Makes a network's files small: folds each batch norm into the convolution before it, and stores kernels in half precision."""

import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import h5py
import keras
import numpy as np
from keras import layers
from numpy.typing import NDArray

_WEIGHTS = "model.weights.h5"
"""The member of a Keras file that holds the weights."""


def fold_batch_norm(network: keras.Model) -> None:
    """Fold each batch norm into the convolution before it, in place; apart from rounding, the network's outputs stay the same.

    A batch norm is left as it is if it follows another kind of layer, or a convolution that has no bias, has an activation, or also feeds
    another layer.
    """
    every = list(_layers_of(network))
    uses = Counter(id(maps) for layer in every for maps in keras.tree.flatten(layer.input))
    convolutions = {id(layer.output): layer for layer in every if _is_linear(layer) and uses[id(layer.output)] == 1}
    for norm in every:
        if isinstance(norm, layers.BatchNormalization) and id(norm.input) in convolutions:
            _fold(convolutions[id(norm.input)], norm)


def halve_precision(network: keras.Model) -> None:
    """Round the kernels of all but depthwise convolutions to half precision, in place, so that `store_halves` can halve their space."""
    for layer in _layers_of(network):
        if type(layer) is layers.Conv2D:
            kernel, *bias = layer.get_weights()
            layer.set_weights([kernel.astype(np.float16).astype(np.float32), *bias])


def store_halves(file: Path) -> None:
    """Rewrite a Keras file with each array of weights in half precision, if that changes none of its numbers; Keras loads float32 again.

    Args:
        file: A file that `keras.Model.save` wrote.
    """
    with ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members[_WEIGHTS] = _in_halves(members[_WEIGHTS])
    with ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def _in_halves(weights: bytes) -> bytes:
    halved = io.BytesIO()
    with h5py.File(io.BytesIO(weights)) as source, h5py.File(halved, "w") as target:

        def copy(name: str, part: h5py.Group | h5py.Dataset) -> None:
            is_group = isinstance(part, h5py.Group)
            copied = target.create_group(name) if is_group else target.create_dataset(name, data=_smallest(part[()]))
            copied.attrs.update(part.attrs)

        target.attrs.update(source.attrs)
        source.visititems(copy)
    return halved.getvalue()


def _smallest(numbers: NDArray[Any]) -> NDArray[Any]:
    if numbers.dtype != np.float32:
        return numbers
    with np.errstate(over="ignore"):
        halves = numbers.astype(np.float16)
    return halves if np.array_equal(halves, numbers) else numbers


def _is_linear(layer: keras.Layer) -> bool:
    return type(layer) is layers.Conv2D and layer.use_bias and layer.activation is keras.activations.linear


def _layers_of(network: keras.Model) -> Iterator[keras.Layer]:
    for layer in network.layers:
        if isinstance(layer, keras.Model):
            yield from _layers_of(layer)
        else:
            yield layer


def _fold(convolution: keras.Layer, norm: keras.Layer) -> None:
    kernel, bias = convolution.get_weights()
    gamma, beta, mean, variance = norm.get_weights()
    scale = gamma / np.sqrt(variance + norm.epsilon)
    convolution.set_weights([kernel * scale, (bias - mean) * scale + beta])
    zeros = np.zeros_like(mean)
    norm.set_weights([np.ones_like(gamma), zeros, zeros, 1 - np.full_like(variance, norm.epsilon)])
