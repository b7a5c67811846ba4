"""Names the unsupported kinds of BMP. Source: Microsoft, bitmap header types."""

import struct

from breakhis_desktop.wording.images import ImageCode
from breakhis_desktop.wording.message import Message

_HEADERS = frozenset({12, 40, 52, 56, 64, 108, 124})
_SHORT_HEADER = 16
_COMPRESSIONS = {4: "JPEG", 5: "PNG"}
_RUN_LENGTHS, _BIT_FIELDS = frozenset({1, 2}), frozenset({3, 6})


def is_bmp(data: bytes) -> bool:
    """Return whether a file begins like a BMP; the two letters of its signature could also begin a text."""
    return data.startswith(b"BM") and int.from_bytes(data[14:18], "little") in _HEADERS


def unread_kind(data: bytes) -> Message | None:
    """Name the feature that may make Pillow fail on a BMP file; None if there is no such feature or the header is incomplete."""
    try:
        (size,) = struct.unpack_from("<I", data, 14)
        if size not in _HEADERS:
            return Message.of(ImageCode.BMP_HEADER) if size == _SHORT_HEADER else None
        if len(data) < 14 + size:
            return None
        bits, compression = struct.unpack_from("<HI", data, 28) if size > 12 else (*struct.unpack_from("<H", data, 24), 0)
    except struct.error:
        return None
    if compression in _BIT_FIELDS:
        return Message.of(ImageCode.BMP_FIELDS)
    if compression and compression not in _RUN_LENGTHS:
        return Message.of(
            ImageCode.BMP_COMPRESSED, method=_COMPRESSIONS.get(compression) or Message.of(ImageCode.METHOD_NUMBER, number=compression)
        )
    return Message.of(ImageCode.BMP_BITS, bits=bits) if bits not in {1, 4, 8, 16, 24, 32} else None
