"""Distinguishes a JPEG file that lacks only its end marker from a file that is truncated or has a hole.

Source: ITU-T T.81, annexes A, C to G.
"""

import re
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from PIL import Image

from breakhis_desktop.imaging.formats import TRUNCATED
from breakhis_desktop.imaging.jpeg import END_OF_IMAGE, START_OF_SCAN, Frame, frame, segments
from breakhis_desktop.imaging.limits import MAX_PIXELS, too_large

_TABLES, _RESTART = 0xC4, 0xDD
_SEQUENTIAL, _PROGRESSIVE = frozenset({0xC0, 0xC1}), frozenset({0xC2, 0xCA})
_RESTART_MARKER = re.compile(rb"\xff[\xd0-\xd7]")
_LONGEST = 8_000_000
_PADDING = b"\xff" * 4096
_BLOCK = 64
_CODES = 65536
_FILLING = frozenset({127, 128})
"""The grey values that libjpeg shows for missing data; 127 in CMYK, which is inverted."""
_HOLE = bytes(512)


@dataclass(slots=True)
class _Stream:
    """The state of a JPEG stream when its last scan begins.

    Attributes:
        tables: The bytes of each Huffman table, by class and number.
        restart: The restart interval in units (MCUs); 0 if there is none.
        scanned: The ids of the channels in any scan.
        scan: The channels of the last scan, each with the numbers of its tables.
        data: The byte range of the last scan's data.
    """

    tables: dict[int, bytes] = field(default_factory=dict)
    restart: int = 0
    scanned: set[int] = field(default_factory=set)
    scan: list[tuple[int, int]] = field(default_factory=list)
    data: slice = field(default_factory=lambda: slice(0))


def with_end(data: bytes, found: Frame | None) -> bytes:
    """Append the end marker to a JPEG file that lacks nothing else; a file that has the marker is returned unchanged.

    Pillow rejects a file without the marker. But with the marker appended, or with zeros after the data as an interrupted copy leaves
    them, it would also accept a truncated file and show the rest in grey. So this function counts the codes of the last scan before it
    appends the marker. It appends the marker to sequential files only, since a progressive file without its end marker is rarer still.

    Args:
        data: The whole file.
        found: The properties that the file's headers state; None if the headers are incomplete.

    Raises:
        ImageRefusedError: The image is too large to be one field.
        ValueError: More than the marker is missing; the marker is missing in a progressive file or a file of more than 8 MB; or a
            progressive file lacks scans.
    """
    if found is None:
        return data
    if found.size[0] * found.size[1] > MAX_PIXELS:
        raise too_large()
    if found.marker in _PROGRESSIVE and not _has_every_bit(data, found):
        raise ValueError(TRUNCATED)
    if data.endswith(END_OF_IMAGE) or any(marker == END_OF_IMAGE[1] for marker, *_ in segments(data)):
        return data
    cut = data.removesuffix(b"\xff")
    try:
        is_whole = found.marker in _SEQUENTIAL and len(data) <= _LONGEST and _is_whole(cut, found)
    except (LookupError, ZeroDivisionError):
        is_whole = False
    if not is_whole:
        raise ValueError(TRUNCATED)
    return cut + END_OF_IMAGE


def refuse_hole(image: Image.Image, data: bytes) -> None:
    """Reject a file that has an end marker, but whose data is incomplete or partly replaced by zeros.

    libjpeg only warns, and Pillow drops the warning; without this check the program would classify half a picture. To save time, the codes
    are counted only if the last pixel has the grey of missing data, or if the file holds a long run of zeros. Some damage goes
    undetected: in a file of more than 8 MB, in a file that relies on the default Huffman tables, and in the last scan of a progressive
    file, which then lacks only the last bits of some values.

    Raises:
        ValueError: Data is missing.
    """
    corner = image.getpixel((image.width - 1, image.height - 1))
    is_grey = _FILLING.issuperset(corner if isinstance(corner, tuple) else (corner,))
    if not is_grey and _HOLE not in data:
        return
    found = frame(data)
    if found is None or found.marker not in _SEQUENTIAL or len(data) > _LONGEST:
        return
    try:
        stream = _read(data)
        has_hole = _HOLE in data[stream.data]
        unused = _unused(*_counted(data, stream, found)) if is_grey or has_hole else 0
    except (LookupError, ZeroDivisionError):
        return  # The file relies on the default tables, and does not hold them.
    if unused < 0 or (has_hole and unused >= 8):
        raise ValueError(TRUNCATED)


def _has_every_bit(data: bytes, found: Frame) -> bool:
    """Return whether the scans of a progressive file refine every coefficient of every channel down to its last bit."""
    left = {one: [1] * _BLOCK for one, _ in found.components}
    for marker, _, start, stop in segments(data):
        if marker == END_OF_IMAGE[1]:
            break
        if marker == START_OF_SCAN and stop - start >= 6:
            *channels, first, last, bits = data[start + 1 : stop]
            for one in channels[::2]:
                left.get(one, [])[first : last + 1] = [bits & 15] * (last + 1 - first)
    return not any(map(any, left.values()))


def _is_whole(data: bytes, found: Frame) -> bool:
    bits, used = _counted(data, _read(data), found)
    unused = _unused(bits, used)
    # An encoder pads the last byte with ones; zeros are the padding of an interrupted copy.
    return 0 <= unused < 8 and any(bits[-8:]) and bits[-1] & (1 << unused) - 1 == (1 << unused) - 1


def _unused(bits: bytes, used: int) -> int:
    return 8 * len(bits) - used


def _counted(data: bytes, stream: _Stream, found: Frame) -> tuple[bytes, int]:
    """Return the data of the last scan, or of its last restart interval, and the number of bits that its codes take.

    Raises:
        ValueError: Channels or restart intervals are missing, or a code is invalid.
    """
    if stream.scanned != {one for one, _ in found.components}:
        raise ValueError(TRUNCATED)
    plan, units = _plan(stream, found)
    parts = _RESTART_MARKER.split(data[stream.data].rstrip(b"\xff"))  # Fill bytes may precede any marker.
    if stream.restart:
        if len(parts) != -(-units // stream.restart):
            raise ValueError(TRUNCATED)
        units -= (len(parts) - 1) * stream.restart
    bits = parts[-1].replace(b"\xff\0", b"\xff")
    return bits, _bits_used(bits, plan, units)


def _read(data: bytes) -> _Stream:
    """Read the tables and the scan headers, and find the data of the last scan."""
    stream = _Stream()
    for marker, place, start, stop in segments(data):
        content = data[start:stop]
        if marker == END_OF_IMAGE[1]:
            stream.data = slice(stream.data.start, place)
            break
        if marker == _TABLES:
            stream.tables.update(_tables(content))
        elif marker == _RESTART:
            stream.restart = int.from_bytes(content[:2])
        elif marker == START_OF_SCAN:
            stream.scan = [(content[1 + 2 * one], content[2 + 2 * one]) for one in range(content[0])]
            stream.scanned.update(one for one, _ in stream.scan)
            stream.data = slice(stop, len(data))
    return stream


def _tables(content: bytes) -> dict[int, bytes]:
    """Split a segment into its Huffman tables; each holds the number of codes of each length, then their symbols."""
    tables, place = {}, 0
    while place < len(content):
        end = place + 17 + sum(content[place + 1 : place + 17])
        tables[content[place]] = content[place + 1 : end]
        place = end
    return tables


def _by_code(table: bytes) -> list[int]:
    """Return, for each 16-bit value, the length and symbol of the code that it begins with, as `length << 8 | symbol`; 0 if it has no code.

    Raises:
        ValueError: The table has more codes than 16 bits allow.
    """
    result, code, symbols = [0] * _CODES, 0, iter(table[16:])
    for length, count in enumerate(table[:16], 1):
        for _, symbol in zip(range(count), symbols, strict=False):
            span = 1 << (16 - length)
            if code + span > _CODES:
                raise ValueError(TRUNCATED)
            result[code : code + span] = [length << 8 | symbol] * span
            code += span
    return result


def _plan(stream: _Stream, found: Frame) -> tuple[list[tuple[list[int], list[int]]], int]:
    """Return the two tables for each block of a unit (MCU) of the last scan, and the number of units."""
    sampling = {one: (factors >> 4, factors & 15) for one, factors in found.components}
    most = [max(side) for side in zip(*sampling.values(), strict=True)]
    tables = {number: _by_code(stream.tables[number]) for _, both in stream.scan for number in (both >> 4, 0x10 | both & 15)}
    plan, across_and_down = [], most
    for one, numbers in stream.scan:
        blocks = sampling[one][0] * sampling[one][1]
        if len(stream.scan) == 1:
            blocks, across_and_down = 1, [Fraction(most[side], sampling[one][side]) for side in (0, 1)]
        plan += [(tables[numbers >> 4], tables[0x10 | numbers & 15])] * blocks
    across, down = (-(-side // (8 * factor)) for side, factor in zip(found.size, across_and_down, strict=True))
    return plan, across * down


def _bits_used(bits: bytes, plan: list[tuple[list[int], list[int]]], units: int) -> int:
    """Return the number of bits that the codes of all units take.

    Raises:
        ValueError: The codes are cut short or invalid.
    """
    parts = np.frombuffer(bits + _PADDING, np.uint8).astype(np.uint32)
    windows = (parts[:-2] << 16 | parts[1:-1] << 8 | parts[2:]).data  # Element by element, a memoryview is far faster than an array.
    place, end = 0, 8 * len(bits)
    for _ in range(units):
        for first, others in plan:
            code = first[windows[place >> 3] >> 8 - (place & 7) & 0xFFFF]
            place += (code >> 8) + (code & 0xFF)
            coefficient = 1 if code else _BLOCK
            while coefficient < _BLOCK:
                code = others[windows[place >> 3] >> 8 - (place & 7) & 0xFFFF]
                place += (code >> 8) + (code & 15)
                coefficient += _BLOCK if code & 0xFF == 0 else (code >> 4 & 15) + 1
            if not code:
                raise ValueError(TRUNCATED)
        if place > end:
            raise ValueError(TRUNCATED)
    return place
