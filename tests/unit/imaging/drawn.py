"""Draws pictures for the decoder's tests, and builds files that Pillow cannot write."""

import struct
import zlib
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from breakhis_desktop.imaging.decode import decode

Pixels = NDArray[np.uint8]
Tags = Mapping[int, tuple[int, Iterable[int]]]
"""The type and values of each TIFF field, keyed by tag."""
_SIZES, _LETTERS = {1: 1, 2: 1, 3: 2, 4: 4, 7: 1, 16: 8}, {1: "B", 2: "B", 3: "H", 4: "I", 7: "B", 16: "Q"}


def picture(width: int = 67, height: int = 51) -> Pixels:
    """Draw a field whose channels, rows and columns all differ."""
    y, x = np.mgrid[0:height, 0:width]
    channels = (150 + 80 * np.sin(x / 13), 90 + 60 * np.cos(y / 11), 160 + 60 * np.sin((x + 2 * y) / 19))
    return np.dstack(channels).round().astype(np.uint8)


def decoded(data: bytes) -> NDArray[np.int64]:
    return np.asarray(decode(data)).astype(np.int64)


def corner(image: Image.Image) -> tuple[int, ...]:
    """Return the first pixel of a multi-channel image."""
    found = image.getpixel((0, 0))
    assert isinstance(found, tuple)
    return found


def farthest(data: bytes, pixels: NDArray[np.generic]) -> int:
    """Return the largest difference between the decoded file and the expected pixels."""
    found = decoded(data)
    assert found.shape == pixels.shape
    return int(np.abs(found - pixels.astype(np.int64)).max())


def saved(pixels: NDArray[np.generic], form: str, **options: Any) -> bytes:
    buffer = BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels)).save(buffer, form, **options)
    return buffer.getvalue()


def on_white(pixels: Pixels, opacity: NDArray[np.generic]) -> Pixels:
    share: NDArray[np.float64] = opacity[..., None] / opacity.max()
    mixed: NDArray[np.float64] = pixels * share + 255 * (1 - share)
    return mixed.round().astype(np.uint8)


def page(samples: NDArray[np.generic], *, planar: int = 1) -> dict[int, tuple[int, Iterable[int]]]:
    """Return the fields of an uncompressed RGB TIFF page with one strip, or with one strip for each plane if `planar` is 2."""
    height, width, count = samples.shape
    fields: dict[int, tuple[int, Iterable[int]]] = {256: (4, [width]), 257: (4, [height]), 258: (3, [samples.itemsize * 8] * count)}
    return fields | {259: (3, [1]), 262: (3, [2]), 277: (3, [count]), 278: (4, [height]), 284: (3, [planar])}


def in_order(samples: NDArray[Any], order: str) -> NDArray[Any]:
    """Return the samples in a byte order, `<` or `>`."""
    return samples.astype(f"{order}{samples.dtype.kind}{samples.dtype.itemsize}")


def tiff(fields: Tags, parts: list[bytes], *, order: str = "<", big: bool = False) -> bytes:
    """Build a single-page TIFF; its strips, or its tiles if a tile width is given, follow the directory."""
    offsets, counts = (324, 325) if 322 in fields else (273, 279)
    kind, inline, head = (16, 8, 16) if big else (4, 4, 8)
    all_fields = {tag: (form, list(values)) for tag, (form, values) in fields.items()} | {counts: (kind, list(map(len, parts)))}
    table = (8 if big else 2) + (len(all_fields) + 1) * (20 if big else 12) + inline
    sizes = [_SIZES[form] * len(values) for form, values in all_fields.values()] + [_SIZES[kind] * len(parts)]
    start = head + table + sum(size for size in sizes if size > inline)
    all_fields[offsets] = (kind, [start + sum(map(len, parts[:number])) for number in range(len(parts))])
    rows, beyond = b"", b""
    for tag, (form, values) in sorted(all_fields.items()):
        content = struct.pack(f"{order}{len(values)}{_LETTERS[form]}", *values)
        if len(content) > inline:
            content, beyond = struct.pack(order + ("Q" if big else "I"), head + table + len(beyond)), beyond + content
        rows += struct.pack(order + ("HHQ" if big else "HHI"), tag, form, len(values)) + content.ljust(inline, b"\0")
    mark, count = (b"II" if order == "<" else b"MM"), struct.pack(order + ("Q" if big else "H"), len(all_fields))
    header = struct.pack(order + "HHHQ", 43, 8, 0, head) if big else struct.pack(order + "HI", 42, head)
    return mark + header + count + rows + bytes(inline) + beyond + b"".join(parts)


def tiles_of(samples: NDArray[np.generic], side: int) -> list[NDArray[np.generic]]:
    """Cut a picture into tiles; the last tile of each row and column is padded with its edge."""
    height, width = samples.shape[:2]
    padded = np.pad(samples, ((0, -height % side), (0, -width % side), (0, 0)), mode="edge")
    return [padded[top : top + side, left : left + side] for top in range(0, height, side) for left in range(0, width, side)]


def chunk(name: bytes, content: bytes, checksum: int | None = None) -> bytes:
    """Build a PNG chunk."""
    return (
        struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content) if checksum is None else checksum)
    )


def with_chunks(data: bytes, *chunks: bytes) -> bytes:
    """Insert chunks after the header of a PNG."""
    return data[:33] + b"".join(chunks) + data[33:]


def segment(marker: int, content: bytes) -> bytes:
    """Build a JPEG segment."""
    return b"\xff" + bytes([marker]) + struct.pack(">H", 2 + len(content)) + content


def with_segments(data: bytes, *segments: bytes) -> bytes:
    """Insert segments after the start marker of a JPEG."""
    return data[:2] + b"".join(segments) + data[2:]


def exif(*entries: bytes, orientation: int = 6) -> bytes:
    """Build EXIF data with an orientation and further entries."""
    turned = struct.pack("<HHIHH", 0x0112, 3, 1, orientation, 0)
    return b"II*\0" + struct.pack("<IH", 8, 1 + len(entries)) + turned + b"".join(entries) + bytes(4)
