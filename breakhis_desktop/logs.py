"""The log: a rotating file in the program's own folder."""

import logging
from logging.handlers import RotatingFileHandler

from breakhis_desktop import paths


def start_log() -> None:
    """Send this program's log messages to its log file, one megabyte at most and one older file beside it."""
    handler = RotatingFileHandler(paths.log_file(), maxBytes=1_000_000, backupCount=1, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logger = logging.getLogger("breakhis_desktop")
    logger.setLevel(logging.INFO)
    logger.addHandler(handler)
