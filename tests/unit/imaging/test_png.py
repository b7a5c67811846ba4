"""PNG files with odd metadata: the pixels are still read, and metadata that affects them still applies."""

import tracemalloc
import zlib

import numpy as np
import pytest
from PIL import Image, ImageCms

from breakhis_desktop.errors import ImageError
from breakhis_desktop.imaging.decode import decode
from tests.factories import there
from tests.unit.imaging.drawn import chunk, corner, exif, farthest, on_white, picture, saved, with_chunks

PIXELS = picture()
FIELD = saved(PIXELS, "PNG")
TURNED = np.rot90(PIXELS, -1)
ANCILLARY = (
    *("acTL", "bKGD", "cHRM", "cICP", "eXIf", "fcTL", "fdAT", "gAMA", "hIST", "iCCP", "iTXt", "oFFs", "pHYs", "sBIT", "sPLT", "sRGB"),
    *("tEXt", "tIME", "tRNS", "zTXt", "prVt"),
)


@pytest.mark.parametrize("name", ANCILLARY)
@pytest.mark.parametrize("content", [b"", b"\0", b"\0\0", bytes(40), b"\xff" * 40, b"garbage"])
def test_an_ancillary_chunk_with_any_content_does_not_spoil_a_picture(name: str, content: bytes) -> None:
    odd = chunk(name.encode(), content)
    assert farthest(with_chunks(FIELD, odd), PIXELS) == 0
    assert farthest(FIELD[:-12] + odd + FIELD[-12:], PIXELS) == 0


@pytest.mark.parametrize("name", ANCILLARY)
def test_an_ancillary_chunk_with_a_wrong_checksum_is_ignored(name: str) -> None:
    content = exif() if name == "eXIf" else bytes(6)
    assert farthest(with_chunks(FIELD, chunk(name.encode(), content, checksum=1234)), PIXELS) == 0


@pytest.mark.parametrize("megabytes", [1.3, 14])
def test_a_large_colour_profile_is_applied(megabytes: float) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = profile.replace(b"rXYZ", b"----").replace(b"bXYZ", b"rXYZ").replace(b"----", b"bXYZ")
    length = len(swapped) + round(megabytes * 1_000_000)
    filled = length.to_bytes(4) + swapped[4:] + np.random.default_rng(0).bytes(length - len(swapped))
    data = with_chunks(saved(np.full((4, 4, 3), (250, 10, 10), np.uint8), "PNG"), chunk(b"iCCP", b"scanner\0\0" + zlib.compress(filled, 0)))
    red, green, blue = corner(decode(data))
    assert blue > 240 > 50 > max(red, green)


@pytest.mark.parametrize("name", [b"zTXt", b"iTXt"])
def test_a_long_compressed_text_does_not_spoil_a_picture(name: bytes) -> None:
    head = b"XML:com.adobe.xmp\0" + (b"\1\0\0\0" if name == b"iTXt" else b"\0")
    assert farthest(with_chunks(FIELD, chunk(name, head + zlib.compress(b"a line of a log\n" * 200_000))), PIXELS) == 0


@pytest.fixture(scope="module")
def bomb() -> bytes:
    return zlib.compress(bytes(100_000_000), 1)


@pytest.mark.parametrize("name", [b"zTXt", b"iTXt", b"iCCP"])
@pytest.mark.parametrize("keyword", [b"a", b"XML:com.adobe.xmp"])
def test_a_decompression_bomb_in_a_chunk_is_skipped_in_bounded_memory(name: bytes, keyword: bytes, bomb: bytes) -> None:
    head = keyword + (b"\0\1\0\0\0" if name == b"iTXt" else b"\0\0")
    data = with_chunks(FIELD, chunk(name, head + bomb))
    tracemalloc.start()
    try:
        assert farthest(data, PIXELS) == 0
        assert tracemalloc.get_traced_memory()[1] < 80_000_000
    finally:
        tracemalloc.stop()


XMP = b'<x:xmpmeta tiff:Orientation="6"/>'
RAW = b"\nexif\n%8d\n%s" % (len(exif()) + 6, (b"Exif\0\0" + exif()).hex().encode())


@pytest.mark.parametrize(
    "turning",
    [
        chunk(b"eXIf", exif()),
        chunk(b"eXIf", exif()) + chunk(b"eXIf", b"garbage"),
        chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP),
        chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(XMP + bytes(3_000_000))),
        chunk(b"zTXt", b"Raw profile type exif\0\0" + zlib.compress(RAW)),
    ],
    ids=["EXIF", "EXIF twice", "XMP", "long compressed XMP", "EXIF as text"],
)
def test_a_picture_is_turned_by_every_kind_of_orientation_metadata(turning: bytes) -> None:
    assert farthest(with_chunks(FIELD, chunk(b"pHYs", b"\0"), turning), TURNED) == 0


@pytest.mark.parametrize("bits", [1, 2, 4, 8, 16])
def test_a_transparent_grey_value_is_honoured_at_every_bit_depth(bits: int) -> None:
    values = np.arange(min(2**bits, 64) * 8).reshape(8, -1) % 2**bits * (1 if bits < 16 else 128)
    rows = b"".join(b"\0" + _packed(row, bits) for row in values)
    header = values.shape[1].to_bytes(4) + (8).to_bytes(4) + bytes([bits, 0, 0, 0, 0])
    key = int(values[0, 1])
    parts = chunk(b"IHDR", header), chunk(b"tRNS", key.to_bytes(2)), chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b"")
    grey = (values * (255 / (2**bits - 1)) + 0.5).astype(np.uint8)
    expected = np.where(values == key, 255, grey)[..., None].repeat(3, axis=2)
    assert farthest(b"\x89PNG\r\n\x1a\n" + b"".join(parts), expected) == 0


def _packed(row: np.ndarray, bits: int) -> bytes:
    if bits >= 8:
        return row.astype(f">u{bits // 8}").tobytes()
    return np.packbits(np.unpackbits(row.astype(np.uint8)[:, None], axis=1)[:, -bits:]).tobytes()


def test_palette_transparency_is_kept_unless_it_is_longer_than_the_palette() -> None:
    few = Image.fromarray(PIXELS).quantize(16)
    colours = np.asarray(few.convert("RGB"))
    plain = saved(np.zeros((1, 1), np.uint8), "PNG")[:8]
    data = _of_palette(few)
    opacity = bytes([0] + [255] * 15)
    place = data.index(b"IDAT") - 4
    shown = on_white(colours, np.where(np.asarray(few) == 0, 0, 255))
    assert plain == data[:8]
    assert farthest(data[:place] + chunk(b"tRNS", opacity) + data[place:], shown) == 0
    assert farthest(data[:place] + chunk(b"tRNS", opacity + bytes(300)) + data[place:], colours) == 0


def test_a_png_without_its_palette_is_reported_as_damaged() -> None:
    data = _of_palette(Image.fromarray(PIXELS).quantize(16))
    place = data.index(b"PLTE") - 4
    length = 12 + int.from_bytes(data[place : place + 4])
    with pytest.raises(ImageError, match="damaged"):
        decode(data[:place] + data[place + length :])


def test_an_unsupported_16_bit_transparent_colour_is_reported_by_name() -> None:
    header = (4).to_bytes(4) * 2 + bytes([16, 2, 0, 0, 0])
    parts = chunk(b"IHDR", header), chunk(b"tRNS", b"\1\2" * 3), chunk(b"IDAT", zlib.compress(bytes(25 * 4))), chunk(b"IEND", b"")
    with pytest.raises(ImageError, match="PNG with a transparent colour of 16 bits"):
        decode(b"\x89PNG\r\n\x1a\n" + b"".join(parts))


def _of_palette(image: Image.Image) -> bytes:
    rows = b"".join(b"\0" + row.tobytes() for row in np.asarray(image))
    header = image.width.to_bytes(4) + image.height.to_bytes(4) + bytes([8, 3, 0, 0, 0])
    palette = chunk(b"PLTE", bytes(there(image.getpalette())[:48]))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + palette + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
