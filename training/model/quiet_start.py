"""Starts Keras without the start-up messages of its backend."""

from breakhis_desktop.inference.native_stderr import native_stderr_silenced


def import_keras() -> None:
    """Import Keras with stderr silenced; errors are still raised."""
    with native_stderr_silenced():
        import training.model.hardware  # noqa: F401 (sets an environment variable that must precede the start)


def start_keras() -> None:
    """Import Keras and let it claim its devices, with stderr silenced; errors are still raised."""
    with native_stderr_silenced():
        from training.model.hardware import gpus

        gpus()
