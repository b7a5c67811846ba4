"""Ensures that an exception caused by one image makes only that image fail, never the run."""

import logging
from collections.abc import Callable
from typing import TypeVar

from breakhis_desktop.domain.records import ImageRecord, PendingImage
from breakhis_desktop.errors import UserError, is_out_of_memory
from breakhis_desktop.wording.images import ImageCode
from breakhis_desktop.wording.message import Message

T = TypeVar("T")

_log = logging.getLogger(__name__)


def guarded(image: PendingImage | ImageRecord, work: Callable[[], T], failed: Callable[[ImageRecord], T]) -> T:
    """Process one image, and turn any exception into the row of a failed image.

    Args:
        image: What is known of the image so far.
        work: The processing to do.
        failed: Turns the row of a failed image into a result.

    Raises:
        UserError: Something other than the image is at fault, such as the store; the run cannot continue.
    """
    try:
        return work()
    except UserError:
        raise
    except Exception as error:  # noqa: BLE001 (an image's faults end here)
        return failed(image.failed(reason_of_fault(error, f"image {image.position}")))


def reason_of_fault(error: Exception, image: str) -> Message:
    """Log an exception that an image caused, and return the reason to show the user.

    Args:
        error: The exception.
        image: How the log refers to the image, without its file name.
    """
    if is_out_of_memory(error):
        _log.warning("there was not enough memory for %s", image)
        return Message.of(ImageCode.NO_MEMORY_FOR_IMAGE)
    _log.error("%s made the program fail", image, exc_info=error)
    return Message.of(ImageCode.FAULT)
