"""Names the unsupported kinds of TIFF. Source: TIFF 6.0 and its supplements, and libtiff's list."""

import re

from breakhis_desktop.imaging.tiff_directory import Directory, Tag, read_directory
from breakhis_desktop.wording.images import ImageCode
from breakhis_desktop.wording.message import Message

RGB, JPEG = 2, 7
_OLD_JPEG = 6
_GREY, _PALETTE, _SEPARATED, _YCBCR, _LAB = frozenset({0, 1}), 3, 5, 6, 8
_READ_COMPRESSIONS = frozenset({1, 2, 3, 4, 5, _OLD_JPEG, JPEG, 8, 32771, 32773, 32809, 32946, 34925, 50000})
_COMPRESSIONS = {
    **dict.fromkeys((33003, 33004, 33005, 34712), "JPEG 2000"),
    **dict.fromkeys((34927, 50001), "WebP"),
    **dict.fromkeys((50002, 52546), "JPEG XL"),
    **dict.fromkeys((22610, 34934), "JPEG XR"),
    **dict.fromkeys((34676, 34677), "LogLuv"),
    34661: "JBIG",
    34887: "LERC",
    34892: "lossy JPEG",
    34933: "PNG",
}
_BITS = {
    0: {1, 2, 4, 8, 16, 32},
    1: {1, 2, 4, 8, 12, 16, 32},
    RGB: {8, 16},
    _PALETTE: {1, 2, 4, 8},
    _SEPARATED: {8, 16},
    _YCBCR: {8},
    _LAB: {8},
}
_COLOURS = {
    **dict.fromkeys((9, 10), ImageCode.LAB),
    **dict.fromkeys((32803, 34892), ImageCode.RAW_DATA),
    **dict.fromkeys((32844, 32845), ImageCode.LOGLUV),
}
_DESCRIPTION = 270
_CHANNELS = re.compile(rb"(?:\nchannels=|SizeC=\")([0-9]{1,6})")
_COLOURS_IN_PLANES, _SEPARATE = frozenset({RGB, _SEPARATED, _YCBCR}), 2
_HALVED = (2, 2)
_SIGNED, _FLOATING, _UNDEFINED = 2, 3, 4


def unread_kind(page: Directory) -> Message | None:
    """Name what keeps a page from being read, such as "TIFF compressed as LERC"; None if no such feature is found."""
    if Tag.WIDTH not in page.fields:
        return None
    compression = page.integer(Tag.COMPRESSION, 1)
    if compression not in _READ_COMPRESSIONS:
        method = _COMPRESSIONS.get(compression) or Message.of(ImageCode.METHOD_NUMBER, number=compression)
        return Message.of(ImageCode.TIFF_COMPRESSED, method=method)
    if compression == _OLD_JPEG:
        return None
    return _unread_colours(page) or _unread_numbers(page) or _unread_pages(page)


def channels_and_bits(page: Directory) -> Message | None:
    """Name a page by its channels and bits, if nothing else explains why it cannot be read; None if the page does not state them."""
    samples, bits = page.integer(Tag.SAMPLES, 1), page.integer(Tag.BITS, 1)
    has_pixels = Tag.STRIP_OFFSETS in page.fields or Tag.TILE_OFFSETS in page.fields
    is_whole = has_pixels and all(page.integers(tag) for tag in (Tag.WIDTH, Tag.LENGTH, Tag.BITS))
    return Message.of(ImageCode.TIFF_CHANNELS, samples=samples, bits=bits) if is_whole else None


def _unread_colours(page: Directory) -> Message | None:
    colours = page.integer(Tag.PHOTOMETRIC, 0)
    if colours not in _BITS:
        known = _COLOURS.get(colours)
        named = Message.of(known) if known else Message.of(ImageCode.COLOURS_NUMBER, number=colours)
        return Message.of(ImageCode.TIFF_COLOURS, colours=named)
    if colours not in _COLOURS_IN_PLANES and page.integer(Tag.PLANES, 1) == _SEPARATE and page.integer(Tag.COMPRESSION, 1) != 1:
        # Pillow misplaces the second plane, the opacity, of such pages.
        return Message.of(ImageCode.TIFF_PLANES) if page.integer(Tag.SAMPLES, 1) > 1 else None
    if (colours, page.integer(Tag.COMPRESSION, 1)) == (_YCBCR, 1) and (page.integers(Tag.YCBCR_SUBSAMPLING) or _HALVED) != (1, 1):
        return Message.of(ImageCode.TIFF_SUBSAMPLED)  # Pillow mistakes each sample for a pixel.
    others = page.integer(Tag.INKS, 1) != 1 or page.integer(Tag.SAMPLES, 1) - len(page.integers(Tag.EXTRA_SAMPLES)) != 4
    return Message.of(ImageCode.TIFF_INKS) if colours == _SEPARATED and others else None


def _unread_numbers(page: Directory) -> Message | None:
    samples = page.integer(Tag.SAMPLES, 1)
    bits = page.integers(Tag.BITS)[:samples] or (1,)
    formats = set(page.integers(Tag.SAMPLE_FORMAT)[:samples]) or {1}
    if formats == {_FLOATING}:
        return None if (samples, bits[0]) == (1, 32) else Message.of(ImageCode.TIFF_FLOATING)
    if formats == {_SIGNED} and max(bits) <= 16:
        return Message.of(ImageCode.TIFF_SIGNED)
    if len(formats) > 1 or not formats <= {1, _SIGNED, _UNDEFINED}:
        return Message.of(ImageCode.TIFF_NUMBERS)
    if len(set(bits)) > 1:
        return Message.of(ImageCode.TIFF_CHANNEL_BITS, bits=tuple(map(str, sorted(set(bits)))))
    return None if bits[0] in _BITS[page.integer(Tag.PHOTOMETRIC, 0)] else Message.of(ImageCode.TIFF_BITS, bits=bits[0])


def _unread_pages(page: Directory) -> Message | None:
    """Name a file that has a page per channel, as ImageJ composites and OME-TIFF files have: a single channel is not a field."""
    if not _is_grey(page):
        return None
    stated = _CHANNELS.search(page.content(_DESCRIPTION)[:1_000_000])
    following = read_directory(page.data, page.following) if page.following else None
    size = page.integer(Tag.WIDTH, 0), page.integer(Tag.LENGTH, 0)
    # A page may name itself as the next page.
    is_other = following is not None and following.fields != page.fields and _is_grey(following)
    same = following is not None and is_other and (following.integer(Tag.WIDTH, 0), following.integer(Tag.LENGTH, 0)) == size
    return Message.of(ImageCode.TIFF_GREY_PAGES) if same or (stated is not None and int(stated[1]) > 1) else None


def _is_grey(page: Directory) -> bool:
    return page.integer(Tag.PHOTOMETRIC, 0) in _GREY and page.integer(Tag.SAMPLES, 1) == 1
