"""Recipes: everything that defines an experiment, read from `training/recipes/NAME.toml`."""

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from difflib import get_close_matches
from functools import reduce
from pathlib import Path
from typing import Any

from breakhis_desktop.errors import UserError
from breakhis_desktop.wording.message import Message, Value
from training.experiment.ensemble import known_ensembles
from training.wording import TrainingCode
from training.workspace import INPUT_SIDES

RECIPES = Path(__file__).parents[1] / "recipes"
TASKS = ("binary", "subtype", "both")
BACKBONES = ("efficientnet_lite0", "resnet50", "vgg16")
BATCH_NORMS = ("none", "before_flatten", "after_convolutions")
OPTIMISERS = ("rmsprop", "adam", "adamw")
SCHEDULES = ("constant", "cosine")
MONITORS = ("accuracy", "auc", "macro_recall", "loss")
PRECISIONS = ("float32", "mixed_float16", "mixed_bfloat16")
FILLS = ("nearest", "reflect")


def _between(low: float, high: float, **default: Any) -> Any:
    return field(metadata={"range": (low, high)}, **default)


def _one_of(choices: tuple[Any, ...], **default: Any) -> Any:
    return field(metadata={"choices": choices}, **default)


@dataclass(frozen=True, slots=True)
class Convolutional:
    """A network from random weights: convolutions of 3 x 3 with pooling between, one dense layer, one output.

    Attributes:
        input_side: Width and height of its input in pixels.
        filters: Of each convolution.
        dense: Units of the dense layer.
        batch_norm: Where batches are normalised.
        batch_norm_momentum: How slowly the statistics that a trained network normalises by follow those of the batches.
        l2_convolutions: The penalty on the weights of all convolutions but the first.
        l2_dense: The penalty on the weights of the dense layer.
        dropout_before_dense: The share of features left out in training.
        dropout_after_dense: The share of units left out in training.
    """

    input_side: int = _one_of(INPUT_SIDES)
    filters: tuple[int, ...] = _between(1, 4096)
    dense: int = _between(1, 16384)
    batch_norm: str = _one_of(BATCH_NORMS, default="none")
    batch_norm_momentum: float = _between(0, 0.9999, default=0.99)
    l2_convolutions: float = _between(0, 1, default=0.0)
    l2_dense: float = _between(0, 1, default=0.0)
    dropout_before_dense: float = _between(0, 0.95, default=0.0)
    dropout_after_dense: float = _between(0, 0.95, default=0.0)


@dataclass(frozen=True, slots=True)
class Pretrained:
    """A backbone with ImageNet weights, global average pooling and one dense layer for each task.

    Attributes:
        backbone: One of `BACKBONES`.
        input_side: Width and height of its input in pixels.
        last_layer: The layer of the backbone whose maps are pooled, and which ends it; empty for the backbone's own last one.
        dropout: The share of pooled features left out in training.
    """

    backbone: str = _one_of(BACKBONES)
    input_side: int = _one_of(INPUT_SIDES, default=INPUT_SIDES[-1])
    last_layer: str = ""
    dropout: float = _between(0, 0.95, default=0.0)


@dataclass(frozen=True, slots=True)
class Balance:
    """How far what is rare weighs more in the loss: 0 not at all, 1 until all count the same.

    Attributes:
        binary: Of benign and malignant.
        subtype: Of the eight subtypes.
        accession: Of the accessions within a class, of which some have many more images than others.
    """

    binary: float = _between(0, 1, default=0.0)
    subtype: float = _between(0, 1, default=0.0)
    accession: float = _between(0, 1, default=0.0)


@dataclass(frozen=True, slots=True)
class Loss:
    """How the cross-entropy of each output is changed.

    Attributes:
        label_smoothing: How much of the truth is shared out among all classes.
        focal: The exponent by which an image that is recognised already counts less; 0 is plain cross-entropy.
    """

    label_smoothing: float = _between(0, 0.5, default=0.0)
    focal: float = _between(0, 10, default=0.0)


@dataclass(frozen=True, slots=True)
class Optimisation:
    """How weights are changed.

    Attributes:
        optimiser: One of `OPTIMISERS`.
        learning_rate: The highest rate.
        epochs: How often each image is seen at most.
        batch_size: Images per step.
        schedule: `cosine` rises over the first tenth and falls to zero.
        weight_decay: Of AdamW alone.
        averaging: The momentum of a moving average of the weights, which takes their place after each epoch; 0 is none.
    """

    optimiser: str = _one_of(OPTIMISERS)
    learning_rate: float = _between(1e-7, 1)
    epochs: int = _between(1, 1000)
    batch_size: int = _between(1, 1024)
    schedule: str = _one_of(SCHEDULES, default="constant")
    weight_decay: float = _between(0, 1, default=0.0)
    averaging: float = _between(0, 0.9999, default=0.0)


@dataclass(frozen=True, slots=True)
class Pretraining(Optimisation):
    """The backbone on images without labels: it learns which two variations are of one image.

    Attributes:
        trainable_share: The share of the backbone's layers that learn, counted from its end; batch norm stays frozen.
        temperature: What the cosines between variations are divided by.
    """

    trainable_share: float = _between(0, 1, default=1.0)
    temperature: float = _between(0.01, 10, default=0.1)


@dataclass(frozen=True, slots=True)
class HeadStage(Optimisation):
    """The dense layers alone, on frozen features of so many of the eight symmetries of each image."""

    symmetries: int = _between(1, 8, default=1)


@dataclass(frozen=True, slots=True)
class ImageStage(Optimisation):
    """The network on images.

    Attributes:
        trainable_share: The share of a backbone's layers that learn, counted from its end; batch norm stays frozen.
        head_rate: How many times as fast as the backbone the heads learn; of AdamW alone.
        monitor: The figure of the validation part that ends training; without one no validation part is kept.
        patience: How many epochs it may fail to improve before training ends; the best weights are kept.
    """

    trainable_share: float = _between(0, 1, default=1.0)
    head_rate: float = _between(0.01, 100, default=1.0)
    monitor: str | None = _one_of(MONITORS, default=None)
    patience: int = _between(1, 1000, default=3)


@dataclass(frozen=True, slots=True)
class Augmentation:
    """How far each image is varied anew in each epoch.

    Attributes:
        symmetries: All eight turned and mirrored views.
        flip: Mirrored left to right, or not.
        rotation: The largest turn in degrees.
        shift: The largest shift, as a share of the side.
        shear: The largest shear angle in degrees.
        zoom: The largest relative change of size.
        zoom_axes: Width and height are zoomed each by themselves.
        stain: The largest relative change of each stain.
        stain_shift: The largest optical density of each stain that is added or taken away all over the image.
        brightness: The largest relative change of brightness.
        fill: What comes in from outside: the nearest pixel, or the image mirrored at its edge.
        mixup: How evenly two images of a batch are laid over each other, as the parameter of a beta distribution; 0 is not at all.
    """

    symmetries: bool = False
    flip: bool = False
    rotation: float = _between(0, 180, default=0.0)
    shift: float = _between(0, 0.9, default=0.0)
    shear: float = _between(0, 60, default=0.0)
    zoom: float = _between(0, 0.9, default=0.0)
    zoom_axes: bool = False
    stain: float = _between(0, 0.9, default=0.0)
    stain_shift: float = _between(0, 0.5, default=0.0)
    brightness: float = _between(0, 0.9, default=0.0)
    fill: str = _one_of(FILLS, default="reflect")
    mixup: float = _between(0, 10, default=0.0)


@dataclass(frozen=True, slots=True)
class Recipe:
    """An experiment.

    Attributes:
        name: The name of its file.
        description: What it is, in a sentence.
        task: `binary`, `subtype`, or `both` in one network with two heads.
        random_seed: Of initial weights, order and augmentation.
        network: What is trained.
        subtypes_within_class: Each subtype is given its probability within its class times that of the class by the output for malignant.
        undersample: The largest subtype is cut in training to the size of the second.
        oversample: Each subtype (class, for the task `binary`) is repeated in training until it has as many images as the largest; each
            repetition is varied by itself.
        views: Of the eight symmetries of each image that is judged; the probabilities are their mean. The program itself looks once.
        balance: The weights of classes.
        loss: How the cross-entropy is changed.
        pretraining: What comes before the heads of a pretrained network.
        head: The first stage of a pretrained network with labels.
        images: The stage on images; the only one of a network from random weights.
        augmentation: Of the stage on images, and of pretraining.
    """

    name: str
    description: str
    network: Convolutional | Pretrained
    task: str = _one_of(TASKS)
    random_seed: int = _between(0, 2**31 - 1)
    subtypes_within_class: bool = False
    undersample: bool = False
    oversample: bool = False
    views: int = _between(1, 8, default=1)
    balance: Balance = Balance()
    loss: Loss = Loss()
    pretraining: Pretraining | None = None
    head: HeadStage | None = None
    images: ImageStage | None = None
    augmentation: Augmentation = Augmentation()

    @property
    def sha256(self) -> str:
        """The hash of all that defines the experiment."""
        return hashlib.sha256(repr(_chosen_values(self)).encode()).hexdigest()

    @property
    def input_side(self) -> int:
        """Width and height of the network's input in pixels."""
        return self.network.input_side

    @property
    def makes_bundle(self) -> bool:
        """Whether a bundle can be made of it: a backbone with global average pooling, both tasks, and judged by one view."""
        return isinstance(self.network, Pretrained) and self.task == "both" and self.views == 1

    @property
    def needs_validation(self) -> bool:
        """Whether a part of the training images is kept to end the training by."""
        return self.images is not None and self.images.monitor is not None


def _chosen_values(part: Any) -> list[tuple[str, Any]]:
    """Return what differs from the defaults, so that a later version's new key leaves the hashes of older recipes alone."""
    chosen = [(one.name, value) for one in fields(part) if (value := getattr(part, one.name)) != one.default]
    return sorted((name, _chosen_values(value) if is_dataclass(value) else value) for name, value in chosen)


def known_recipes() -> list[str]:
    """Return the names of the project's recipes."""
    return sorted(path.stem for path in RECIPES.glob("*.toml"))


class _FaultError(Exception):
    """A recipe has a fault, told in a clause that follows its name."""

    def __init__(self, code: TrainingCode, **values: Value) -> None:
        self.message = Message.of(code, **values)
        super().__init__(str(self.message))


def load_recipe(name: str) -> Recipe:
    """Read a recipe by its name, or from a TOML file of the user's own.

    Raises:
        UserError: There is no such recipe, or it has an unknown or missing key or an impossible value.
    """
    file = Path(name) if name.endswith(".toml") else RECIPES / f"{name}.toml"
    if not file.is_file():
        raise UserError(_unknown(name))
    if file.stem in {*known_recipes(), *known_ensembles()} and file.resolve().parent != RECIPES.resolve():
        raise UserError(Message.of(TrainingCode.RECIPE_NAME_TAKEN, file=file))
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(Message.of(TrainingCode.RECIPE_NO_TOML, file=file.name, error=str(error))) from None
    try:
        return _checked(Recipe(**_values(Recipe, {**table, "name": file.stem}, "")))
    except _FaultError as error:
        raise UserError(Message.of(TrainingCode.RECIPE_AT_FAULT, file=file.name, fault=error.message)) from None


def _unknown(name: str) -> Message:
    if name.endswith(".toml"):
        return Message.of(TrainingCode.RECIPE_FILE_MISSING, file=name)
    nearest: Sequence[Value] = get_close_matches(name, [*known_recipes(), *known_ensembles()], cutoff=0.5)
    if nearest:
        any_of_them = reduce(lambda one, other: Message.of(TrainingCode.EITHER, one=one, other=other), nearest)
        return Message.of(TrainingCode.RECIPE_MISSPELT, name=name, nearest=any_of_them)
    return Message.of(TrainingCode.RECIPE_UNKNOWN, name=name)


def _checked(recipe: Recipe) -> Recipe:
    """Refuse parts that do not go together."""
    if isinstance(recipe.network, Convolutional) and (recipe.pretraining or recipe.head or not recipe.images):
        raise _FaultError(TrainingCode.RANDOM_WEIGHTS_ALONE)
    if isinstance(recipe.network, Pretrained) and not recipe.head:
        raise _FaultError(TrainingCode.BACKBONE_WITHOUT_HEAD)
    if recipe.subtypes_within_class and recipe.task != "both":
        raise _FaultError(TrainingCode.WITHIN_CLASS_OF_ONE_TASK)
    if recipe.undersample and recipe.oversample:
        raise _FaultError(TrainingCode.SAMPLED_BOTH_WAYS)
    monitor = recipe.images.monitor if recipe.images else None
    if (monitor, recipe.task) in (("auc", "subtype"), ("macro_recall", "binary")):
        raise _FaultError(TrainingCode.MONITOR_OF_OTHER_TASK, monitor=str(monitor))
    if recipe.images and recipe.images.head_rate != 1 and recipe.images.optimiser != "adamw":
        raise _FaultError(TrainingCode.HEAD_RATE_WITHOUT_ADAMW)
    if not (recipe.images or recipe.pretraining) and recipe.augmentation != Augmentation():
        raise _FaultError(TrainingCode.NOTHING_TO_AUGMENT)
    return recipe


_SECTIONS: Mapping[str, type] = {
    "balance": Balance,
    "loss": Loss,
    "pretraining": Pretraining,
    "head": HeadStage,
    "images": ImageStage,
    "augmentation": Augmentation,
}
_KINDS: Mapping[Any, type] = {bool: bool, int: int, float: float, str: str, str | None: str}


def _values(kind: type, table: Mapping[str, Any], section: str) -> dict[str, Any]:
    known = {one.name: one for one in fields(kind)}
    if unknown := sorted(table.keys() - known.keys()):
        raise _FaultError(TrainingCode.KEY_UNKNOWN, key=f"{section}{unknown[0]}")
    if missing := [name for name, one in known.items() if name not in table and one.default is MISSING]:
        raise _FaultError(TrainingCode.KEY_MISSING, key=f"{section}{missing[0]}")
    return {name: _value(table[name], known[name].type, known[name].metadata, f"{section}{name}") for name in table}


def _value(value: Any, kind: Any, rules: Mapping[str, Any], key: str) -> Any:
    if key in _SECTIONS or key == "network":
        return _section(value, key)
    if kind == tuple[int, ...]:
        if not isinstance(value, list) or not value:
            raise _FaultError(TrainingCode.VALUE_NO_LIST, key=key, value=repr(value))
        return tuple(_value(one, int, rules, key) for one in value)
    return _scalar(value, _KINDS[kind], rules, key)


def _section(value: Any, key: str) -> Any:
    if not isinstance(value, dict):
        raise _FaultError(TrainingCode.SECTION_MISSING, key=key)
    kind = _SECTIONS.get(key) or (Pretrained if "backbone" in value else Convolutional)
    return kind(**_values(kind, value, f"{key}."))


def _scalar(value: Any, kind: type[Any], rules: Mapping[str, Any], key: str) -> Any:
    accepted = (int, float) if kind is float else kind
    if isinstance(value, bool) is not (kind is bool) or not isinstance(value, accepted):
        raise _FaultError(TrainingCode.VALUE_OF_OTHER_KIND, key=key, value=repr(value), kind=kind.__name__)
    if "choices" in rules and value not in rules["choices"]:
        raise _FaultError(TrainingCode.VALUE_NO_CHOICE, key=key, value=repr(value), choices=tuple(map(str, rules["choices"])))
    if "range" in rules and not rules["range"][0] <= value <= rules["range"][1]:
        least, most = rules["range"]
        raise _FaultError(TrainingCode.VALUE_OUT_OF_RANGE, key=key, value=value, least=least, most=most)
    return value
