"""Optimisers: how far one step moves the weights, and how steps are averaged."""

import keras
import numpy as np
import pytest
from numpy.typing import NDArray

from training.experiment.recipe import ImageStage
from training.model.networks import SUBTYPE
from training.model.optimisers import make_optimiser

RATE = 1e-3


def steps_of(head_rate: float) -> dict[str, NDArray[np.float32]]:
    """Return how far AdamW's first step moves the weights of the head and of the layer before it.

    Whatever the gradient, AdamW's first step moves each weight by about the learning rate.
    """
    keras.utils.set_random_seed(1)
    network = keras.Sequential([keras.Input((3,)), keras.layers.Dense(4, name="before"), keras.layers.Dense(2, name=SUBTYPE)])
    stage = ImageStage(optimiser="adamw", learning_rate=RATE, epochs=1, batch_size=4, head_rate=head_rate)
    network.compile(make_optimiser(stage, 4), loss="mse")
    former = {layer.name: layer.get_weights()[0] for layer in network.layers}
    network.train_on_batch(np.eye(4, 3, dtype=np.float32), np.ones((4, 2), np.float32))
    return {layer.name: np.abs(layer.get_weights()[0] - former[layer.name]) for layer in network.layers}


@pytest.mark.parametrize("head_rate", [1.0, 3.0])
def test_the_head_rate_multiplies_the_step_of_the_heads(head_rate: float) -> None:
    steps = steps_of(head_rate)
    np.testing.assert_allclose(steps["before"], RATE, rtol=0.01)
    np.testing.assert_allclose(steps[SUBTYPE], head_rate * RATE, rtol=0.01)


def test_after_an_epoch_the_weights_are_the_moving_average_over_its_steps() -> None:
    keras.utils.set_random_seed(1)
    network = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])
    stage = ImageStage(optimiser="adamw", learning_rate=0.1, epochs=1, batch_size=4, averaging=0.6)
    network.compile(make_optimiser(stage, 12), loss="mse")
    steps: list[NDArray[np.float32]] = []
    watch = keras.callbacks.LambdaCallback(on_train_batch_end=lambda *_, **__: steps.append(network.layers[0].get_weights()[0]))
    network.fit(np.ones((12, 3), np.float32), np.ones((12, 2), np.float32), batch_size=4, verbose=0, callbacks=[watch])
    average = steps[0]
    for step in steps[1:]:
        average = 0.6 * average + 0.4 * step
    assert len(steps) == 3
    np.testing.assert_allclose(network.layers[0].get_weights()[0], average, rtol=1e-5)
