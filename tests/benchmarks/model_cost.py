"""Measures the cost of models relative to a forward pass of EfficientNet-Lite0: `python -m tests.benchmarks.model_cost [RECIPE ...]`.

For each recipe (by default, only the recipe of the default bundle), the benchmark builds the network with random weights and folds its
batch normalisation, as `training.bundle.export` does. Both engines run the network on batches as large as the program's. The networks take
turns. The reference, EfficientNet-Lite0, has the same two heads. The benchmark prints milliseconds per image and the ratio to the
reference, for the fastest turn and for the median turn.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf

from breakhis_desktop.domain.engines import CPU, DEVICES
from breakhis_desktop.errors import UserError
from breakhis_desktop.inference.engine import BATCH
from breakhis_desktop.inference.fused_graph import IMAGE, fused_function
from breakhis_desktop.inference.onnx_engine import open_session
from training.bundle.compact import fold_batch_norm
from training.bundle.derived import convert
from training.comparison.results import shipped_recipe
from training.experiment.recipe import load_recipe
from training.model.networks import FEATURES, MALIGNANT, SUBTYPE, build_network

REFERENCE = "lite0_frozen"
TURNS = 20

Pass = Callable[[], object]


def main(names: list[str]) -> None:
    """Time all recipes in turn with each engine, and print their times and their ratios to the reference."""
    passes = {name: passes_of(name) for name in dict.fromkeys([REFERENCE, *names])}
    print(f"{os.cpu_count()} cores, batches of {BATCH}; best and median of {TURNS} turns, ms for an image")
    for number, engine in enumerate(("ONNX Runtime", "TensorFlow")):
        seconds: dict[str, list[float]] = {name: [] for name in passes}
        for _ in range(TURNS):
            for name, ways in passes.items():
                seconds[name].append(seconds_of(ways[number]))
        print(f"\n{engine}")
        for name, own in seconds.items():
            best, middle = (time_and_ratio(statistic(own), statistic(seconds[REFERENCE])) for statistic in (min, statistics.median))
            print(f"  {name:24} best {best}   median {middle}", flush=True)


def time_and_ratio(seconds: float, reference: float) -> str:
    return f"{seconds / BATCH * 1000:6.2f} ms {seconds / reference:5.2f} x"


def passes_of(name: str) -> tuple[Pass, Pass]:
    """Build a recipe's network; return two forward passes that compute all outputs and maps, with ONNX Runtime and with TensorFlow."""
    recipe = load_recipe(name)
    network = build_network(recipe, random_weights=True)
    fold_batch_norm(network)
    pooled = network.get_layer(FEATURES).output
    joint = fused_function(*(keras.Model(network.input, network.get_layer(task)(pooled)) for task in (MALIGNANT, SUBTYPE)))
    side = recipe.input_side
    images = np.random.default_rng(0).integers(0, 256, (BATCH, side, side, 3)).astype(np.float32)
    with tempfile.TemporaryDirectory() as folder:
        session: Any = open_session(convert(joint, (None, side, side, 3)), Path(folder), DEVICES[CPU])
    compiled = tf.function(joint, input_signature=[tf.TensorSpec(images.shape, tf.float32)], autograph=False)
    passes: tuple[Pass, Pass] = (lambda: session.run(None, {IMAGE: images}), lambda: compiled(images))
    for one in passes:
        one()
    return passes


def seconds_of(work: Pass) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    try:
        main(sys.argv[1:] or [shipped_recipe()])
    except UserError as error:
        sys.exit(str(error))
