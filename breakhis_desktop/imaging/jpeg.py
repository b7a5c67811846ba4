"""Reads the structure of a JPEG file without decoding it. Source: ITU-T T.81, annex B."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from breakhis_desktop.wording.images import ImageCode
from breakhis_desktop.wording.message import Message

JPEG = b"\xff\xd8\xff"
END_OF_IMAGE = b"\xff\xd9"

# In coded data, FF is followed only by a stuffed zero, a restart marker or another fill byte.
_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
START_OF_SCAN = 0xDA
MOST_SEGMENTS = 100_000
_START_OF_IMAGE, _END_OF_IMAGE, _TEMPORARY = 0xD8, 0xD9, 0x01
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_HIERARCHICAL = frozenset({0xC5, 0xC6, 0xC7, 0xCD, 0xCE, 0xCF})
_JFIF, _ADOBE, _COMMENT = 0xE0, 0xEE, 0xFE
_APPLICATION_OR_COMMENT = frozenset(range(0xE0, 0xF0)) | {_COMMENT}
_DECIDING = (
    (_JFIF, b"JFIF\0", 14),
    (0xE1, b"Exif\0\0", 6),
    (0xE1, b"http://ns.adobe.com/xap/1.0/\0", 29),
    (0xE2, b"ICC_PROFILE\0", 14),
    (_ADOBE, b"Adobe", 12),
)
"""The segments that decide colours and orientation: marker, first bytes, and the length below which libjpeg ignores them."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The properties of the picture in a JPEG stream.

    Attributes:
        marker: The start-of-frame marker, which names the coding process.
        bits: Bits per sample.
        size: Width and height in pixels.
        components: The id of each channel and its sampling factors: horizontal in the upper four bits, vertical in the lower.
        has_jfif: Whether the file is a JFIF file, whose colours are YCbCr.
        adobe: The colour transform that Adobe's segment names; None if there is no such segment.
    """

    marker: int
    bits: int
    size: tuple[int, int]
    components: tuple[tuple[int, int], ...]
    has_jfif: bool
    adobe: int | None


def segments(data: bytes, start: int = 0) -> Iterator[tuple[int, int, int, int]]:
    """Yield each marker with its offset and the start and end of its segment's content; stop after `MOST_SEGMENTS` + 1 markers."""
    for _ in range(MOST_SEGMENTS + 1):
        found = _MARKER.search(data, start)
        if found is None:
            return
        marker, first = data[found.end() - 1], found.end()
        start = first if marker in {_START_OF_IMAGE, _END_OF_IMAGE, _TEMPORARY} else first + int.from_bytes(data[first : first + 2])
        yield marker, found.start(), min(first + 2, start), start


def scans_and_segments(data: bytes, most: int) -> tuple[int, int, int]:
    """Count the scans of a JPEG file; for each scan, a decoder passes over the whole picture again.

    Args:
        data: The whole file.
        most: Stop counting above this number of scans.

    Returns:
        The number of scans, the number of segments, and the length of the headers in bytes, up to the first scan.
    """
    scans, count, length = 0, 0, len(data)
    for marker, place, _, _ in segments(data):
        if marker == _END_OF_IMAGE or scans > most:
            break
        count += 1
        if marker == START_OF_SCAN:
            scans += 1
            length = min(length, place + 2)
    return scans, count, length


def without_odd_metadata(data: bytes) -> bytes:
    """Remove application segments and comments that affect no pixel, or that are too short to be what they claim to be.

    Pillow rejects the whole picture for a truncated JFIF segment or Photoshop resource; libjpeg skips them.
    """
    kept, done = [], 0
    for marker, place, start, stop in segments(data):
        if marker in {START_OF_SCAN, _END_OF_IMAGE}:
            break
        if marker in _APPLICATION_OR_COMMENT and stop - place >= 4 and not _decides(marker, data[start:stop]):
            kept.append(data[done:place])
            done = stop
    return b"".join([*kept, data[done:]]) if kept else data


def frame(data: bytes, start: int = 0) -> Frame | None:
    """Read the headers of a JPEG stream, up to the start of the frame; None if the headers end before a frame starts."""
    jfif, adobe = False, None
    for marker, _, first, stop in segments(data, start):
        content = data[first : min(stop, first + 1024)]
        if marker in {START_OF_SCAN, _END_OF_IMAGE}:
            return None
        if marker == _JFIF:
            jfif = jfif or (content.startswith(b"JFIF\0") and len(content) >= 14)
        elif marker == _ADOBE and content.startswith(b"Adobe") and len(content) >= 12:
            adobe = content[11]
        elif marker in _FRAMES and len(content) >= 6:
            components = tuple((content[place], content[place + 1]) for place in range(6, min(len(content) - 2, 6 + 3 * content[5]), 3))
            height, width = int.from_bytes(content[1:3]), int.from_bytes(content[3:5])
            return Frame(marker, content[0], (width, height), components, jfif, adobe)
    return None


def unread_kind(found: Frame) -> Message | None:
    """Name what keeps a JPEG file from being read; None if nothing does."""
    if found.bits != 8:
        return Message.of(ImageCode.JPEG_BITS, bits=found.bits)
    if found.marker in _HIERARCHICAL:
        return Message.of(ImageCode.JPEG_HIERARCHICAL)
    count = len(found.components)
    return Message.of(ImageCode.JPEG_CHANNELS, count=count) if count not in {1, 3, 4} else None


def _decides(marker: int, content: bytes) -> bool:
    return any(marker == one and content.startswith(start) and len(content) >= least for one, start, least in _DECIDING)
