"""A network whose files are small: batch norm folded into the convolutions, whose kernels then need half the digits."""

from collections import Counter
from collections.abc import Iterator

import keras
import numpy as np
from keras import layers


def fold_batch_norm(network: keras.Model) -> None:
    """Move what batch norm does after each convolution into that convolution, in place; the network computes the same but for rounding.

    A batch norm after anything else stays as it is, and so does one after a convolution that has no bias, an activation of its own, or
    another layer that takes its maps.
    """
    every = list(_layers_of(network))
    takers = Counter(id(maps) for layer in every for maps in keras.tree.flatten(layer.input))
    convolutions = {id(layer.output): layer for layer in every if _is_linear(layer) and takers[id(layer.output)] == 1}
    for norm in every:
        if isinstance(norm, layers.BatchNormalization) and id(norm.input) in convolutions:
            _fold(convolutions[id(norm.input)], norm)


def halve_precision(network: keras.Model) -> None:
    """Round the kernels of convolutions to what half precision holds, in place, so that files of them compress to about a half."""
    for layer in _layers_of(network):
        if type(layer) is layers.Conv2D:
            kernel, *bias = layer.get_weights()
            layer.set_weights([kernel.astype(np.float16).astype(np.float32), *bias])


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
    nothing = np.zeros_like(mean)
    norm.set_weights([np.ones_like(gamma), nothing, nothing, 1 - np.full_like(variance, norm.epsilon)])
