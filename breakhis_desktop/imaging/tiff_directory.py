"""Reads and writes the directory of a TIFF page without its pixels. Source: TIFF 6.0, section 2; BigTIFF by libtiff."""

import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum

_HEADS = {b"II*\0": ("<", False), b"MM\0*": (">", False), b"II+\0": ("<", True), b"MM\0+": (">", True)}
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8}
_INTEGERS = {1: "B", 3: "H", 4: "I", 6: "b", 8: "h", 9: "i", 13: "I", 16: "Q", 17: "q", 18: "Q"}
_LONG, _LONGEST_INTEGERS = 4, frozenset({16, 17, 18})
_MOST_FIELDS = 65_535
_MOST_VALUES = 1_000_000


class Tag(IntEnum):
    """The fields that affect pixels."""

    WIDTH = 256
    LENGTH = 257
    BITS = 258
    COMPRESSION = 259
    PHOTOMETRIC = 262
    FILL_ORDER = 266
    STRIP_OFFSETS = 273
    ORIENTATION = 274
    SAMPLES = 277
    ROWS_PER_STRIP = 278
    STRIP_BYTES = 279
    LARGEST_VALUE = 281
    PLANES = 284
    FAX_3_OPTIONS = 292
    FAX_4_OPTIONS = 293
    PREDICTOR = 317
    COLOUR_MAP = 320
    TILE_WIDTH = 322
    TILE_LENGTH = 323
    TILE_OFFSETS = 324
    TILE_BYTES = 325
    INKS = 332
    EXTRA_SAMPLES = 338
    SAMPLE_FORMAT = 339
    JPEG_TABLES = 347
    OLD_JPEG = 512
    OLD_JPEG_START = 513
    OLD_JPEG_LENGTH = 514
    OLD_JPEG_RESTART = 515
    OLD_JPEG_QUANTISATION = 519
    OLD_JPEG_DC = 520
    OLD_JPEG_AC = 521
    YCBCR_WEIGHTS = 529
    YCBCR_SUBSAMPLING = 530
    YCBCR_POSITION = 531
    BLACK_AND_WHITE = 532
    XMP = 700
    COLOUR_PROFILE = 34675


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a directory: the type of its values, their number, and their offset in the file."""

    kind: int
    count: int
    place: int


@dataclass(frozen=True, slots=True)
class Directory:
    """One page of a TIFF file.

    Attributes:
        data: The whole file.
        order: The byte order as a `struct` prefix.
        is_big: Whether the file is a BigTIFF.
        fields: The fields by tag; if a tag occurs twice, its first field, as in libtiff.
        following: The offset of the next page's directory; 0 after the last page.
        repeats: Whether a tag occurs twice.
    """

    data: bytes
    order: str
    is_big: bool
    fields: Mapping[int, Field]
    following: int
    repeats: bool

    def content(self, tag: int) -> bytes:
        """Return a field's bytes as in the file; empty if there is no such field or the file ends within it."""
        found = self.fields.get(tag)
        if found is None:
            return b""
        return self.data[found.place : found.place + self.length(tag)]

    def length(self, tag: int) -> int:
        """Return a field's length in bytes; 0 if there is no such field or the file ends within it."""
        found = self.fields.get(tag)
        length = found.count * _SIZES[found.kind] if found else 0
        return length if found and found.place + length <= len(self.data) else 0

    def integers(self, tag: int) -> tuple[int, ...]:
        """Return a field's integers; empty if the field is missing, cut short, too long or not of an integer type."""
        found = self.fields.get(tag)
        if found is None or found.kind not in _INTEGERS or found.count > _MOST_VALUES or not self.content(tag):
            return ()
        return struct.unpack(f"{self.order}{found.count}{_INTEGERS[found.kind]}", self.content(tag))

    def integer(self, tag: int, otherwise: int) -> int:
        """Return a field's first integer, or `otherwise` if the field has no integers."""
        return next(iter(self.integers(tag)), otherwise)


def read_directory(data: bytes, place: int | None = None) -> Directory | None:
    """Read the first page's directory, or the directory at offset `place`; None if the file has no directory there."""
    order, is_big = _HEADS.get(data[:4], ("", False))
    if not order:
        return None
    address, count_form, head, inline = ("Q", "Q", 8, 8) if is_big else ("I", "H", 4, 4)
    entry = struct.Struct(f"{order}HH{address}")
    try:
        start = int(struct.unpack_from(order + address, data, head)[0]) if place is None else place
        (count,) = struct.unpack_from(order + count_form, data, start)
    except (struct.error, OverflowError):
        return None
    fields: dict[int, Field] = {}
    start, repeats = start + struct.calcsize(count_form), False
    for number in range(min(count, _MOST_FIELDS)):
        at = start + number * (entry.size + inline)
        if at + entry.size + inline > len(data):
            break  # The directory claims more fields than the file holds; like other programs, read the fields that exist.
        tag, kind, values = entry.unpack_from(data, at)
        where = at + entry.size
        if values * _SIZES.get(kind, 0) > inline:
            (where,) = struct.unpack_from(order + address, data, where)
        repeats = repeats or tag in fields
        if kind in _SIZES:
            fields.setdefault(tag, Field(kind, values, where))
    end = start + count * (entry.size + inline)
    following = struct.unpack_from(order + address, data, end)[0] if end + inline <= len(data) else 0
    return Directory(data, order, is_big, fields, int(following), repeats)


def rewritten(page: Directory, changes: Mapping[int, Iterable[int] | None], parts: list[bytes] | None = None) -> bytes:
    """Rewrite a page as a separate classic TIFF, with only the fields that affect pixels.

    Args:
        page: The page as read.
        changes: The new integers of fields, by tag; None for fields to remove.
        parts: The pixels, strip by strip or tile by tile; None to leave the pixels where they are in the file.

    Returns:
        The new file; the old file unchanged if its fields together are longer than the whole file, because they are then invalid.
    """
    if sum(page.length(tag) for tag in Tag if tag not in changes) > len(page.data):
        return page.data
    contents = {int(tag): _content(page, tag) for tag in Tag if tag in page.fields and tag not in changes}
    contents |= {tag: _packed(page.order, tuple(values)) for tag, values in changes.items() if values is not None}
    offsets = Tag.TILE_OFFSETS if Tag.TILE_OFFSETS in page.fields else Tag.STRIP_OFFSETS
    body = page.data if parts is None else bytes(8)
    if parts is not None:
        places = [8]
        for part in parts:
            places.append(places[-1] + len(part))
        contents[offsets] = _packed(page.order, tuple(places[:-1]))
        contents[Tag.TILE_BYTES if offsets == Tag.TILE_OFFSETS else Tag.STRIP_BYTES] = _packed(page.order, tuple(map(len, parts)))
        body = b"".join([body, *parts])
    return _with_directory(body + bytes(len(body) % 2), page.order, dict(sorted(contents.items())))


def _content(page: Directory, tag: int) -> tuple[int, int, bytes]:
    found = page.fields[tag]
    if found.kind in _LONGEST_INTEGERS:
        return _packed(page.order, page.integers(tag))
    content = page.content(tag)
    return found.kind, len(content) // _SIZES[found.kind], content


def _packed(order: str, values: tuple[int, ...]) -> tuple[int, int, bytes]:
    return _LONG, len(values), struct.pack(f"{order}{len(values)}I", *(value & 0xFFFFFFFF for value in values))


def _with_directory(body: bytes, order: str, contents: Mapping[int, tuple[int, int, bytes]]) -> bytes:
    """Append a directory to a file's body, and point the header to it."""
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", len(body))
    beyond = len(body) + 2 + 12 * len(contents) + 4
    entries, far = [struct.pack(order + "H", len(contents))], b""
    for tag, (kind, count, content) in contents.items():
        value = content
        if len(content) > 4:
            value = struct.pack(order + "I", beyond + len(far))
            far += content + bytes(len(content) % 2)
        entries.append(struct.pack(order + "HHI", tag, kind, count) + value.ljust(4, b"\0"))
    return b"".join([head, body[8:], *entries, bytes(4), far])
