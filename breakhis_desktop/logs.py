"""The log: a rotating file in the program's own folder."""

import logging
from logging.handlers import RotatingFileHandler

from breakhis_desktop import paths
from breakhis_desktop.errors import UserError


def start_log() -> None:
    """Send this program's messages and Python's warnings to the log file, one megabyte at most and one older file beside it.

    Raises:
        UserError: The log cannot be written.
    """
    try:
        handler = RotatingFileHandler(paths.log_file(), maxBytes=1_000_000, backupCount=1, encoding="utf-8")
    except OSError as error:
        raise UserError(f"The log {paths.log_file()} cannot be written ({error.strerror}); move it away, or set BREAKHIS_HOME.") from error
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.captureWarnings(capture=True)
    for name in ("breakhis_desktop", "py.warnings"):
        logger = logging.getLogger(name)
        logger.setLevel(logging.INFO)
        logger.addHandler(handler)
