"""Reads the structure of a JPEG 2000 codestream without decoding it. Source: ITU-T T.800, annex A."""

import re
import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import count, islice

_START = re.compile(rb"\xff\x4f\xff\x51")
_BOX, _BOX_WITH_START = b"jp2c", re.compile(rb"jp2c(?:.{8})?\xff\x4f\xff\x51", re.DOTALL)
_SIZE = struct.Struct(">HH8IH")
_START_OF_TILE, _START_OF_DATA, _CODING, _COMPONENT_CODING = 0xFF90, 0xFF93, 0xFF52, 0xFF53
_END = 0xFFD9
# OpenJPEG has a different way to skip unknown markers, and could then find segments that this module misses.
_MARKERS = frozenset(0xFF00 + code for code in b"\x50\x51\x52\x53\x55\x57\x58\x5c\x5d\x5e\x5f\x60\x61\x63\x64\x74\x75\x77\x78\x90")
_MOST_TILES, _MOST_COMPONENTS = 4_096, 4
_MOST_SEGMENTS = 100_000
_MOST_BLOCKS = 1_000_000
_MOST_PACKETS = 10_000_000
_MOST_LEVELS = 32
_LARGEST_PRECINCT = 0xFF


@dataclass(frozen=True, slots=True)
class _Grid:
    """The sizes that a codestream states: `width` and `height` of a tile, `pixels` of the whole image."""

    width: int
    height: int
    tiles: int
    components: int
    pixels: int


@dataclass(frozen=True, slots=True)
class Component:
    """The properties of a channel in a codestream.

    Attributes:
        bits: Bits per sample.
        steps: The columns and rows that one sample covers.
        starts_even: Whether the image starts at a multiple of the steps.
        is_even: Whether the image and each tile start and end at multiples of the steps.
    """

    bits: int
    steps: tuple[int, int]
    starts_even: bool
    is_even: bool


def components(data: bytes) -> tuple[Component, ...]:
    """Return the channels of a file's first codestream; empty if the codestream is cut short before them."""
    found = _START.search(data)
    if found is None:
        return ()
    try:
        _, _, right, bottom, left, top, width, height, tile_left, tile_top, count = _SIZE.unpack_from(data, found.start() + 4)
        lines = _lines(left, right, tile_left, width), _lines(top, bottom, tile_top, height)
        described = [struct.unpack_from(">BBB", data, found.start() + 4 + _SIZE.size + 3 * number) for number in range(count)]
        return tuple(_component(lines, bits, (across, down)) for bits, across, down in described)
    except (struct.error, ZeroDivisionError):
        return ()


def _component(lines: tuple[tuple[int, ...], ...], bits: int, steps: tuple[int, int]) -> Component:
    odd = [[line % step for line in side] for side, step in zip(lines, steps, strict=True)]
    return Component((bits & 0x7F) + 1, steps, not any(side[0] for side in odd), not any(map(any, odd)))


def _lines(first: int, last: int, tile_start: int, tile: int) -> tuple[int, ...]:
    """Return the positions that fix the tiles along a side: the image's two ends and, for several tiles, the tiles' start and size."""
    return (first, last) if tile_start + tile >= last else (first, last, tile_start, tile)


def lacks_tiles(data: bytes) -> bool:
    """Return whether some tiles of a file's first codestream have no data at all; Pillow shows such tiles in black."""
    found, present = _START.search(data), set[bytes]()
    if found is None:
        return False
    with suppress(struct.error):  # The decoder reports a truncated file, unless the cut is between tiles.
        present.update(body[:2] for marker, body in _segments(data, found.start() + 2) if marker == _START_OF_TILE)
    with suppress(struct.error, ZeroDivisionError):
        return len(present) < _grid(data, found.start()).tiles
    return False


def is_costly(data: bytes, most_pixels: int) -> bool:
    """Return whether a file has more tiles, blocks or packets than any real picture; these take few bytes, but much memory and time."""
    if data.count(_BOX) != sum(1 for _ in islice(_BOX_WITH_START.finditer(data), _MOST_SEGMENTS)):
        return True
    numbers = count()  # Counts across all codestreams, since the segments of one codestream may lead into another.
    starts = _START.finditer(data)
    return any(next(numbers) > _MOST_SEGMENTS or _is_costly(data, found.start(), most_pixels, numbers) for found in starts)


def _is_costly(data: bytes, start: int, most_pixels: int, numbers: Iterator[int]) -> bool:
    try:
        grid = _grid(data, start)
        if grid.pixels > most_pixels or grid.tiles > _MOST_TILES or grid.components > _MOST_COMPONENTS:
            return True
        return _has_costly_segment(data, start + 2, grid, numbers)
    except (struct.error, ZeroDivisionError, IndexError):
        return False  # The decoder will report the file as damaged.


def _grid(data: bytes, start: int) -> _Grid:
    _, _, right, bottom, left, top, width, height, tile_left, tile_top, components = _SIZE.unpack_from(data, start + 4)
    across, down = -(-(right - tile_left) // width), -(-(bottom - tile_top) // height)
    pixels = (right - left) * (bottom - top)
    return _Grid(min(width, right - left), min(height, bottom - top), across * down, components, pixels)


def _has_costly_segment(data: bytes, position: int, grid: _Grid, numbers: Iterator[int]) -> bool:
    layers = precincts = 1
    for marker, body in _segments(data, position):
        if next(numbers) > _MOST_SEGMENTS or marker not in _MARKERS:
            return True
        if marker == _CODING:
            layers = max(layers, int.from_bytes(body[2:4]))
        if marker in {_CODING, _COMPONENT_CODING}:
            if _style(marker, body)[0] > _MOST_LEVELS:
                return True
            precincts = max(precincts, _precincts(grid, body[0] if marker == _CODING else body[1], _style(marker, body)))
            if _blocks(grid, _style(marker, body)) + precincts > _MOST_BLOCKS or layers * precincts > _MOST_PACKETS:
                return True
    return False


def _segments(data: bytes, position: int) -> Iterator[tuple[int, bytes]]:
    """Yield the marker and content of each segment in the main header and in the tile-part headers."""
    tile_end = 0
    while True:
        marker, length = struct.unpack_from(">HH", data, position)
        if marker == _END:
            return
        if marker == _START_OF_DATA:
            if tile_end <= position:
                return
            position = tile_end
            continue
        if marker == _START_OF_TILE:
            tile_end = position + int(struct.unpack_from(">I", data, position + 6)[0])
        yield marker, data[position + 4 : position + 2 + length]
        position += 2 + length


def _style(marker: int, body: bytes) -> bytes:
    """Return the part that both kinds of segment share: levels, block width and height, two other bytes, precinct sizes."""
    return body[5:] if marker == _CODING else body[2:]


def _blocks(grid: _Grid, style: bytes) -> int:
    return grid.width * grid.height * grid.tiles * grid.components >> (style[1] % 16 + style[2] % 16 + 4)


def _precincts(grid: _Grid, flags: int, style: bytes) -> int:
    """Count the precincts of all tiles and components over all resolutions."""
    count, levels = 0, style[0]
    for place in range(levels + 1):
        size = style[5 + place] if flags & 1 else _LARGEST_PRECINCT
        halvings = levels - place
        across, down = (-(-side // 2 ** (halvings + power)) for side, power in ((grid.width, size & 15), (grid.height, size >> 4)))
        count += across * down
    return count * grid.tiles * grid.components
