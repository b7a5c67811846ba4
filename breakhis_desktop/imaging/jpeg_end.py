"""A JPEG file that lacks its end marker alone, told from one that was cut short. Source: ITU-T T.81, annexes A, C and F."""

import re
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from breakhis_desktop.imaging.jpeg import END_OF_IMAGE, START_OF_SCAN, Frame, frame, segments

_TABLES, _RESTART = 0xC4, 0xDD
_SEQUENTIAL = frozenset({0xC0, 0xC1})
_RESTART_MARKER = re.compile(rb"\xff[\xd0-\xd7]")
_LONGEST = 8_000_000
_PADDING = b"\xff" * 4096
_BLOCK = 64


@dataclass(slots=True)
class _Stream:
    """What is known once the last scan begins.

    Attributes:
        tables: Each Huffman table by class and number: for each 16 bits how many of them are a code, and for what, 0 where none is.
        restart: After how many units the coder starts anew; 0 where never.
        scanned: The channels that any scan holds.
        scan: The last scan's channels, each with the numbers of its tables.
        start: Where the last scan's data starts.
    """

    tables: dict[int, list[int]] = field(default_factory=dict)
    restart: int = 0
    scanned: set[int] = field(default_factory=set)
    scan: list[tuple[int, int]] = field(default_factory=list)
    start: int = 0


def with_end(data: bytes) -> bytes:
    """Give a JPEG file that lacks its end marker alone that marker; return one that has it as it is.

    Pillow fails such a file; yet with a marker at its end it would show one that was cut short too, the rest in grey, and so it does where
    zeros follow, as after a copy that broke off. So the codes of the last scan are counted here; only those of the sequential kind, since a
    progressive file without its end is rarer still.

    Raises:
        ValueError: The marker is missing, and more.
    """
    if data.endswith(END_OF_IMAGE):
        return data
    found = frame(data)
    if found is None or any(marker == END_OF_IMAGE[1] for marker, _, _, _ in segments(data)):
        return data
    cut = data.removesuffix(b"\xff")
    try:
        is_whole = found.marker in _SEQUENTIAL and len(data) <= _LONGEST and _is_whole(cut, found)
    except (LookupError, ZeroDivisionError):
        is_whole = False
    if not is_whole:
        raise ValueError("image file is truncated")
    return cut + END_OF_IMAGE


def _is_whole(data: bytes, found: Frame) -> bool:
    stream = _read(data)
    if stream.scanned != {one for one, _ in found.components}:
        return False
    plan, units = _plan(stream, found)
    parts = _RESTART_MARKER.split(data[stream.start :])
    if stream.restart:
        if len(parts) != -(-units // stream.restart):
            return False
        units -= (len(parts) - 1) * stream.restart
    bits = parts[-1].replace(b"\xff\0", b"\xff")
    unused = 8 * len(bits) - _bits_used(bits, plan, units)
    # A coder fills the last byte with ones; zeros are what a copy that broke off was filled up with.
    return 0 <= unused < 8 and any(bits[-8:]) and bits[-1] & (1 << unused) - 1 == (1 << unused) - 1


def _read(data: bytes) -> _Stream:
    """Return what stands before the data of the last scan."""
    stream = _Stream()
    for marker, _, start, stop in segments(data):
        content = data[start:stop]
        if marker == _TABLES:
            stream.tables.update(_tables(content))
        elif marker == _RESTART:
            stream.restart = int.from_bytes(content[:2])
        elif marker == START_OF_SCAN:
            stream.scan = [(content[1 + 2 * one], content[2 + 2 * one]) for one in range(content[0])]
            stream.scanned.update(one for one, _ in stream.scan)
            stream.start = stop
    return stream


def _tables(content: bytes) -> dict[int, list[int]]:
    tables, place = {}, 0
    while place < len(content):
        counts, symbols = content[place + 1 : place + 17], place + 17
        table, code = [0] * 65536, 0
        for length, count in enumerate(counts, 1):
            for symbol in content[symbols : symbols + count]:
                span = 1 << (16 - length)
                table[code : code + span] = [length << 8 | symbol] * span
                code += span
            symbols += count
        tables[content[place]] = table
        place = symbols
    return tables


def _plan(stream: _Stream, found: Frame) -> tuple[list[tuple[list[int], list[int]]], int]:
    """Return the two tables for each block of a unit of the last scan, and how many units it has."""
    sampling = {one: (factors >> 4, factors & 15) for one, factors in found.components}
    most = [max(side) for side in zip(*sampling.values(), strict=True)]
    plan, across_and_down = [], most
    for one, numbers in stream.scan:
        blocks = sampling[one][0] * sampling[one][1]
        if len(stream.scan) == 1:
            blocks, across_and_down = 1, [Fraction(most[side], sampling[one][side]) for side in (0, 1)]
        plan += [(stream.tables[numbers >> 4], stream.tables[0x10 | numbers & 15])] * blocks
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
                raise ValueError("no code")
        if place > end:
            raise ValueError("cut short")
    return place
