"""Checks a file of weights as data before Keras opens it: it must hold only plain numbers, all stored in the file itself."""

import io
import math
from collections.abc import Iterator
from typing import Any

from breakhis_desktop.errors import ClauseError
from breakhis_desktop.wording.bundles import BundleCode
from breakhis_desktop.wording.message import Message

_LARGEST_ATTRIBUTE = 1024
"""Maximum size of an attribute in bytes; Keras stores layer names as attributes."""


class WeightsError(ClauseError):
    """Weights must not be opened; the message is a clause to be put after the file's name."""


def check_weights(content: bytes) -> None:
    """Check, without following links, that an HDF5 file holds only groups and numbers, as Keras writes them.

    Raises:
        WeightsError: The file fails the check.
    """
    import h5py

    try:
        with h5py.File(io.BytesIO(content), "r") as file:
            _check_parts(file["/"].id, len(content))
    except WeightsError:
        raise
    except Exception as error:  # any failure of HDF5 is the fault of these weights
        raise WeightsError(Message.of(BundleCode.CONTENT_WEIGHTS_UNREADABLE)) from error


def _check_parts(root: Any, room: int) -> None:
    from h5py import h5g, h5o

    seen: set[int] = set()
    waiting = [root]
    while waiting:
        part = waiting.pop()
        address = h5o.get_info(part).addr
        if address in seen:
            raise WeightsError(Message.of(BundleCode.CONTENT_WEIGHTS_TWICE))
        seen.add(address)
        _check_attributes(part)
        if isinstance(part, h5g.GroupID):
            waiting.extend(_members(part))
        else:
            room -= _check_numbers(part)
        if room < 0:
            raise WeightsError(Message.of(BundleCode.CONTENT_WEIGHTS_OF_OTHER_SIZE))


def _members(group: Any) -> Iterator[Any]:
    from h5py import h5l, h5o

    for name in group:
        if group.links.get_info(name).type != h5l.TYPE_HARD:
            raise WeightsError(Message.of(BundleCode.CONTENT_WEIGHTS_ELSEWHERE))
        yield h5o.open(group, name)


def _check_attributes(part: Any) -> None:
    from h5py import h5a

    for index in range(h5a.get_num_attrs(part)):
        if h5a.open(part, index=index).get_storage_size() > _LARGEST_ATTRIBUTE:
            raise WeightsError(Message.of(BundleCode.CONTENT_WEIGHTS_WITH_NOTES))


def _check_numbers(part: Any) -> int:
    """Return the number of bytes that the numbers of a data set occupy in this file."""
    from h5py import h5d

    if not isinstance(part, h5d.DatasetID) or part.dtype.kind not in "fiu":
        raise WeightsError(Message.of(BundleCode.CONTENT_WEIGHTS_NO_NUMBERS))
    how = part.get_create_plist()
    if how.get_layout() != h5d.CONTIGUOUS or how.get_external_count():
        raise WeightsError(Message.of(BundleCode.CONTENT_WEIGHTS_KEPT_OTHERWISE))
    size: int = math.prod(part.shape) * part.dtype.itemsize
    if part.get_storage_size() != size:
        raise WeightsError(Message.of(BundleCode.CONTENT_WEIGHTS_OF_OTHER_SIZE))
    return size
