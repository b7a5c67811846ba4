"""Both networks of a bundle as one function, with class activation maps.

A network that ends in global average pooling and one dense layer provides class activation maps at no extra cost. Each of them is a sum of
the feature maps before pooling, weighted as the dense layer weights their means.

Source: Zhou et al., Learning deep features for discriminative localization, 2016.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

IMAGE = "image"
"""The input: N x height x width x 3, RGB, 0-255, float32."""

MALIGNANT, SUBTYPE = "malignant", "subtype"
"""Probabilities before temperature scaling, N x 1 and N x 8."""

MALIGNANT_MAP, SUBTYPE_MAPS = "malignant_map", "subtype_maps"
"""Class activation maps, N x rows x columns and N x rows x columns x 8: how much each location adds to a logit."""

FEATURES, SUBTYPE_FEATURES = "features", "subtype_features"
"""The last feature maps before pooling, N x rows x columns x channels; the second only if the networks have separate backbones."""


class UnfitNetworkError(ValueError):
    """A network does not end in global average pooling and one dense layer."""


def fused_function(binary: Any, subtype: Any) -> Callable[[Any], dict[str, Any]]:
    """Return the function from images to all outputs by name; a shared backbone is computed only once.

    Args:
        binary: The loaded Keras network for malignancy.
        subtype: The loaded Keras network for subtypes.

    Raises:
        UnfitNetworkError: A network does not end in global average pooling and one dense layer.
    """
    first, own = _up_to_maps(binary), _up_to_maps(subtype)
    shared = _share_backbone(binary, subtype)

    def fused(image: Any) -> dict[str, Any]:
        maps = first(image, training=False)
        subtype_maps = maps if shared else own(image, training=False)
        malignant, malignant_map = _head(binary, maps)
        subtypes, class_maps = _head(subtype, subtype_maps)
        outputs = {MALIGNANT: malignant, SUBTYPE: subtypes, MALIGNANT_MAP: malignant_map[..., 0], SUBTYPE_MAPS: class_maps, FEATURES: maps}
        return outputs if shared else {**outputs, SUBTYPE_FEATURES: subtype_maps}

    return fused


def _up_to_maps(network: Any) -> Any:
    import keras

    pooling, head = network.layers[-2:]
    if not (isinstance(pooling, keras.layers.GlobalAveragePooling2D) and isinstance(head, keras.layers.Dense)):
        raise UnfitNetworkError(network.name)
    return keras.Model(network.input, pooling.input)


def _head(network: Any, maps: Any) -> tuple[Any, Any]:
    """Return the probabilities and the class activation maps."""
    import keras

    pooling, dense = network.layers[-2:]
    weights = keras.ops.expand_dims(dense.kernel, (0, 1))
    return dense(pooling(maps)), keras.ops.conv(maps, weights, data_format="channels_last")


def _share_backbone(binary: Any, subtype: Any) -> bool:
    before_heads = [[weight for layer in network.layers[:-1] for weight in layer.get_weights()] for network in (binary, subtype)]
    return len(before_heads[0]) == len(before_heads[1]) and all(map(np.array_equal, *before_heads))
