"""Keras started without the greetings of what computes for it."""

from breakhis_desktop.inference.native_stderr import native_stderr_silenced


def import_keras() -> None:
    """Import Keras while nothing reaches stderr; errors are raised as ever."""
    with native_stderr_silenced():
        import training.model.hardware  # noqa: F401 (which sets what Keras has to know before it starts)


def start_keras() -> None:
    """Import Keras and let it take its devices while nothing reaches stderr; errors are raised as ever."""
    with native_stderr_silenced():
        from training.model.hardware import gpus

        gpus()
