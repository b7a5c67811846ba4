"""What training runs on: one device or several GPUs, in full or in mixed precision."""

import contextlib
import os
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any

import keras

os.environ.setdefault("TF_FORCE_GPU_ALLOW_GROWTH", "true")


def set_precision(precision: str | None) -> str:
    """Choose how networks that are built from now on compute.

    Args:
        precision: One of `recipe.PRECISIONS`; None is mixed_float16 where there is a GPU, and float32 elsewhere.

    Returns:
        What was chosen.
    """
    chosen = precision or ("mixed_float16" if gpus() else "float32")
    keras.mixed_precision.set_global_policy(chosen)
    return chosen


def device_scope(devices: Sequence[str] | None = None) -> AbstractContextManager[Any]:
    """Return the scope in which a network is built and compiled, so that it trains on several devices if there are any.

    Args:
        devices: Names of TensorFlow's devices; None is all GPUs.
    """
    names = gpus() if devices is None else list(devices)
    if len(names) < 2 or keras.backend.backend() != "tensorflow":
        return contextlib.nullcontext()
    import tensorflow as tf

    return tf.distribute.MirroredStrategy(names).scope()  # type: ignore[no-any-return]


def compiled_by_xla() -> str | bool:
    """Return what Keras's `jit_compile` should be: with TensorFlow, XLA slows convolutions on a CPU down by half."""
    return False if keras.backend.backend() == "tensorflow" else "auto"


def gpus() -> list[str]:
    """Return the names of all GPUs that Keras computes on."""
    return [name for device in keras.distribution.list_devices() if (name := str(device)).lower().startswith("gpu")]
