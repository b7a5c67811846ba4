"""Small files that demand much time or memory: each is refused, or takes no more time and memory than its pixels need."""

import struct
import subprocess
import sys
import time
import tracemalloc
import zlib
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from breakhis_desktop.errors import ImageError, ImageRefusedError
from breakhis_desktop.imaging.decode import decode
from tests.unit.imaging.fuzz import peak_megabytes

ROOT = Path(__file__).parents[3]
MEASURE = """
import sys
from pathlib import Path
from breakhis_desktop.imaging.decode import decode
from tests.unit.imaging.fuzz import peak_megabytes
before = peak_megabytes()
decode(Path(sys.argv[1]).read_bytes())
print(peak_megabytes() - before)
"""

WITHOUT_MEMORY = """
import resource
from io import BytesIO
from PIL import Image
from breakhis_desktop.errors import ImageError
from breakhis_desktop.imaging.decode import decode
buffer = BytesIO()
Image.new("RGB", (8000, 6000)).save(buffer, "TIFF", compression="tiff_deflate")
resource.setrlimit(resource.RLIMIT_DATA, (50_000_000, resource.RLIM_INFINITY))
try:
    decode(buffer.getvalue())
except ImageError as error:
    print(error)
"""


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    buffer = BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


def small(mode: str = "RGB") -> Image.Image:
    return Image.linear_gradient("L").resize((64, 64)).convert(mode)


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def tiff(tags: dict[int, tuple[int, ...]], pixels: bytes, extra: list[tuple[int, int]] | None = None) -> bytes:
    """Build a TIFF by hand: pixels from byte 8 on, then tags whose values have 32 bits; a tag in `extra` may repeat an earlier tag."""
    entries = [*tags.items(), *((tag, (value,)) for tag, value in extra or [])]
    start = 8 + len(pixels)
    rest, table = b"", b""
    for tag, values in sorted(entries, key=lambda entry: entry[0]):
        packed = struct.pack(f"<{len(values)}I", *values)
        if len(values) > 1:
            packed, rest = struct.pack("<I", start + 6 + 12 * len(entries) + len(rest)), rest + packed
        table += struct.pack("<HHI", tag, 4, len(values)) + packed
    return b"II*\0" + struct.pack("<I", start) + pixels + struct.pack("<H", len(entries)) + table + bytes(4) + rest


def grey(width: int, height: int) -> dict[int, tuple[int, ...]]:
    return {256: (width,), 257: (height,), 258: (8,), 262: (1,), 277: (1,)}


def test_a_jpeg_with_thousands_of_scans_is_refused() -> None:
    data = saved(small(), "JPEG", progressive=True)
    last = data.rindex(b"\xff\xda")
    with pytest.raises(ImageRefusedError, match="too long to decode"):
        decode(data[:-2] + data[last:-2] * 5000 + data[-2:])


def test_an_ordinary_progressive_jpeg_is_read() -> None:
    assert decode(saved(small(), "JPEG", progressive=True, quality=95)).size == (64, 64)


@pytest.mark.parametrize("segment", [b"\xff\xfe\x00\x02", b"\xff\xe1\xff\xffExif\0\0" + bytes(0xFFFF - 8)])
def test_a_jpeg_with_endless_metadata_is_refused(segment: bytes) -> None:
    data = saved(small(), "JPEG")
    with pytest.raises(ImageRefusedError, match="too long to decode"):
        decode(data[:2] + segment * (20_000_000 // max(len(segment), 160)) + data[2:])


def test_a_flood_of_png_chunks_is_refused() -> None:
    data = saved(small(), "PNG")
    with pytest.raises(ImageRefusedError, match="too long to decode"):
        decode(data[:33] + chunk(b"abCd", b"") * 150_000 + data[33:])


@pytest.mark.parametrize("size", [(16_383, 16_383), (60_000, 60_000)])
def test_a_webp_with_a_huge_canvas_is_refused(size: tuple[int, int]) -> None:
    picture = saved(small(), "WEBP")[12:]
    canvas = b"VP8X" + struct.pack("<II", 10, 2) + struct.pack("<I", size[0] - 1)[:3] + struct.pack("<I", size[1] - 1)[:3]
    frame = b"ANMF" + struct.pack("<I", 16 + len(picture)) + bytes(6) + b"\x3f\0\0\x3f\0\0" + bytes(4) + picture
    body = b"WEBP" + canvas + b"ANIM" + struct.pack("<I", 6) + bytes(6) + frame
    with pytest.raises(ImageRefusedError, match="than one field"):
        decode(b"RIFF" + struct.pack("<I", len(body)) + body)


@pytest.mark.parametrize("form", ["WEBP", "PNG", "TIFF"])
def test_the_first_of_many_frames_is_used(form: str) -> None:
    frames = [Image.new("RGB", (16, 16), (number % 256, 100, 200)) for number in range(300)]
    options = {"lossless": True} if form == "WEBP" else {}
    data = saved(frames[0], form, save_all=True, append_images=frames[1:], **options)
    assert decode(data).getpixel((8, 8)) == (0, 100, 200)


def test_a_tiff_page_that_links_to_itself_is_read() -> None:
    data = bytearray(saved(small(), "TIFF"))
    (start,) = struct.unpack_from("<I", data, 4)
    (count,) = struct.unpack_from("<H", data, start)
    struct.pack_into("<I", data, start + 2 + 12 * count, start)
    assert decode(bytes(data)).size == (64, 64)


def test_tiff_tiles_far_larger_than_the_image_are_refused() -> None:
    pixels = zlib.compress(bytes(1000))
    tags = grey(20_000, 16) | {259: (8,), 322: (16,), 323: (100_000_000,), 324: (8,) * 1250, 325: (len(pixels),) * 1250}
    with pytest.raises(ImageRefusedError, match="too long to decode"):
        decode(tiff(tags, pixels))
    with pytest.raises(ImageRefusedError, match="too long to decode"):
        decode(tiff(tags, pixels, extra=[(323, 16)]))
    with pytest.raises(ImageRefusedError, match="too long to decode"):
        decode(tiff(tags | {256: (16,), 257: (20_000,), 274: (6,), 322: (100_000_000,), 323: (16,)}, pixels))


def test_tiff_strips_that_all_point_to_the_same_bytes_are_refused() -> None:
    tags = grey(1000, 1000) | {259: (1,), 273: (8,) * 2000, 278: (999,), 279: (999_000,) * 2000}
    with pytest.raises(ImageRefusedError, match="too long to decode"):
        decode(tiff(tags, bytes(1_000_000)))


def test_a_tiff_that_claims_more_tags_than_it_has_is_read() -> None:
    data = bytearray(saved(small(), "TIFF", description="x" * 100))
    (start,) = struct.unpack_from("<I", data, 4)
    struct.pack_into("<H", data, start, 65_535)
    assert decode(bytes(data)).size == (64, 64)


def codestream(**options: object) -> bytearray:
    return bytearray(saved(small(), "JPEG2000", no_jp2=True, **options))


def test_a_jpeg_2000_with_very_many_tiles_is_refused() -> None:
    data = codestream()
    struct.pack_into(">II", data, 8, 6_000, 6_000)
    struct.pack_into(">II", data, 24, 1, 1)
    with pytest.raises(ImageRefusedError, match="too long to decode"):
        decode(bytes(data))


def test_a_jpeg_2000_with_very_many_components_is_refused() -> None:
    data = bytearray(saved(small(), "JPEG2000"))
    struct.pack_into(">H", data, data.index(b"\xff\x4f\xff\x51") + 40, 16_384)
    with pytest.raises(ImageRefusedError, match="too long to decode"):
        decode(bytes(data))


def test_a_jpeg_2000_with_tiny_precincts_is_refused() -> None:
    data = codestream(precinct_size=(128, 128), num_resolutions=1)
    struct.pack_into(">II", data, 8, 6_000, 6_000)
    struct.pack_into(">II", data, 24, 6_000, 6_000)
    coding = data.index(b"\xff\x52")
    data[coding + 14] = 0
    with pytest.raises(ImageRefusedError, match="too long to decode"):
        decode(bytes(data))


def test_a_jpeg_2000_with_very_many_layers_is_refused() -> None:
    data = codestream(num_resolutions=1, precinct_size=(128, 128))
    struct.pack_into(">II", data, 8, 6_000, 6_000)
    struct.pack_into(">II", data, 24, 6_000, 6_000)
    struct.pack_into(">H", data, data.index(b"\xff\x52") + 6, 65_535)
    with pytest.raises(ImageRefusedError, match="too long to decode"):
        decode(bytes(data))


def test_a_jpeg_2000_that_hides_its_header_is_refused() -> None:
    data = saved(small(), "JPEG2000")
    start = data.index(b"\xff\x4f\xff\x51")
    for place in (start + 2, data.index(b"\xff\x52")):
        with pytest.raises(ImageRefusedError, match="too long to decode"):
            decode(data[:place] + b"\xff\x30\x02\x00" + data[place:])


@pytest.mark.parametrize(
    "options", [{"tile_size": (32, 32)}, {"precinct_size": (128, 128)}, {"quality_layers": [40, 20, 10]}, {"no_jp2": True}]
)
def test_ordinary_jpeg_2000_files_are_read(options: dict[str, object]) -> None:
    assert decode(saved(small(), "JPEG2000", **options)).size == (64, 64)


@pytest.mark.parametrize("size", [(40_000_000, 1), (1, 40_000_000), (8_000, 8_000)])
def test_a_bmp_with_huge_dimensions_and_little_data_is_refused(size: tuple[int, int]) -> None:
    header = struct.pack("<IiiHHIIiiII", 40, *size, 1, 8, 1, 0, 0, 0, 256, 0)
    data = b"BM" + struct.pack("<IHHI", 2000, 0, 0, 14 + 40 + 1024) + header + bytes(1024) + b"\0\1"
    with pytest.raises(ImageRefusedError, match="than one field"):
        decode(data)


def test_an_image_that_does_not_fit_into_memory_is_not_reported_as_damaged() -> None:
    pytest.importorskip("resource", reason="only Unix can limit the memory of a process")
    result = subprocess.run([sys.executable, "-c", WITHOUT_MEMORY], capture_output=True, text=True, check=True, cwd=ROOT)
    assert result.stdout == "There is not enough memory for this image; close other programs and add it again.\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("mode", "name", "most"),
    [
        ("RGB", "a.png", 500),
        ("RGBA", "a.png", 500),
        ("LA", "a.png", 500),
        ("I;16", "a.png", 500),
        ("F", "a.tif", 500),
        ("CMYK", "a.tif", 500),
        ("CMYK", "a.jpg", 650),
        ("RGBA", "a.jp2", 1300),
        ("RGB", "a.webp", 1000),
    ],
)
def test_the_largest_image_takes_a_bounded_amount_of_memory(tmp_path: Path, mode: str, name: str, most: int) -> None:
    if not peak_megabytes():
        pytest.skip("this system does not report the peak memory of a process")
    written: dict[str, dict[str, Any]] = {"tif": {"compression": "tiff_deflate"}, "jpg": {"progressive": True}, "webp": {"method": 0}}
    Image.new(mode, (10_000, 5_000)).save(tmp_path / name, **written.get(name[2:], {}))
    result = subprocess.run([sys.executable, "-c", MEASURE, tmp_path / name], capture_output=True, text=True, check=True, cwd=ROOT)
    assert 50 < int(result.stdout) < most


def processor_seconds(data: bytes) -> float:
    """Decode a file that must be refused for its structure, and return the seconds of processor time that this takes."""
    start = time.process_time()
    with pytest.raises(ImageRefusedError, match="too long to decode"):
        decode(data)
    return time.process_time() - start


def test_a_flood_of_jpeg_markers_before_or_after_the_scan_is_refused_quickly() -> None:
    data, flood = saved(small(), "JPEG"), b"\xff\x01" * 20_000_000
    assert processor_seconds(data[:2] + flood + data[2:]) < 5
    assert processor_seconds(data[:-2] + flood + data[-2:]) < 5


def test_a_flood_of_jpeg_markers_inside_a_tiff_takes_little_time() -> None:
    start = time.process_time()
    tags = grey(64, 64) | {258: (8, 8, 8), 259: (7,), 262: (2,), 277: (3,), 273: (8,), 278: (64,)}
    with pytest.raises(ImageError, match="damaged"):
        decode(tiff(tags, b"\xff\xd8" + b"\xff\x01" * 20_000_000 + b"\xff\xd9"))
    assert time.process_time() - start < 5


@pytest.mark.parametrize("end", [b"", b"\0"])
def test_a_flood_of_compressed_png_texts_is_refused(end: bytes) -> None:
    data, text = saved(small(), "PNG"), zlib.compress(bytes(31_000_000))[: -4 if end else None] + end
    texts = chunk(b"zTXt", b"Raw profile type exif\0\0" + text) * 400
    assert processor_seconds(data[:33] + texts + data[33:]) < 5


def test_a_flood_of_jpeg_2000_boxes_is_refused() -> None:
    data = saved(small(), "JPEG2000")
    start = data.index(b"jp2h") - 4
    flood = struct.pack(">I4s", 8, b"free") * 2_000_000
    inside = struct.pack(">I", int.from_bytes(data[start : start + 4]) + len(flood)) + data[start + 4 : start + 8] + flood
    assert processor_seconds(data[:start] + inside + data[start + 8 :]) < 5
    assert processor_seconds(data[:start] + flood + data[start:]) < 5


def test_jpeg_2000_headers_that_share_their_segments_are_refused() -> None:
    heads, size = 1_400, 45
    body = struct.pack(">8IH", 64, 64, 0, 0, 64, 64, 0, 0, 1) + b"\7\1\1"
    starts = [b"\xff\x4f\xff\x51" + struct.pack(">HH", (heads - one) * size - 4, 0) + body for one in range(heads)]
    assert processor_seconds(b"".join(starts) + b"\xff\x64\0\2" * 99_990 + b"\xff\xd9") < 5
    empty = b"\xff\x4f\xff\x51" + bytes(38)
    assert processor_seconds(bytes(codestream()) + empty * 200_000) < 5


def test_a_jpeg_2000_with_more_decomposition_levels_than_are_possible_is_refused() -> None:
    data = codestream()
    place = data.index(b"\xff\x52")
    coding = data[place : place + 2 + int.from_bytes(data[place + 2 : place + 4])]
    coding[9] = 255
    assert processor_seconds(bytes(data[:place] + coding * 90_000 + data[place:])) < 5


def test_a_tiff_whose_fields_all_claim_the_whole_file_takes_little_memory() -> None:
    claiming, size = (281, 292, 293, 332, 338, 512, 513, 514, 515, 519, 520, 521, 529, 530, 531, 532), 20_000_000
    tags = grey(64, 64) | {273: (8,), 278: (64,), 282: (8, 8)}
    data = bytearray(tiff(tags | dict.fromkeys(claiming, (8, 8)), bytes(size)))
    for tag in claiming:
        struct.pack_into("<II", data, data.index(struct.pack("<HHI", tag, 4, 2)) + 4, size // 4, 8)
    tracemalloc.start()
    with suppress(ImageError):
        decode(bytes(data))
    assert tracemalloc.get_traced_memory()[1] < 7 * size  # Pillow may hold four copies
    tracemalloc.stop()


def jpeg_without_end(tables: bytes, coded: bytes, side: int) -> bytes:
    """Build a grey JPEG whose codes are all one bit long, without an end marker."""
    quantisation = b"\xff\xdb" + struct.pack(">H", 67) + b"\0" + b"\1" * 64
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, side, side, 1) + b"\1\x11\0"
    return b"\xff\xd8" + quantisation + frame + tables + b"\xff\xda" + struct.pack(">HB", 8, 1) + b"\1\0\0\x3f\0" + coded


def huffman(*numbers: int) -> bytes:
    content = b"".join(bytes([number, 1, *[0] * 15, 0]) for number in numbers)
    return b"\xff\xc4" + struct.pack(">H", 2 + len(content)) + content


def test_a_huge_jpeg_without_an_end_marker_is_refused_before_its_codes_are_counted() -> None:
    start = time.process_time()
    with pytest.raises(ImageRefusedError, match="than one field"):
        decode(jpeg_without_end(huffman(0, 0x10), bytes(7_000_000), 65_535))
    assert time.process_time() - start < 2


def test_huffman_tables_repeated_thousands_of_times_take_little_time() -> None:
    often = huffman(*[0, 0x10] * 1_800) * 100
    start = time.process_time()
    coded = bytes(16 * 16 * 2 // 8) + b"\xff\xff"
    with suppress(ImageError):
        decode(jpeg_without_end(often, coded, 128))
    assert time.process_time() - start < 5


def test_an_impossibly_large_huffman_table_is_reported_as_damage_without_taking_much_memory() -> None:
    table = b"\0" + b"\xff" * 16 + bytes(255 * 16)
    tracemalloc.start()
    with pytest.raises(ImageError, match="damaged"):
        decode(jpeg_without_end(b"\xff\xc4" + struct.pack(">H", 2 + len(table)) + table + huffman(0x10), bytes(64), 64))
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()
