"""Optimisers: how far one step goes."""

import keras
import numpy as np
import pytest
from numpy.typing import NDArray

from training.networks import SUBTYPE
from training.optimisers import make_optimiser
from training.recipe import ImageStage

RATE = 1e-3


def steps_of(head_rate: float) -> dict[str, NDArray[np.float32]]:
    """Return how far the first step of AdamW moves a layer before the head, and the head; its size is the rate, whatever the gradient."""
    keras.utils.set_random_seed(1)
    network = keras.Sequential([keras.Input((3,)), keras.layers.Dense(4, name="before"), keras.layers.Dense(2, name=SUBTYPE)])
    stage = ImageStage(optimiser="adamw", learning_rate=RATE, epochs=1, batch_size=4, head_rate=head_rate)
    network.compile(make_optimiser(stage, 4), loss="mse")
    former = {layer.name: layer.get_weights()[0] for layer in network.layers}
    network.train_on_batch(np.eye(4, 3, dtype=np.float32), np.ones((4, 2), np.float32))
    return {layer.name: np.abs(layer.get_weights()[0] - former[layer.name]) for layer in network.layers}


@pytest.mark.parametrize("head_rate", [1.0, 3.0])
def test_the_heads_step_so_many_times_as_far_as_what_lies_before_them(head_rate: float) -> None:
    steps = steps_of(head_rate)
    np.testing.assert_allclose(steps["before"], RATE, rtol=0.01)
    np.testing.assert_allclose(steps[SUBTYPE], head_rate * RATE, rtol=0.01)
