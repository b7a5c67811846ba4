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
    """A network trained from random weights: 3 x 3 convolutions, each followed by pooling, then one dense layer and the outputs.

    Attributes:
        input_side: Width and height of its input in pixels.
        filters: The number of filters of each convolution.
        dense: The number of units of the dense layer.
        batch_norm: The position of batch norm, one of `BATCH_NORMS`.
        batch_norm_momentum: The momentum of the moving statistics of batch norm; the higher, the more slowly they follow the batches.
        l2_convolutions: The L2 penalty on the weights of all convolutions but the first.
        l2_dense: The L2 penalty on the weights of the dense layer.
        dropout_before_dense: The share of features dropped in training.
        dropout_after_dense: The share of units dropped in training.
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
        last_layer: The layer at which the backbone ends, and whose maps are pooled; empty for the whole backbone.
        dropout: The share of pooled features dropped in training.
    """

    backbone: str = _one_of(BACKBONES)
    input_side: int = _one_of(INPUT_SIDES, default=INPUT_SIDES[-1])
    last_layer: str = ""
    dropout: float = _between(0, 0.95, default=0.0)


@dataclass(frozen=True, slots=True)
class Balance:
    """How far the loss compensates for rarity: from 0, not at all, to 1, where all groups have the same total weight.

    Attributes:
        binary: Between benign and malignant.
        subtype: Between the eight subtypes.
        accession: Between the accessions of a class, some of which have many more images than others.
    """

    binary: float = _between(0, 1, default=0.0)
    subtype: float = _between(0, 1, default=0.0)
    accession: float = _between(0, 1, default=0.0)


@dataclass(frozen=True, slots=True)
class Loss:
    """How the loss of each output differs from plain cross-entropy.

    Attributes:
        label_smoothing: The share of the truth that is spread over all classes.
        focal: The exponent of the focal loss, under which images already recognised count less; 0 for plain cross-entropy.
    """

    label_smoothing: float = _between(0, 0.5, default=0.0)
    focal: float = _between(0, 10, default=0.0)


@dataclass(frozen=True, slots=True)
class Optimisation:
    """How a stage updates the weights.

    Attributes:
        optimiser: One of `OPTIMISERS`.
        learning_rate: The highest learning rate of the schedule.
        epochs: The maximum number of epochs.
        batch_size: The number of inputs per step.
        schedule: `constant`, or `cosine`, which rises over the first tenth of the steps and then falls to zero.
        weight_decay: The weight decay; AdamW only.
        averaging: The momentum of a moving average of the weights, which replaces them after each epoch; 0 for no averaging.
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
    """Trains the backbone on images without labels: it learns which two views show the same image.

    Attributes:
        trainable_share: The share of the backbone's layers that learn, counted from its end; batch norm stays frozen.
        temperature: The divisor of the cosine similarities between views.
    """

    trainable_share: float = _between(0, 1, default=1.0)
    temperature: float = _between(0.01, 10, default=0.1)


@dataclass(frozen=True, slots=True)
class HeadStage(Optimisation):
    """Trains only the heads, on frozen features; each image contributes the first `symmetries` of its eight symmetries."""

    symmetries: int = _between(1, 8, default=1)


@dataclass(frozen=True, slots=True)
class ImageStage(Optimisation):
    """Trains the network on images.

    Attributes:
        trainable_share: The share of a backbone's layers that learn, counted from its end; batch norm stays frozen.
        head_rate: The learning rate of the heads as a multiple of the backbone's; AdamW only.
        monitor: The validation figure for early stopping, one of `MONITORS`; None for no early stopping and no validation images.
        patience: The number of epochs without improvement after which training stops; the best weights are kept.
    """

    trainable_share: float = _between(0, 1, default=1.0)
    head_rate: float = _between(0.01, 100, default=1.0)
    monitor: str | None = _one_of(MONITORS, default=None)
    patience: int = _between(1, 1000, default=3)


@dataclass(frozen=True, slots=True)
class Augmentation:
    """How much each image is varied, differently in each epoch.

    Attributes:
        symmetries: Whether to draw from all eight symmetries.
        flip: Whether to mirror half of the images left to right.
        rotation: The largest rotation in degrees.
        shift: The largest shift, as a share of the side.
        shear: The largest shear angle in degrees.
        zoom: The largest relative change of size.
        zoom_axes: Whether width and height are zoomed independently.
        stain: The largest relative change in the strength of each stain.
        stain_shift: The largest optical density of each stain that is added to or removed from the whole image.
        brightness: The largest relative change of brightness.
        fill: How the area outside the image is filled: with the nearest pixel, or with the image mirrored at its edge.
        mixup: The parameter of the beta distribution by which two images of a batch are blended; 0 for no mixup.
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
        name: The name of the recipe's file, without extension.
        description: A description in one sentence.
        task: `binary`, `subtype`, or `both` in one network with two heads.
        random_seed: The seed of initial weights, image order and augmentation.
        network: The network to train.
        subtypes_within_class: Whether subtype probabilities are scaled within each class, so that they sum to the binary output's
            probability of that class.
        undersample: Whether the largest subtype is cut to the size of the second largest in training.
        oversample: Whether the images of each subtype (class, for the task `binary`) are repeated in training until it is as large as the
            largest; each repetition is augmented independently.
        views: The number of symmetries of each image over which its probabilities are averaged, 1 to 8; the program itself uses one.
        balance: The weights of classes and accessions in the loss.
        loss: The options of the cross-entropy.
        pretraining: The optional stage of a pretrained network before its heads are trained.
        head: The first stage that uses labels, for a pretrained network.
        images: The stage on images; the only stage of a network from random weights.
        augmentation: The augmentation for the stage on images and for pretraining.
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
        """The hash of everything that defines the experiment."""
        return hashlib.sha256(repr(_chosen_values(self)).encode()).hexdigest()

    @property
    def input_side(self) -> int:
        """Width and height of the network's input in pixels."""
        return self.network.input_side

    @property
    def makes_bundle(self) -> bool:
        """Whether the recipe can make a bundle, which requires a backbone with global average pooling, both tasks and a single view."""
        return isinstance(self.network, Pretrained) and self.task == "both" and self.views == 1

    @property
    def needs_validation(self) -> bool:
        """Whether some training images are kept for early stopping."""
        return self.images is not None and self.images.monitor is not None


def _chosen_values(part: Any) -> list[tuple[str, Any]]:
    """Return the values that differ from the defaults, so that a key added in a later version keeps the hashes of older recipes."""
    chosen = [(one.name, value) for one in fields(part) if (value := getattr(part, one.name)) != one.default]
    return sorted((name, _chosen_values(value) if is_dataclass(value) else value) for name, value in chosen)


def known_recipes() -> list[str]:
    """Return the names of the project's recipes."""
    return sorted(path.stem for path in RECIPES.glob("*.toml"))


class _FaultError(Exception):
    """A recipe has a fault; the message is a clause that follows the recipe's name."""

    def __init__(self, code: TrainingCode, **values: Value) -> None:
        self.message = Message.of(code, **values)
        super().__init__(str(self.message))


def load_recipe(name: str) -> Recipe:
    """Read one of the project's recipes by name, or a recipe from the user's own TOML file.

    Raises:
        UserError: There is no such recipe, its name is taken, it is not valid TOML, or its keys are unknown, missing, invalid or
            contradictory.
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
    """Refuse settings that contradict each other."""
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
_NAMES_OF_KINDS: Mapping[type, str] = {bool: "true or false", int: "a whole number", float: "a number", str: "text"}


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
        raise _FaultError(TrainingCode.VALUE_OF_OTHER_KIND, key=key, value=repr(value), kind=_NAMES_OF_KINDS[kind])
    if "choices" in rules and value not in rules["choices"]:
        raise _FaultError(TrainingCode.VALUE_NO_CHOICE, key=key, value=repr(value), choices=tuple(map(str, rules["choices"])))
    if "range" in rules and not rules["range"][0] <= value <= rules["range"][1]:
        least, most = rules["range"]
        raise _FaultError(TrainingCode.VALUE_OUT_OF_RANGE, key=key, value=value, least=least, most=most)
    return value
