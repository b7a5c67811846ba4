"""TIFF files that Pillow misreads or cannot read: the program decodes them correctly, or its error names the kind of file."""

import struct
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from breakhis_desktop.errors import ImageError, ImageRefusedError
from breakhis_desktop.imaging.decode import decode
from tests.factories import there
from tests.unit.imaging.drawn import Pixels, Tags, decoded, farthest, in_order, on_white, page, picture, saved, tiff, tiles_of

PIXELS = picture()
HEIGHT, WIDTH = PIXELS.shape[:2]
OPACITY = np.linspace(0, 255, HEIGHT, dtype=np.uint8)[:, None].repeat(WIDTH, axis=1)
TEXT, SHORT, LONG = 2, 3, 4
BOTH_ORDERS = pytest.mark.parametrize("order", ["<", ">"])
EVERY_LAYOUT = pytest.mark.parametrize("layout", ["strips", "tiles"])


def fields(**more: tuple[int, list[int]]) -> Tags:
    """Return the fields of a plain page with some of them replaced; each argument is named `t` plus the number of the field's tag."""
    return page(PIXELS) | {int(name[1:]): value for name, value in more.items()}


def plain(**more: tuple[int, list[int]]) -> bytes:
    return tiff(fields(**more), [PIXELS.tobytes()])


def planes(samples: np.ndarray, layout: str, order: str, *, big: bool = False, **more: tuple[int, list[int]]) -> bytes:
    ordered = in_order(samples, order)
    tags = page(samples, planar=2) | {int(name[1:]): value for name, value in more.items()}
    if layout == "tiles":
        tags |= {322: (SHORT, [32]), 323: (SHORT, [32])}
        parts = [one[..., plane].tobytes() for plane in range(samples.shape[2]) for one in tiles_of(ordered, 32)]
    else:
        tags |= {278: (LONG, [20])}
        tops = range(0, samples.shape[0], 20)
        parts = [ordered[top : top + 20, :, plane].tobytes() for plane in range(samples.shape[2]) for top in tops]
    return tiff(tags, parts, order=order, big=big)


@BOTH_ORDERS
@EVERY_LAYOUT
@pytest.mark.parametrize("big", [False, True])
@pytest.mark.parametrize("low", ["stretched", "noise"])
def test_planes_with_16_bits_are_read(layout: str, order: str, big: bool, low: str) -> None:
    lower = PIXELS if low == "stretched" else np.random.default_rng(0).integers(0, 256, PIXELS.shape)
    assert farthest(planes(PIXELS.astype(np.uint16) * 256 + lower.astype(np.uint16), layout, order, big=big), PIXELS) <= 1


@EVERY_LAYOUT
@pytest.mark.parametrize("bits", [8, 16])
@pytest.mark.parametrize(("extra", "what"), [(0, "nothing"), (2, "opacity"), (1, "premultiplied opacity")])
def test_a_fourth_plane_is_interpreted_as_the_file_says(layout: str, bits: int, extra: int, what: str) -> None:
    colours = np.round(PIXELS * (OPACITY[..., None] / 255)).astype(np.uint8) if extra == 1 else PIXELS
    samples = np.dstack([colours, OPACITY]).astype(f"u{bits // 8}") * (257 if bits == 16 else 1)
    expected = PIXELS if what == "nothing" else on_white(PIXELS, OPACITY)
    data = planes(samples, layout, "<", t338=(SHORT, [extra]))
    # Premultiplied colours of low opacity have few levels left.
    assert np.abs(decoded(data) - expected)[(60 if extra == 1 else 0) <= OPACITY].max() <= 4


@BOTH_ORDERS
def test_planes_of_cmyk_inks_are_read(order: str) -> None:
    inks = np.dstack([255 - PIXELS, np.zeros_like(OPACITY)]).astype(np.uint16) * 257
    assert farthest(planes(inks, "strips", order, t262=(SHORT, [5])), PIXELS) <= 1


def test_truncated_planes_are_reported_as_damaged() -> None:
    with pytest.raises(ImageError, match="damaged"):
        decode(planes(PIXELS.astype(np.uint16) * 257, "strips", "<")[:-500])


def test_a_page_that_lacks_a_plane_is_reported_as_damaged() -> None:
    planes_of_two = [PIXELS[..., plane].tobytes() for plane in range(2)]
    with pytest.raises(ImageError, match="damaged"):
        decode(tiff(page(PIXELS, planar=2), planes_of_two))


def packed(plane: np.ndarray) -> bytes:
    """Encode a plane in the form of PackBits, each row separately, without making it any smaller."""
    rows = (row.tobytes() for row in plane)
    return b"".join(bytes([len(part) - 1]) + part for row in rows for part in (row[:128], row[128:]) if part)


@BOTH_ORDERS
@pytest.mark.parametrize("bits", [8, 16])
def test_compressed_planes_are_read(bits: int, order: str) -> None:
    samples = (PIXELS.astype(np.uint16) * 257).astype(order + "u2") if bits == 16 else PIXELS
    tags = page(samples, planar=2) | {259: (SHORT, [32773])}
    assert farthest(tiff(tags, [packed(samples[..., plane]) for plane in range(3)], order=order), PIXELS) == 0


def test_compressed_planes_of_grey_and_opacity_are_reported_by_name() -> None:
    samples = np.dstack([PIXELS[..., 0], OPACITY])
    tags = page(samples, planar=2) | {259: (SHORT, [32773]), 262: (SHORT, [1]), 338: (SHORT, [1])}
    with pytest.raises(ImageError, match="TIFF with compressed planes in colours other than RGB and CMYK"):
        decode(tiff(tags, [packed(samples[..., plane]) for plane in range(2)]))


@BOTH_ORDERS
@pytest.mark.parametrize("big", [False, True])
def test_a_page_with_too_many_pixels_is_refused_before_it_is_rewritten(order: str, big: bool) -> None:
    tags = page(PIXELS.astype(np.uint16), planar=2) | {256: (LONG, [10_000]), 257: (LONG, [10_000])}
    with pytest.raises(ImageRefusedError, match="than one field"):
        decode(tiff(tags, [bytes(1000)] * 3, order=order, big=big))


@pytest.mark.parametrize("compression", ["tiff_lzw", "tiff_adobe_deflate"])
def test_a_compressed_page_keeps_its_pixels(compression: str) -> None:
    assert farthest(saved(PIXELS, "TIFF", compression=compression), PIXELS) == 0


@BOTH_ORDERS
@pytest.mark.parametrize("bits", [8, 16])
def test_a_bigtiff_in_either_byte_order_is_read(order: str, bits: int) -> None:
    samples = PIXELS.astype(np.uint16) * 257 if bits == 16 else PIXELS
    ordered = in_order(samples, order)
    assert farthest(tiff(page(samples), [ordered.tobytes()], order=order, big=True), PIXELS) == 0


def jpeg(pixels: Pixels, kind: str) -> bytes:
    """Build a JPEG in YCbCr with the named subsampling, or in RGB; ` without ...` in `kind` drops the JFIF and Adobe markers."""
    how, _, without = kind.partition(" without ")
    options = {"keep_rgb": True} if how == "rgb" else {"subsampling": how}
    data = saved(pixels, "JPEG", quality=95, **options)
    return without_markers(data) if without else data


def without_markers(data: bytes) -> bytes:
    """Drop the JFIF and Adobe segments, which a JPEG within a TIFF need not have."""
    start = data.index(b"\xff\xdb")
    return data[:2] + data[start:]


def split_tables(data: bytes) -> tuple[bytes, bytes]:
    """Split a JPEG into a stream of tables and a stream with the rest."""
    place, tables, rest = 2, b"\xff\xd8", b"\xff\xd8"
    while data[place + 1] != 0xDA:
        end = place + 2 + int.from_bytes(data[place + 2 : place + 4])
        if data[place + 1] in {0xC4, 0xDB}:
            tables += data[place:end]
        else:
            rest += data[place:end]
        place = end
    return tables + b"\xff\xd9", rest + data[place:]


@BOTH_ORDERS
@EVERY_LAYOUT
@pytest.mark.parametrize("kind", ["4:4:4", "4:2:2", "4:2:0", "4:2:0 without markers", "rgb", "rgb without markers"])
@pytest.mark.parametrize("with_tables", [False, True])
def test_jpeg_streams_in_a_page_labelled_rgb_keep_their_own_colour_space(order: str, layout: str, kind: str, with_tables: bool) -> None:
    columns = np.repeat(picture(64, 1), 64, axis=0)
    parts = tiles_of(columns, 32) if layout == "tiles" else [columns[:32], columns[32:]]
    streams = [jpeg(part.astype(np.uint8), kind) for part in parts]
    tags = page(columns) | {259: (SHORT, [7])}
    tags |= {322: (SHORT, [32]), 323: (SHORT, [32])} if layout == "tiles" else {278: (LONG, [32])}
    if with_tables:
        tags[347] = (7, [*split_tables(streams[0])[0]])
        streams = [split_tables(stream)[1] for stream in streams]
    assert farthest(tiff(tags, streams, order=order), columns) <= 12


@pytest.mark.parametrize("factor", [1, 256, 257])
def test_an_8_bit_colour_map_is_scaled_and_a_16_bit_one_is_not(factor: int) -> None:
    few = Image.fromarray(PIXELS).quantize(200)
    colours = np.array(there(few.getpalette())[:600] + [0] * 168).reshape(256, 3)
    tags = fields(t258=(SHORT, [8]), t262=(SHORT, [3]), t277=(SHORT, [1]), t320=(SHORT, [*map(int, colours.T.ravel() * factor)]))
    assert farthest(tiff(tags, [np.asarray(few).tobytes()]), colours[np.asarray(few)]) <= 1


def test_grey_with_premultiplied_opacity_is_read() -> None:
    grey = np.dstack([PIXELS[..., 0], np.full_like(OPACITY, 255)])
    data = tiff(page(grey) | {262: (SHORT, [1]), 338: (SHORT, [1])}, [grey.tobytes()])
    assert farthest(data, PIXELS[..., :1].repeat(3, axis=2)) <= 1


@pytest.mark.parametrize("tag", [282, 283, 296])
@pytest.mark.parametrize("value", [(TEXT, [*b"72\0"]), (SHORT, [72, 72]), (7, [1, 2, 3, 4, 5])])
@pytest.mark.parametrize("unit", [2, 3])
def test_an_odd_density_does_not_spoil_a_picture(tag: int, value: tuple[int, list[int]], unit: int) -> None:
    densities = {"t282": (SHORT, [72]), "t283": (SHORT, [72]), "t296": (SHORT, [unit])}
    assert farthest(plain(**densities | {f"t{tag}": value}), PIXELS) == 0


@pytest.mark.parametrize("tag", [700, 34665, 34675, 34853])
@pytest.mark.parametrize("value", [(TEXT, [*b"abc\0"]), (SHORT, [1, 2, 3]), (LONG, [99_999]), (7, [*b"garbage"])])
def test_other_odd_metadata_does_not_spoil_a_picture(tag: int, value: tuple[int, list[int]]) -> None:
    assert farthest(plain(**{f"t{tag}": value}), PIXELS) == 0


def test_a_rewritten_page_keeps_its_orientation() -> None:
    data = plain(t274=(SHORT, [6]), t282=(TEXT, [*b"72\0"]))
    assert farthest(data, np.rot90(PIXELS, -1)) == 0


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        ({259: 34887}, "TIFF compressed as LERC"),
        ({259: 50002}, "TIFF compressed as JPEG XL"),
        ({259: 50001}, "TIFF compressed as WebP"),
        ({259: 33005}, "TIFF compressed as JPEG 2000"),
        ({259: 34933}, "TIFF compressed as PNG"),
        ({259: 12345}, "TIFF compressed as method 12345"),
        ({258: 10}, "TIFF with 10 bits in each channel"),
        ({258: 12}, "TIFF with 12 bits in each channel"),
        ({258: 14}, "TIFF with 14 bits in each channel"),
        ({258: 32, 339: 3}, "TIFF with floating-point numbers"),
        ({258: 16, 339: 3}, "TIFF with floating-point numbers"),
        ({258: 16, 339: 2}, "TIFF with signed numbers"),
        ({339: 2}, "TIFF with signed numbers"),
        ({258: 32, 339: 5}, "TIFF with numbers of unusual kinds"),
        ({262: 9}, "TIFF with Lab colours"),
        ({262: 32803}, "TIFF with raw camera data"),
        ({262: 5}, "TIFF with inks other than"),
        ({262: 1}, "TIFF with an unusual arrangement of channels, 3 of 8 bits"),
    ],
)
@BOTH_ORDERS
def test_an_unsupported_kind_of_tiff_is_reported_by_name(tags: dict[int, int], kind: str, order: str) -> None:
    repeated = {tag: (SHORT, [value] * (3 if tag in {258, 339} else 1)) for tag, value in tags.items()}
    with pytest.raises(ImageError, match=f"This program cannot read this kind of file \\({kind}.*\\); open it"):
        decode(tiff(page(PIXELS) | repeated, [PIXELS.tobytes() * 4], order=order))


def test_channels_with_different_bit_depths_are_reported_by_name() -> None:
    with pytest.raises(ImageError, match="channels of 5, 6 bits"):
        decode(plain(t258=(SHORT, [5, 6, 5])))


def test_signed_grey_is_not_mistaken_for_unsigned() -> None:
    grey = PIXELS[..., :1]
    with pytest.raises(ImageError, match="signed numbers"):
        decode(tiff(page(grey) | {262: (SHORT, [1]), 339: (SHORT, [2])}, [grey.tobytes()]))


def test_samples_of_undefined_format_are_read_as_whole_numbers() -> None:
    assert farthest(plain(t339=(SHORT, [4, 4, 4])), PIXELS) == 0


def grey_pages(count: int, **options: object) -> bytes:
    pages = [Image.fromarray(np.ascontiguousarray(PIXELS[..., number % 3])) for number in range(count)]
    buffer = BytesIO()
    pages[0].save(buffer, "TIFF", save_all=True, append_images=pages[1:], **options)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("count", "description"),
    [(3, ""), (2, ""), (1, "ImageJ=1.53t\nimages=3\nchannels=3\nmode=composite\n"), (1, '<OME><Pixels SizeC="3" SizeT="1"/></OME>')],
)
def test_channels_on_separate_pages_are_reported_by_name(count: int, description: str) -> None:
    with pytest.raises(ImageError, match="channels or layers on grey pages"):
        decode(grey_pages(count, description=description))


@pytest.mark.parametrize("description", ["", "ImageJ=1.53t\nunit=um\n", '<OME><Pixels SizeC="1"/></OME>'])
def test_a_single_grey_page_is_read(description: str) -> None:
    assert farthest(grey_pages(1, description=description), PIXELS[..., :1].repeat(3, axis=2)) == 0


def test_an_rgb_page_described_as_three_channels_is_read() -> None:
    assert farthest(plain(t270=(TEXT, [*b'<OME><Pixels SizeC="3"/></OME>\0'])), PIXELS) == 0


APERIO = (TEXT, [*b"Aperio Image Library v12.0\r\n81713x37331 [70791,733 67x51] (0x0) RAW|AppMag = 20\0"])


def test_a_field_cut_from_an_aperio_slide_is_read() -> None:
    assert farthest(plain(t270=APERIO), PIXELS) == 0


def test_a_tiled_aperio_slide_is_refused() -> None:
    tags = fields(t270=APERIO, t322=(SHORT, [32]), t323=(SHORT, [32]))
    with pytest.raises(ImageRefusedError, match="Whole-slide file"):
        decode(tiff(tags, [part.tobytes() for part in tiles_of(PIXELS, 32)]))


def test_a_large_or_multi_page_aperio_slide_is_refused() -> None:
    with pytest.raises(ImageRefusedError, match="Whole-slide file"):
        decode(plain(t270=APERIO, t256=(LONG, [20_000]), t257=(LONG, [20_000])))
    image, buffer = Image.fromarray(PIXELS), BytesIO()
    image.save(buffer, "TIFF", save_all=True, append_images=[image], description="Aperio Image Library v12.0")
    with pytest.raises(ImageRefusedError, match="Whole-slide file"):
        decode(buffer.getvalue())


@pytest.mark.parametrize("mark", [b"II\0*", b"MM*\0"])
def test_a_byte_order_mark_that_contradicts_the_number_after_it_is_reported_as_damage(mark: bytes) -> None:
    with pytest.raises(ImageError, match="damaged"):
        decode(mark + plain()[4:])


def test_planes_are_read_despite_a_repeated_field_or_a_wrong_field_count() -> None:
    deep = PIXELS.astype(np.uint16) * 257
    data = tiff(page(deep, planar=2), [deep[..., plane].astype("<u2").tobytes() for plane in range(3)])
    (count,) = struct.unpack_from("<H", data, 8)
    directory, entries = len(data), data[10 : 10 + 12 * count]
    twice = struct.pack("<I", directory).join((data[:4], data[8:])) + struct.pack("<H", count + 1)
    again = twice + entries + struct.pack("<HHIHH", 284, SHORT, 1, 1, 0) + bytes(4)
    assert farthest(again, PIXELS) == 0
    short = data[:4] + struct.pack("<I", directory) + data[8:] + struct.pack("<H", 65_535) + entries
    assert farthest(short, PIXELS) == 0


def test_a_truncated_directory_is_reported_as_damage() -> None:
    data = saved(PIXELS, "TIFF", compression="tiff_lzw")
    (start,) = struct.unpack_from("<I", data, 4)
    for length in (8, start, start + 20):
        with pytest.raises(ImageError, match="damaged"):
            decode(data[:length])
