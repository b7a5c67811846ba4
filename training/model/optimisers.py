"""Makes the optimisers of the training stages."""

from typing import Any

import keras
from keras import ops

from training.experiment.recipe import ImageStage, Optimisation
from training.model.networks import MALIGNANT, SUBTYPE

_WARM_UP = 0.1


class FasterHeads(keras.optimizers.AdamW):
    """AdamW with steps `factor` times as large in the dense output layers; weight decay is the same everywhere."""

    def __init__(self, *, factor: float, **kwargs: Any) -> None:
        """Store the factor; all other arguments are AdamW's."""
        super().__init__(**kwargs)
        self._factor = factor
        self._factors: list[float] = []

    def build(self, variables: list[keras.Variable]) -> None:
        """Find the variables of the heads."""
        super().build(variables)
        self._factors = [self._factor if one.path.split("/")[-2] in (MALIGNANT, SUBTYPE) else 1.0 for one in variables]

    def update_step(self, gradient: keras.KerasTensor, variable: keras.Variable, learning_rate: keras.KerasTensor) -> None:
        """Update one variable by its gradient."""
        factor = self._factors[self._get_variable_index(variable)]  # by index, since TensorFlow's own variables have no path
        super().update_step(gradient, variable, ops.multiply(learning_rate, factor))


def make_optimiser(how: Optimisation, count: int) -> keras.Optimizer:
    """Make the optimiser of a stage.

    Args:
        how: Optimiser, rates and schedule.
        count: The number of inputs in an epoch, which sets the length of the schedule.
    """
    shared: dict[str, Any] = {"learning_rate": _rate(how, count)}
    if how.averaging:
        shared |= {"use_ema": True, "ema_momentum": how.averaging}
    factor = how.head_rate if isinstance(how, ImageStage) else 1.0
    match how.optimiser:
        case "rmsprop":
            return keras.optimizers.RMSprop(**shared)
        case "adam":
            return keras.optimizers.Adam(**shared)
        case _ if factor != 1:
            return FasterHeads(**shared, weight_decay=how.weight_decay, factor=factor)
        case _:
            return keras.optimizers.AdamW(**shared, weight_decay=how.weight_decay)


def _rate(how: Optimisation, count: int) -> Any:
    if how.schedule == "constant":
        return how.learning_rate
    steps = how.epochs * -(-count // how.batch_size)
    warm_up = max(1, round(steps * _WARM_UP))
    return keras.optimizers.schedules.CosineDecay(0.0, max(1, steps - warm_up), warmup_target=how.learning_rate, warmup_steps=warm_up)
