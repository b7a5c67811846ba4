"""A JPEG file that lacks its end marker alone, told from one that was cut short or has a hole. Source: ITU-T T.81, annexes A, C to G."""

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
"""What libjpeg shows where there is no data; the first in inks, which are turned round."""
_HOLE = bytes(512)


@dataclass(slots=True)
class _Stream:
    """What is known once the last scan begins.

    Attributes:
        tables: By class and number how each Huffman table is written.
        restart: After how many units the coder starts anew; 0 where never.
        scanned: The channels that any scan holds.
        scan: The last scan's channels, each with the numbers of its tables.
        data: Where the last scan's data lies.
    """

    tables: dict[int, bytes] = field(default_factory=dict)
    restart: int = 0
    scanned: set[int] = field(default_factory=set)
    scan: list[tuple[int, int]] = field(default_factory=list)
    data: slice = field(default_factory=lambda: slice(0))


def with_end(data: bytes, found: Frame | None) -> bytes:
    """Give a JPEG file that lacks its end marker alone that marker; return one that has it as it is.

    Pillow fails such a file; yet with a marker at its end it would show one that was cut short too, the rest in grey, and so it does where
    zeros follow, as after a copy that broke off. So the codes of the last scan are counted here; only those of the sequential kind, since a
    progressive file without its end is rarer still.

    Args:
        data: The whole file.
        found: What its headers state.

    Raises:
        ImageRefusedError: It is too large to be one field.
        ValueError: The marker is missing, and more; or scans of a progressive file are.
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
    """Look for data that a file with an end marker lacks, or has zeros in place of.

    libjpeg only warns of it, and Pillow keeps silent. Other programs show the picture with that warning; here half a picture would be
    classified. Codes are counted where the last pixel is of the grey that stands for no data, or where many zeros lie in the data; that
    spares others the time. What stays unseen is a progressive file that is cut in its last scan, which holds last bits alone.

    Raises:
        ValueError: It lacks some.
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
        return  # Its tables are the usual ones, and not in the file.
    if unused < 0 or (has_hole and unused >= 8):
        raise ValueError(TRUNCATED)


def _has_every_bit(data: bytes, found: Frame) -> bool:
    """Tell whether the scans of a progressive file bring each coefficient of each channel down to its last bit."""
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
    # A coder fills the last byte with ones; zeros are what a copy that broke off was filled up with.
    return 0 <= unused < 8 and any(bits[-8:]) and bits[-1] & (1 << unused) - 1 == (1 << unused) - 1


def _unused(bits: bytes, used: int) -> int:
    return 8 * len(bits) - used


def _counted(data: bytes, stream: _Stream, found: Frame) -> tuple[bytes, int]:
    """Return the last scan's data, of several parts the last, and how many of its bits the codes take.

    Raises:
        ValueError: Channels or parts are missing, or there are no such codes.
    """
    if stream.scanned != {one for one, _ in found.components}:
        raise ValueError(TRUNCATED)
    plan, units = _plan(stream, found)
    parts = _RESTART_MARKER.split(data[stream.data].rstrip(b"\xff"))  # Such bytes may stand before any marker.
    if stream.restart:
        if len(parts) != -(-units // stream.restart):
            raise ValueError(TRUNCATED)
        units -= (len(parts) - 1) * stream.restart
    bits = parts[-1].replace(b"\xff\0", b"\xff")
    return bits, _bits_used(bits, plan, units)


def _read(data: bytes) -> _Stream:
    """Return what stands before the data of the last scan."""
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
    """Tell the tables of a segment apart; each has how many codes there are of each length, and what they stand for."""
    tables, place = {}, 0
    while place < len(content):
        end = place + 17 + sum(content[place + 1 : place + 17])
        tables[content[place]] = content[place + 1 : end]
        place = end
    return tables


def _by_code(table: bytes) -> list[int]:
    """Return for each 16 bits how many of them are a code, and for what; 0 where none is.

    Raises:
        ValueError: It has more codes than there are.
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
    """Return the two tables for each block of a unit of the last scan, and how many units it has."""
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
    """Return how many bits the codes of all units take.

    Raises:
        ValueError: They are cut short, or are none.
    """
    parts = np.frombuffer(bits + _PADDING, np.uint8).astype(np.uint32)
    windows = (parts[:-2] << 16 | parts[1:-1] << 8 | parts[2:]).data  # Far quicker than the array, one by one.
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
