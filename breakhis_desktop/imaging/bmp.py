"""Names the kinds of BMP that are not read. Source: Microsoft, bitmap header types."""

import struct

_HEADERS = frozenset({12, 40, 52, 56, 64, 108, 124})
_SHORT_HEADER = 16
_COMPRESSIONS = {4: "JPEG", 5: "PNG"}
_RUN_LENGTHS, _BIT_FIELDS = frozenset({1, 2}), frozenset({3, 6})


def is_bmp(data: bytes) -> bool:
    """Tell whether a file begins as a BMP does; two letters alone would be words too."""
    return data.startswith(b"BM") and int.from_bytes(data[14:18], "little") in _HEADERS


def unread_kind(data: bytes) -> str:
    """Name what may keep a BMP file with a whole header from being read; empty where its header is cut short."""
    try:
        (size,) = struct.unpack_from("<I", data, 14)
        if size not in _HEADERS:
            return "BMP with an unusual header" if size == _SHORT_HEADER else ""
        if len(data) < 14 + size:
            return ""
        bits, compression = struct.unpack_from("<HI", data, 28) if size > 12 else (*struct.unpack_from("<H", data, 24), 0)
    except struct.error:
        return ""
    if compression in _BIT_FIELDS:
        return "BMP with bit fields other than the usual"
    if compression and compression not in _RUN_LENGTHS:
        return f"BMP compressed as {_COMPRESSIONS.get(compression, f'method {compression}')}"
    return f"BMP with {bits} bits in each pixel" if bits not in {1, 4, 8, 16, 24, 32} else ""
