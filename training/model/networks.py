"""Builds the networks that recipes train."""

import hashlib
from collections.abc import Mapping

import keras
import numpy as np
from keras import layers, regularizers

from breakhis_desktop.domain.taxonomy import SUBTYPES
from training.experiment.recipe import Convolutional, Pretrained, Recipe
from training.model.pretrained import SOURCES, load_backbone

MALIGNANT, SUBTYPE = "malignant", "subtype"
BACKBONE, FEATURES, DROPOUT = "backbone", "features", "dropout"
OUTPUTS: Mapping[str, tuple[str, ...]] = {"binary": (MALIGNANT,), "subtype": (SUBTYPE,), "both": (MALIGNANT, SUBTYPE)}
"""The names of a network's outputs by task."""


def build_network(recipe: Recipe, *, random_weights: bool = False) -> keras.Model:
    """Build the network of a recipe.

    Args:
        recipe: The recipe.
        random_weights: As in `load_backbone`.

    Returns:
        A network from RGB images (N x side x side x 3, 0-255) to a dictionary of outputs: `malignant` (N x 1) and `subtype` (N x 8),
        if the task has them, float32. A backbone is frozen, and its batch norm uses the stored statistics even in training.

    Raises:
        UserError: The backbone cannot be loaded, for one of the reasons in `load_backbone`.
    """
    if isinstance(recipe.network, Convolutional):
        return _convolutional(recipe.network, OUTPUTS[recipe.task])
    return _pretrained(recipe.network, OUTPUTS[recipe.task], random_weights)


def feature_network(network: keras.Model) -> keras.Model:
    """Return the part of a network from images to pooled features; it shares the network's weights."""
    return keras.Model(network.input, network.get_layer(FEATURES).output)


def head_network(network: keras.Model) -> keras.Model:
    """Return the part of a network from pooled features to outputs; it shares the network's weights."""
    features = keras.Input(network.get_layer(FEATURES).output.shape[1:])
    dropped = network.get_layer(DROPOUT)(features)
    return keras.Model(features, {name: network.get_layer(name)(dropped) for name in network.output})


def weights_sha256(network: keras.Model) -> str:
    """Return a hash that changes with any weight of a network and with its compute precision."""
    digest = hashlib.sha256(network.compute_dtype.encode())
    for weights in network.get_weights():
        digest.update(np.ascontiguousarray(weights).tobytes())
    return digest.hexdigest()


def unfreeze(network: keras.Model, share: float) -> None:
    """Make the last layers of the backbone trainable, except batch norm; a network without a backbone is trainable already.

    Args:
        network: A network from `build_network`.
        share: The share of the backbone's layers, 0 to 1.
    """
    if BACKBONE not in {layer.name for layer in network.layers}:
        return
    backbone = network.get_layer(BACKBONE)
    first = round(len(backbone.layers) * (1 - share))
    backbone.trainable = True
    for position, layer in enumerate(backbone.layers):
        layer.trainable = position >= first and not isinstance(layer, layers.BatchNormalization)


def _pretrained(config: Pretrained, outputs: tuple[str, ...], random_weights: bool) -> keras.Model:
    backbone = load_backbone(config.backbone, config.input_side, config.last_layer, random_weights=random_weights)
    backbone.name = BACKBONE
    backbone.trainable = False
    image = keras.Input((config.input_side, config.input_side, 3), name="image")
    normalised = SOURCES[config.backbone].normalise()(image)
    pooled = layers.GlobalAveragePooling2D(name=FEATURES)(backbone(normalised, training=False))
    dropped = layers.Dropout(config.dropout, name=DROPOUT)(pooled)
    return keras.Model(image, _heads(dropped, outputs), name="network")


def _convolutional(config: Convolutional, outputs: tuple[str, ...]) -> keras.Model:
    image = keras.Input((config.input_side, config.input_side, 3), name="image")
    maps = layers.Rescaling(1 / 255, name="normalise")(image)
    for number, filters in enumerate(config.filters):
        maps = _convolve(maps, filters, config, penalty=config.l2_convolutions if number else 0.0)
    if config.batch_norm == "before_flatten":
        maps = layers.BatchNormalization(momentum=config.batch_norm_momentum)(maps)
    units = layers.Dropout(config.dropout_before_dense)(layers.Flatten()(maps))
    units = layers.Dense(config.dense, activation="relu", kernel_regularizer=_l2(config.l2_dense))(units)
    return keras.Model(image, _heads(layers.Dropout(config.dropout_after_dense)(units), outputs), name="network")


def _convolve(maps: keras.KerasTensor, filters: int, config: Convolutional, penalty: float) -> keras.KerasTensor:
    convolved = layers.Conv2D(filters, 3, kernel_regularizer=_l2(penalty))(maps)
    if config.batch_norm == "after_convolutions":
        normalised = layers.BatchNormalization(momentum=config.batch_norm_momentum)(layers.ReLU()(convolved))
        return layers.MaxPooling2D()(normalised)
    # ReLU and max pooling commute; pooling first makes the ReLU four times cheaper.
    return layers.ReLU()(layers.MaxPooling2D()(convolved))


def _heads(units: keras.KerasTensor, outputs: tuple[str, ...]) -> dict[str, keras.KerasTensor]:
    heads = {
        MALIGNANT: layers.Dense(1, activation="sigmoid", dtype="float32", name=MALIGNANT),
        SUBTYPE: layers.Dense(len(SUBTYPES), activation="softmax", dtype="float32", name=SUBTYPE),
    }
    return {name: heads[name](units) for name in outputs}


def _l2(penalty: float) -> keras.Regularizer | None:
    return regularizers.L2(penalty) if penalty else None
