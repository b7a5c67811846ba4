"""How a JPEG 2000 codestream is built, seen without decoding it. Source: ITU-T T.800, annex A."""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass

_START = re.compile(rb"\xff\x4f\xff\x51")
_SIZE = struct.Struct(">HH8IH")
_START_OF_TILE, _START_OF_DATA, _CODING, _COMPONENT_CODING = 0xFF90, 0xFF93, 0xFF52, 0xFF53
_MOST_TILES, _MOST_COMPONENTS = 4_096, 4
_MOST_SEGMENTS = 100_000
_MOST_BLOCKS = 1_000_000
_MOST_PACKETS = 10_000_000
_LARGEST_PRECINCT = 15


@dataclass(frozen=True, slots=True)
class _Grid:
    """The sizes that a codestream states; `width` and `height` are those of a tile."""

    width: int
    height: int
    tiles: int
    components: int


def is_costly(data: bytes, most_pixels: int) -> bool:
    """Tell whether a file asks for more tiles, blocks or packets than pictures have; each costs memory and time, and few bytes."""
    return any(_is_costly(data, found.start(), most_pixels) for found in _START.finditer(data))


def _is_costly(data: bytes, start: int, most_pixels: int) -> bool:
    try:
        _, _, right, bottom, left, top, width, height, tile_left, tile_top, components = _SIZE.unpack_from(data, start + 4)
        across, down = -(-(right - tile_left) // width), -(-(bottom - tile_top) // height)
        grid = _Grid(min(width, right - left), min(height, bottom - top), across * down, components)
        if (right - left) * (bottom - top) > most_pixels or grid.tiles > _MOST_TILES or components > _MOST_COMPONENTS:
            return True
        layers = 1
        for count, (marker, body) in enumerate(_segments(data, start + 2)):
            if marker == _CODING:
                layers = int.from_bytes(body[2:4])
            if count > _MOST_SEGMENTS or _asks_for_too_much(marker, body, grid, layers):
                return True
    except (struct.error, ZeroDivisionError, IndexError):
        return False  # The decoder will call it damaged.
    return False


def _segments(data: bytes, position: int) -> Iterator[tuple[int, bytes]]:
    """Yield marker and content of every segment in the main header and in the headers of the tiles' parts."""
    tile_end = 0
    while True:
        marker, length = struct.unpack_from(">HH", data, position)
        if marker == _START_OF_DATA:
            if tile_end <= position:
                return
            position = tile_end
            continue
        if marker == _START_OF_TILE:
            tile_end = position + int(struct.unpack_from(">I", data, position + 6)[0])
        yield marker, data[position + 4 : position + 2 + length]
        position += 2 + length


def _asks_for_too_much(marker: int, body: bytes, grid: _Grid, layers: int) -> bool:
    if marker == _CODING:
        has_precincts, style = body[0] & 1, body[5:]
    elif marker == _COMPONENT_CODING:
        has_precincts, style = body[1] & 1, body[2:]
    else:
        return False
    levels, block = style[0], 2 ** (style[1] % 16 + style[2] % 16 + 4)
    blocks = grid.width * grid.height * grid.tiles * grid.components // block
    precincts = grid.components * grid.tiles * _precincts(grid, levels, style[5:] if has_precincts else b"")
    return blocks + precincts > _MOST_BLOCKS or layers * precincts > _MOST_PACKETS


def _precincts(grid: _Grid, levels: int, sizes: bytes) -> int:
    """Count the precincts of one tile and component over all resolutions, the smallest first."""
    count = 0
    for place in range(levels + 1):
        halvings = levels - place
        size = sizes[place] if sizes else _LARGEST_PRECINCT * 17
        across, down = (-(-side // 2 ** (halvings + power)) for side, power in ((grid.width, size & 15), (grid.height, size >> 4)))
        count += across * down
    return count
