"""Selects the hardware for training: one device or several GPUs, in full or mixed precision."""

import contextlib
import os
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any

import keras

os.environ.setdefault("TF_FORCE_GPU_ALLOW_GROWTH", "true")


def set_precision(precision: str | None) -> str:
    """Set the precision of networks that are built from now on.

    Args:
        precision: One of `recipe.PRECISIONS`; None for mixed_float16 if there is a GPU, else float32.

    Returns:
        The precision chosen.
    """
    chosen = precision or ("mixed_float16" if gpus() else "float32")
    keras.mixed_precision.set_global_policy(chosen)
    return chosen


def device_scope(devices: Sequence[str] | None = None) -> AbstractContextManager[Any]:
    """Return the scope in which to build and compile a network, so that it trains on all the devices.

    Args:
        devices: Names of TensorFlow devices; None for all GPUs.
    """
    names = gpus() if devices is None else list(devices)
    if len(names) < 2 or keras.backend.backend() != "tensorflow":
        return contextlib.nullcontext()
    import tensorflow as tf

    return tf.distribute.MirroredStrategy(names).scope()  # type: ignore[no-any-return]


def compiled_by_xla() -> str | bool:
    """Return the value for Keras's `jit_compile`: off with TensorFlow, where XLA halves the speed of convolutions on a CPU."""
    return False if keras.backend.backend() == "tensorflow" else "auto"


def gpus() -> list[str]:
    """Return the names of all GPUs that Keras computes on."""
    return [name for device in keras.distribution.list_devices() if (name := str(device)).lower().startswith("gpu")]
