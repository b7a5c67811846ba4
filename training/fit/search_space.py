"""The search space of `tune`, and recipes with the settings of a trial."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import keras_tuner

from training.experiment.recipe import Augmentation, Pretrained, Recipe

_NOT_SEARCHED = "only a backbone that is fine-tuned has these settings"
_STRENGTHS = ("rotation", "shift", "shear", "zoom", "stain", "stain_shift", "brightness")


def search_space() -> keras_tuner.HyperParameters:
    """Return the settings that a search varies, with their ranges."""
    space = keras_tuner.HyperParameters()
    space.Float("rate", 0.25, 4.0, sampling="log", default=1.0)
    space.Float("dropout", 0.0, 0.5, step=0.1, default=0.0)
    space.Float("trainable_share", 0.25, 1.0, step=0.25, default=0.5)
    space.Float("augmentation", 0.0, 3.0, step=0.5, default=1.0)
    return space


def own_settings(recipe: Recipe) -> dict[str, float]:
    """Return the settings that leave a recipe unchanged; the recipe must fine-tune a backbone."""
    if not isinstance(recipe.network, Pretrained) or recipe.images is None:
        raise ValueError(_NOT_SEARCHED)
    return {"rate": 1.0, "dropout": recipe.network.dropout, "trainable_share": recipe.images.trainable_share, "augmentation": 1.0}


def with_settings(recipe: Recipe, settings: Mapping[str, Any], name: str) -> Recipe:
    """Return a recipe with the settings of a trial.

    Args:
        recipe: A recipe that fine-tunes a backbone.
        settings: `rate` and `augmentation` multiply the recipe's values; `dropout` and `trainable_share` replace them.
        name: The name of the new recipe.
    """
    if not isinstance(recipe.network, Pretrained) or recipe.images is None:
        raise ValueError(_NOT_SEARCHED)
    rate = float(f"{recipe.images.learning_rate * settings['rate']:.3g}")
    return replace(
        recipe,
        name=name,
        network=replace(recipe.network, dropout=round(settings["dropout"], 3)),
        images=replace(recipe.images, learning_rate=rate, trainable_share=round(settings["trainable_share"], 3)),
        augmentation=_strengthened(recipe.augmentation, settings["augmentation"]),
    )


def _strengthened(how: Augmentation, factor: float) -> Augmentation:
    limits = {name: Augmentation.__dataclass_fields__[name].metadata["range"][1] for name in _STRENGTHS}
    return replace(how, **{name: round(min(getattr(how, name) * factor, limits[name]), 4) for name in _STRENGTHS})
