"""JPEG 2000 files whose channels Pillow confuses: the program decodes them correctly, or its error names the kind of file.

Pillow writes neither subsampled colours nor colours of more than 8 bits. OpenJPEG therefore made the files in `tests/fixtures/jpeg_2000`
from the pictures drawn here. The command was `opj_compress -n 3 -F 45,33,3,8,u@1x1:2x2:2x2 -i planes.raw`, with `-d 3,5` for the odd start,
with `-t 15,9` for the odd tiles, and with `-r 6 -I -F 45,33,3,12,u` for 12 bits.
"""

import itertools
import struct
import threading
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from breakhis_desktop.errors import ImageError
from breakhis_desktop.imaging.decode import decode
from breakhis_desktop.imaging.pdfium import opened_pdf
from tests.factories import there
from tests.unit.imaging.drawn import farthest, on_white, picture, saved

FILES = Path(__file__).parents[2] / "fixtures" / "jpeg_2000"
PIXELS = picture()
OPACITY = np.where(np.arange(PIXELS.shape[0])[:, None] < 20, 0, 255).repeat(PIXELS.shape[1], axis=1).astype(np.uint8)
SRGB = b"colr\1\0\0" + struct.pack(">I", 16)


def subsampled(width: int, height: int, down: int) -> np.ndarray:
    """Return the fixtures' picture in RGB, with chroma from every second column and, if `down` is 2, every second row.

    When OpenJPEG reads planes, it rounds the number of chroma samples down, so the last samples of odd sides are 0.
    """
    y, x = np.mgrid[0:height, 0:width]
    luma = np.round(128 + 90 * np.sin(x / 5) * np.cos(y / 7))
    read = y // down * -(-width // 2) + x // 2 < width * height // (2 * down)
    blue = np.where(read, np.round(50 * np.sin(x // 2 * 2 / 31)), -128)
    red = np.where(read, np.round(50 * np.cos(y // down * down / 29)), -128)
    channels = luma + 1.402 * red, luma - 0.344136 * blue - 0.714136 * red, luma + 1.772 * blue
    colours: np.ndarray = np.dstack(channels).clip(0, 255).round()
    return colours


@pytest.mark.parametrize(
    ("name", "size", "down"),
    [("colours-420-odd-sides.jp2", (45, 33), 2), ("colours-422-odd-width.j2k", (45, 32), 1), ("colours-420-odd-tiles.jp2", (44, 32), 2)],
)
def test_subsampled_colours_with_odd_sides_are_not_sheared(name: str, size: tuple[int, int], down: int) -> None:
    assert farthest((FILES / name).read_bytes(), subsampled(*size, down)) <= 3


def test_subsampled_colours_labelled_as_rgb_are_converted_anyway() -> None:
    data = (FILES / "colours-420-odd-sides.jp2").read_bytes()
    assert data.count(b"colr\1\0\0" + struct.pack(">I", 18)) == 1
    assert farthest(data.replace(b"colr\1\0\0" + struct.pack(">I", 18), SRGB), subsampled(45, 33, 2)) <= 3


def test_subsampled_colours_that_start_at_an_odd_position_are_reported_by_name() -> None:
    with pytest.raises(ImageError, match="JPEG 2000 picture with subsampled colours that are offset from the picture"):
        decode((FILES / "colours-420-odd-start.jp2").read_bytes())


@pytest.mark.parametrize("bits", [12, 16])
def test_white_in_more_than_8_bits_stays_white(bits: int) -> None:
    pixels = picture(45, 33)
    pixels[:8] = 255
    assert farthest((FILES / f"white-of-{bits}-bits.jp2").read_bytes(), pixels) <= 12


@pytest.mark.parametrize("name", ["colours-420-odd-sides.jp2", "white-of-16-bits.jp2"])
def test_a_truncated_file_is_reported_as_damaged_by_either_decoder(name: str) -> None:
    data = (FILES / name).read_bytes()
    for length in (len(data) - 3, len(data) * 3 // 4, len(data) // 2):
        with pytest.raises(ImageError, match="damaged"):
            decode(data[:length])


def test_reports_and_images_take_turns_using_pdfium() -> None:
    data = (FILES / "colours-420-odd-sides.jp2").read_bytes()
    found: list[bytes] = []
    threads = [threading.Thread(target=lambda: found.append(decode(data).tobytes())) for _ in range(4)]
    with opened_pdf(_blank_pdf()):
        for thread in threads:
            thread.start()
        threads[0].join(0.2)
        assert not found
    for thread in threads:
        thread.join(30)
    assert len(found) == 4
    assert len(set(found)) == 1


def _blank_pdf() -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (4, 4)).save(buffer, "PDF")
    return buffer.getvalue()


def with_boxes(data: bytes, boxes: bytes, *, without: bytes = b"cdef") -> bytes:
    """Append boxes to a file's header box, and drop the box `without`."""
    start = data.index(b"jp2h") - 4
    end = start + int.from_bytes(data[start : start + 4])
    header = data[start + 8 : end]
    place = header.find(without) - 4
    if place >= 0:
        header = header[:place] + header[place + int.from_bytes(header[place : place + 4]) :]
    return data[:start] + box(b"jp2h", header + boxes) + data[end:]


def box(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(content), name) + content


def definition(*entries: tuple[int, int, int]) -> bytes:
    return box(b"cdef", struct.pack(">H", len(entries)) + b"".join(struct.pack(">HHH", *entry) for entry in entries))


def file_of(channels: np.ndarray) -> bytes:
    return saved(channels, "JPEG2000", irreversible=False)


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_channels_in_any_order_are_read_as_the_file_defines_them(order: tuple[int, ...]) -> None:
    data = file_of(PIXELS[..., order])
    assert farthest(with_boxes(data, definition(*((place, 0, colour + 1) for place, colour in enumerate(order)))), PIXELS) == 0


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_opacity_is_recognised_in_any_channel(order: tuple[int, ...]) -> None:
    data = file_of(np.dstack([PIXELS, OPACITY])[..., order])
    entries = ((place, 1, 0) if channel == 3 else (place, 0, channel + 1) for place, channel in enumerate(order))
    assert farthest(with_boxes(data, definition(*entries)), on_white(PIXELS, OPACITY)) == 0


def test_grey_stored_after_its_opacity_is_read() -> None:
    data = file_of(np.dstack([OPACITY, PIXELS[..., 0]]))
    expected = on_white(PIXELS[..., :1].repeat(3, axis=2), OPACITY)
    assert farthest(with_boxes(data, definition((1, 0, 1), (0, 1, 0))), expected) == 0


def test_a_fourth_channel_that_is_not_opacity_is_ignored() -> None:
    data = file_of(np.dstack([PIXELS, OPACITY]))
    assert farthest(with_boxes(data, definition((0, 0, 1), (1, 0, 2), (2, 0, 3), (3, 65535, 65535))), PIXELS) == 0


def test_premultiplied_opacity_is_reported_by_name() -> None:
    data = file_of(np.dstack([PIXELS, OPACITY]))
    with pytest.raises(ImageError, match="premultiplied transparency"):
        decode(with_boxes(data, definition((0, 0, 1), (1, 0, 2), (2, 0, 3), (3, 2, 0))))


@pytest.mark.parametrize("number", [1, 3, 11, 13, 14, 20, 24])
def test_unsupported_colour_spaces_are_reported_by_name(number: int) -> None:
    data = file_of(PIXELS)
    assert data.count(SRGB) == 1
    with pytest.raises(
        ImageError, match=f"JPEG 2000 picture with ({'Lab colours' if number == 14 else f'an unknown colour space, number {number}'})"
    ):
        decode(data.replace(SRGB, SRGB[:-1] + bytes([number])))


@pytest.mark.parametrize(("columns", "reads"), [(b"\0\1\2", True), (b"\2\1\0", False)])
def test_a_usual_palette_is_read_and_an_unusual_one_is_reported_by_name(columns: bytes, reads: bool) -> None:
    few = Image.fromarray(PIXELS).quantize(200)
    data = file_of(np.asarray(few)).replace(SRGB[:-1] + b"\x11", SRGB)
    colours = struct.pack(">HB", 200, 3) + b"\7\7\7" + bytes(there(few.getpalette())[:600])
    mapping = b"".join(b"\0\0\1" + columns[place : place + 1] for place in range(3))
    data = with_boxes(data, box(b"pclr", colours) + box(b"cmap", mapping))
    if reads:
        assert farthest(data, np.asarray(few.convert("RGB"))) == 0
    else:
        with pytest.raises(ImageError, match="unusual palette"):
            decode(data)


@pytest.mark.parametrize("length", [10, 26, 34])
def test_a_truncated_density_does_not_spoil_a_picture(length: int) -> None:
    density = box(b"res ", struct.pack(">I4s10s", length, b"resc", bytes(10)))
    assert farthest(with_boxes(file_of(PIXELS), density), PIXELS) == 0


def test_subsampled_grey_is_reported_by_name() -> None:
    data = bytearray(saved(PIXELS[..., 0], "JPEG2000", no_jp2=True))
    data[43:45] = b"\2\2"
    with pytest.raises(ImageError, match="channels of unusual sizes"):
        decode(bytes(data))


@pytest.mark.parametrize("number", [0, 2, -1])
@pytest.mark.parametrize("end", [b"", b"\xff\xd9"])
def test_a_jpeg_2000_that_lacks_a_tile_is_reported_as_damaged(number: int, end: bytes) -> None:
    pixels = picture(96, 64)
    data = saved(pixels, "JPEG2000", no_jp2=True, tile_size=(32, 32))
    assert farthest(data, pixels) == 0
    starts = [place for place in range(len(data)) if data[place : place + 4] == b"\xff\x90\0\x0a"] + [len(data) - 2]
    assert len(starts) == 7
    number %= 6
    with pytest.raises(ImageError, match="damaged"):
        decode(data[: starts[number]] + data[starts[number + 1] : -2] + end)
