"""Whatever an image makes the program do wrong ends that image, never the run."""

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from breakhis_desktop.domain.records import ImageRecord, Status
from breakhis_desktop.errors import UserError, is_out_of_memory
from breakhis_desktop.wording.images import ImageCode
from breakhis_desktop.wording.message import Message

T = TypeVar("T")

_log = logging.getLogger(__name__)


def guarded(record: ImageRecord, work: Callable[[], T], failed: Callable[[ImageRecord], T]) -> T:
    """Do something with one image; whatever it raises becomes its row.

    Args:
        record: The image, as far as it is known.
        work: What to do.
        failed: Makes the result of the row of an image that failed.

    Raises:
        UserError: Something else than the image is at fault, such as the store; the run cannot go on.
    """
    try:
        return work()
    except UserError:
        raise
    except Exception as error:  # noqa: BLE001 (this is where the faults of an image end)
        reason = reason_of_fault(error, f"image {record.position}")
        return failed(replace(record, status=Status.FAILED, reason=reason, gate_override=None, tiles=1, review_flags=()))


def reason_of_fault(error: Exception, image: str) -> Message:
    """Log what the program did wrong with an image, and return what its user is to know.

    Args:
        error: What was raised.
        image: What to call the image in the log, which names no file.
    """
    if is_out_of_memory(error):
        _log.warning("there was not enough memory for %s", image)
        return Message.of(ImageCode.NO_MEMORY_FOR_IMAGE)
    _log.error("%s made the program fail", image, exc_info=error)
    return Message.of(ImageCode.FAULT)
