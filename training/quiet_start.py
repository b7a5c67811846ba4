"""Keras started without the greetings of what computes for it."""

from breakhis_desktop.inference.native_stderr import native_stderr_closed


def start_keras() -> None:
    """Import Keras and let it find its devices, while native code prints nothing; errors are raised as ever."""
    with native_stderr_closed():
        from training.hardware import gpus

        gpus()
