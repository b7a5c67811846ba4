"""Networks: one backbone with two heads, and the two networks of a bundle that share it."""

from pathlib import Path
from typing import Any

import keras
from keras import layers

from breakhis_desktop.domain.taxonomy import SUBTYPES
from training.data import INPUT_SIZE

BACKBONES = Path(__file__).parent / "backbones"

_BACKBONE, _FEATURES, _BINARY, _SUBTYPE = "backbone", "features", "malignant", "subtype"


def build_joint(backbone_name: str) -> keras.Model:
    """Build a backbone with its ImageNet weights and two new heads.

    Args:
        backbone_name: The stem of a file in `training/backbones`.

    Returns:
        A network from RGB images (0-255, float32) to the probability of malignant (N x 1) and of the subtypes (N x 8). Its
        backbone is frozen, and its batch norm runs on the stored statistics also in training.
    """
    backbone = keras.saving.load_model(BACKBONES / f"{backbone_name}.keras", compile=False)
    backbone.name = _BACKBONE
    backbone.trainable = False
    image = keras.Input((INPUT_SIZE[1], INPUT_SIZE[0], 3), name="image")
    normalised = layers.Rescaling(1 / 128, offset=-127 / 128, name="normalise")(image)
    features = layers.GlobalAveragePooling2D(name=_FEATURES)(backbone(normalised, training=False))
    malignant = layers.Dense(1, activation="sigmoid", name=_BINARY)(features)
    subtype = layers.Dense(len(SUBTYPES), activation="softmax", name=_SUBTYPE)(features)
    return keras.Model(image, [malignant, subtype], name="joint")


def feature_network(joint: keras.Model) -> keras.Model:
    """Return the part from images to pooled features; it shares its weights with the joint network."""
    return keras.Model(joint.input, joint.get_layer(_FEATURES).output)


def head_network(joint: keras.Model) -> keras.Model:
    """Return the part from pooled features to both outputs; it shares its weights with the joint network."""
    features = keras.Input(joint.get_layer(_FEATURES).output.shape[1:])
    return keras.Model(features, [joint.get_layer(_BINARY)(features), joint.get_layer(_SUBTYPE)(features)])


def unfreeze(joint: keras.Model, share: float) -> None:
    """Let the last layers of the backbone learn, batch norm excepted.

    Args:
        joint: A network of `build_joint`.
        share: How many of the backbone's layers, 0 to 1.
    """
    inner = joint.get_layer(_BACKBONE).layers
    first = round(len(inner) * (1 - share))
    joint.get_layer(_BACKBONE).trainable = True
    for position, layer in enumerate(inner):
        layer.trainable = position >= first and not isinstance(layer, layers.BatchNormalization)


def split_joint(joint: keras.Model) -> tuple[keras.Model, keras.Model]:
    """Return the binary and the subtype network as two models of one output each."""
    return _single(joint, _BINARY, "binary"), _single(joint, _SUBTYPE, "subtype")


def compile_joint(network: keras.Model, learning_rate: Any, weight_decay: float) -> None:
    """Set optimiser and losses: both tasks count the same, and weights per image come with the batches."""
    optimiser = keras.optimizers.AdamW(learning_rate, weight_decay=weight_decay)
    network.compile(optimiser, loss=["binary_crossentropy", "sparse_categorical_crossentropy"], jit_compile=False)


def _single(joint: keras.Model, output: str, name: str) -> keras.Model:
    return keras.Model(joint.input, joint.get_layer(output).output, name=name)
