"""Measures the cost of an epoch of fine-tuning relative to a forward pass: `python -m tests.benchmarks.training_epoch`."""

import os
import sys
import time
from collections.abc import Callable

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from functools import partial
from typing import Any

import numpy as np

from tests.factories import there
from training.experiment.recipe import load_recipe
from training.fit.fit import compile_network
from training.fit.predict import predict
from training.model.augment import augment
from training.model.batches import EpochBatches
from training.model.networks import build_network, unfreeze
from training.model.targets import Targets

IMAGES, ROUNDS = 256, 3


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def main() -> int:
    """Time an epoch and a forward pass alternately; print their ratio for all layers trainable and for the share that the recipe sets."""
    recipe = load_recipe("lite0_staged")
    assert recipe.images is not None
    random = np.random.default_rng(0)
    images = random.integers(0, 256, (IMAGES, 224, 224, 3), dtype=np.uint8)
    rows, ones = np.arange(IMAGES), np.ones(IMAGES, np.float32)
    targets = Targets({"malignant": ones[:, None], "subtype": random.integers(0, 8, IMAGES)}, {"malignant": ones, "subtype": ones})
    stage = there(recipe.images)
    for share in (1.0, stage.trainable_share):
        network = build_network(recipe)
        unfreeze(network, share)
        compile_network(network, stage, IMAGES)

        def epoch(network: Any = network) -> None:
            batches = EpochBatches(lambda at, draw: augment(images[at], recipe.augmentation, draw), targets, IMAGES, 32, (0,))
            network.fit(batches, shuffle=False, verbose=0)

        epoch()
        predict(network, images, rows)
        times = [(seconds(epoch), seconds(partial(predict, network, images, rows))) for _ in range(ROUNDS)]
        fit, forward = (sorted(one)[ROUNDS // 2] for one in zip(*times, strict=True))
        rates = f"epoch {IMAGES / fit:.0f}, forward {IMAGES / forward:.0f} images a second"
        print(f"{share:.0%} of the layers: {rates}, ratio {fit / forward:.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
