"""TIFF pages with missing strips or tiles are reported as damaged; other bytes of the file never take the place of the missing pixels."""

import struct
import zlib

import numpy as np
import pytest

from breakhis_desktop.errors import ImageError, ImageRefusedError
from breakhis_desktop.imaging.decode import decode
from tests.unit.imaging.drawn import farthest, page, picture, saved, tiff, tiles_of

PIXELS = picture()
SHORT, LONG = 3, 4
ROWS = 10
STRIP, TILE = (273, 279), (324, 325)
EVERY_LAYOUT = pytest.mark.parametrize("layout", ["strips", "tiles", "planes", "Deflate", "JPEG"])


def in_parts(layout: str, *, big: bool = False) -> bytes:
    tags = page(PIXELS, planar=2 if layout == "planes" else 1)
    if layout == "tiles":
        parts = [tile.tobytes() for tile in tiles_of(PIXELS, 16)]
        return tiff(tags | {322: (SHORT, [16]), 323: (SHORT, [16])}, parts, big=big)
    strips = [np.ascontiguousarray(PIXELS[top : top + ROWS]) for top in range(0, len(PIXELS), ROWS)]
    parts = {
        "planes": [strip[..., plane].tobytes() for plane in range(3) for strip in strips],
        "Deflate": [zlib.compress(strip.tobytes()) for strip in strips],
        "JPEG": [saved(strip, "JPEG", quality=95, subsampling=0) for strip in strips],
    }.get(layout, [strip.tobytes() for strip in strips])
    return tiff(tags | {259: (SHORT, [{"Deflate": 8, "JPEG": 7}.get(layout, 1)]), 278: (LONG, [ROWS])}, parts, big=big)


def with_values(data: bytes, change: dict[int, dict[int, int]], *, fewer: int = 0) -> bytes:
    """Change single values in the tables of strips or tiles, and the number of values that both tables claim to have.

    Args:
        data: The TIFF file.
        change: The new offsets (key 0) and byte counts (key 1), each keyed by the number of the strip or tile.
        fewer: What is subtracted from the number of values that each of the two tables claims to have; it may be negative.
    """
    result, is_big = bytearray(data), data[2] == 43
    head, entry, count_at, value = (24, 20, 4, "Q") if is_big else (10, 12, 4, "I")
    (entries,) = struct.unpack_from("<Q" if is_big else "<H", data, head - (8 if is_big else 2))
    for at in range(head, head + entry * entries, entry):
        (tag,) = struct.unpack_from("<H", data, at)
        if tag in STRIP + TILE:
            count, place = struct.unpack_from("<" + value * 2, data, at + count_at)
            struct.pack_into("<" + value, result, at + count_at, count - fewer)
            for number, new in change.get(STRIP.index(tag) if tag in STRIP else TILE.index(tag), {}).items():
                struct.pack_into("<" + value, result, place + struct.calcsize(value) * (number % count), new)
    return bytes(result)


OFFSET, COUNT = 0, 1


@EVERY_LAYOUT
@pytest.mark.parametrize("big", [False, True])
def test_a_page_with_all_its_parts_is_read(layout: str, big: bool) -> None:
    assert farthest(in_parts(layout, big=big), PIXELS) <= (12 if layout == "JPEG" else 0)


@EVERY_LAYOUT
@pytest.mark.parametrize("big", [False, True])
@pytest.mark.parametrize("number", [0, 2, -1])
def test_a_part_that_was_never_written_is_reported_as_damage(layout: str, big: bool, number: int) -> None:
    data = in_parts(layout, big=big)
    for change in ({OFFSET: {number: 0}, COUNT: {number: 0}}, {OFFSET: {number: 0}}, {COUNT: {number: 0}}):
        with pytest.raises(ImageError, match=r"damaged \(strips or tiles are missing\)"):
            decode(with_values(data, change))


@EVERY_LAYOUT
def test_a_page_with_too_few_parts_is_reported_as_damaged(layout: str) -> None:
    for fewer in (1, 3):
        with pytest.raises(ImageError, match=r"damaged \(strips or tiles are missing\)"):
            decode(with_values(in_parts(layout), {}, fewer=fewer))


@EVERY_LAYOUT
def test_a_part_with_too_few_bytes_is_reported_as_damage(layout: str) -> None:
    with pytest.raises(ImageError, match="damaged"):
        decode(with_values(in_parts(layout), {COUNT: {2: 100}}))


@EVERY_LAYOUT
def test_a_part_beyond_the_end_of_the_file_is_reported_as_damage(layout: str) -> None:
    data = in_parts(layout)
    for offset in (len(data) - 50, len(data), 2**31):
        with pytest.raises(ImageError, match="damaged"):
            decode(with_values(data, {OFFSET: {2: offset}}))


def test_the_stated_length_of_a_single_strip_is_ignored() -> None:
    data = tiff(page(PIXELS), [PIXELS.tobytes()])
    for claimed in (0, 7, 2**31):
        assert (
            farthest(data.replace(struct.pack("<HHII", 279, LONG, 1, PIXELS.nbytes), struct.pack("<HHII", 279, LONG, 1, claimed)), PIXELS)
            == 0
        )


@pytest.mark.parametrize("share", [0.3, 0.8, 0.99])
def test_a_jpeg_stream_cut_off_inside_a_page_is_reported_as_truncated(share: float) -> None:
    stream = saved(PIXELS, "JPEG", quality=90, subsampling=0)
    tags = page(PIXELS) | {259: (SHORT, [7]), 262: (SHORT, [6])}
    with pytest.raises(ImageError, match="truncated"):
        decode(tiff(tags, [stream[: int(len(stream) * share)]]))


def test_a_jpeg_stream_with_bytes_after_its_end_is_read() -> None:
    stream = saved(PIXELS, "JPEG", quality=95, subsampling=0)
    assert farthest(tiff(page(PIXELS) | {259: (SHORT, [7])}, [stream + bytes(5000)]), PIXELS) <= 12


def test_parts_that_overlap_many_times_are_refused() -> None:
    rows = np.repeat(picture(1000, 1), 500, axis=0)
    for samples in (page(rows, planar=2), page(rows) | {259: (SHORT, [7])}):
        planes = 3 if samples[284] == (SHORT, [2]) else 1
        part = (saved(rows[:1], "JPEG") if planes == 1 else rows[:1].tobytes()).ljust(3000, b"\0")
        parts = [part, *[b""] * (500 * planes - 1)]
        data = tiff(samples | {278: (LONG, [1])}, parts)
        place, length = data.index(part), len(part)
        everywhere = dict.fromkeys(range(len(parts)), place)
        with pytest.raises(ImageRefusedError, match="too long to decode"):
            decode(with_values(data, {OFFSET: everywhere, COUNT: dict.fromkeys(everywhere, length)}))


def test_a_page_with_implausibly_many_parts_is_refused() -> None:
    tags = page(PIXELS) | {256: (LONG, [7000]), 257: (LONG, [7000]), 322: (SHORT, [1]), 323: (SHORT, [1])}
    with pytest.raises(ImageRefusedError, match="too long to decode"):
        decode(tiff(tags, [PIXELS.tobytes()]))


@pytest.mark.parametrize("samples", [65_535, 2**32 - 1])
def test_a_page_with_implausibly_many_planes_is_refused(samples: int) -> None:
    tags = page(PIXELS, planar=2) | {258: (SHORT, [8]), 262: (SHORT, [1]), 277: (LONG, [samples]), 278: (LONG, [1])}
    with pytest.raises(ImageRefusedError, match="too long to decode"):
        decode(tiff(tags, [PIXELS.tobytes()]))


def test_a_table_with_too_many_values_is_reported_as_damage() -> None:
    data = in_parts("strips") + bytes(5_000_000)
    with pytest.raises(ImageError, match=r"damaged \(strips or tiles are missing\)"):
        decode(with_values(data, {}, fewer=-1_000_000))


@pytest.mark.parametrize("subsampling", [[2, 2], [2, 1], None])
@pytest.mark.parametrize("planar", [1, 2])
def test_uncompressed_subsampled_colours_are_reported_by_name(subsampling: list[int] | None, planar: int) -> None:
    tags = page(PIXELS, planar=planar) | {262: (SHORT, [6])} | ({530: (SHORT, subsampling)} if subsampling else {})
    with pytest.raises(ImageError, match=r"\(TIFF with subsampled colours and no compression\)"):
        decode(tiff(tags, [PIXELS.tobytes()] * (3 if planar == 2 else 1)))


def test_uncompressed_colours_that_are_not_subsampled_are_read() -> None:
    grey = np.dstack([PIXELS[..., 0], np.full((*PIXELS.shape[:2], 2), 128, np.uint8)])
    assert farthest(tiff(page(grey) | {262: (SHORT, [6]), 530: (SHORT, [1, 1])}, [grey.tobytes()]), PIXELS[..., :1].repeat(3, axis=2)) <= 1


def test_a_page_that_has_both_strips_and_tiles_is_read_from_its_tiles() -> None:
    tags = page(PIXELS) | {322: (SHORT, [16]), 323: (SHORT, [16]), 273: (LONG, [8]), 279: (LONG, [PIXELS.nbytes])}
    assert farthest(tiff(tags, [tile.tobytes() for tile in tiles_of(PIXELS, 16)]), PIXELS) == 0
