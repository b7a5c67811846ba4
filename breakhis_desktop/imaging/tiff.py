"""Corrects the fields of a TIFF's directory that Pillow would read wrongly. Source: TIFF 6.0 and its supplements."""

from breakhis_desktop.errors import ImageRefusedError
from breakhis_desktop.imaging.formats import not_read
from breakhis_desktop.imaging.jpeg import frame
from breakhis_desktop.imaging.limits import MAX_PIXELS, too_large
from breakhis_desktop.imaging.tiff_directory import Directory, Tag, read_directory, rewritten
from breakhis_desktop.imaging.tiff_kinds import JPEG, RGB, unread_kind
from breakhis_desktop.imaging.tiff_parts import offsets_of, refuse_unwritten
from breakhis_desktop.imaging.tiff_planes import has_planes, interleaved
from breakhis_desktop.wording.images import ImageCode
from breakhis_desktop.wording.message import Message

_DESCRIPTION = 270
_PALETTE, _YCBCR = 3, 6
_UNDEFINED_FORMAT = 4
_DENSITIES = (282, 283, 296)
_BYTES, _NUMBERS = frozenset({1, 7}), frozenset({3, 4, 5})
_Changes = dict[int, tuple[int, ...] | None]


def readable_by_pillow(data: bytes) -> bytes:
    """Return a TIFF file in the form that Pillow reads correctly; most files stay unchanged.

    Raises:
        ImageError: The file is of an unsupported kind.
        ImageRefusedError: The file is a whole slide, too large to be one field, or too costly to decode.
        ValueError: Parts of the file are missing.
    """
    page = read_directory(data)
    if page is None:
        return data
    if _is_whole_slide(page):
        raise ImageRefusedError(Message.of(ImageCode.WHOLE_SLIDE))
    if _pixels(page) > MAX_PIXELS:
        raise too_large()
    kind = unread_kind(page)
    if kind:
        raise not_read(kind)
    refuse_unwritten(page)
    changes = _strips_beside_tiles(page) | _colour_map(page) | _jpeg_colours(page) | _sample_format(page) | _odd_metadata(page)
    parts = None
    if has_planes(page):
        # Pillow reads 16-bit planes as rows of 8 bits, and cannot hold a fourth plane.
        parts, changes[Tag.PLANES] = interleaved(page), None
    # Pillow looks for the BigTIFF mark in the wrong byte of a big-endian file, fails on a density written as text, and takes the last
    # of two fields with the same tag, where libtiff takes the first.
    if changes or (page.is_big and page.order == ">") or _has_odd_density(page) or page.repeats:
        return rewritten(page, changes, parts)
    return data


def _is_whole_slide(page: Directory) -> bool:
    """Return whether a page is a whole slide, not a field cut out of one: Aperio's programs put the same description into both."""
    if not page.content(_DESCRIPTION).startswith(b"Aperio"):
        return False
    return Tag.TILE_OFFSETS in page.fields or page.following != 0 or _pixels(page) > MAX_PIXELS


def _pixels(page: Directory) -> int:
    return page.integer(Tag.WIDTH, 0) * page.integer(Tag.LENGTH, 0)


def _strips_beside_tiles(page: Directory) -> _Changes:
    """Remove the strips of a page that also has tiles; Pillow reads the strips, libtiff the tiles."""
    return dict.fromkeys((Tag.STRIP_OFFSETS, Tag.STRIP_BYTES)) if {Tag.STRIP_OFFSETS, Tag.TILE_OFFSETS} <= page.fields.keys() else {}


def _colour_map(page: Directory) -> _Changes:
    """Stretch a colour map of 0-255, as old capture programs write it, to the specified 0-65535, as libtiff does."""
    values = page.integers(Tag.COLOUR_MAP)
    if page.integer(Tag.PHOTOMETRIC, 0) != _PALETTE or not values or max(values) > 255:
        return {}
    return {Tag.COLOUR_MAP: tuple(value * 257 for value in values)}


def _jpeg_colours(page: Directory) -> _Changes:
    """Tag a page as YCbCr if its JPEG streams are YCbCr: Bio-Formats and QuPath tag such pages as RGB, and libtiff trusts the tag."""
    if (page.integer(Tag.COMPRESSION, 1), page.integer(Tag.PHOTOMETRIC, 0)) != (JPEG, RGB) or page.integer(Tag.PLANES, 1) != 1:
        return {}
    found = next(filter(None, (frame(page.data, offset) for offset in offsets_of(page)[:1])), None)
    if found is None or len(found.components) != 3:
        return {}
    ids, factors = zip(*found.components, strict=True)
    is_ycbcr = found.adobe == 1 or (found.adobe is None and (found.has_jfif or len(set(factors)) > 1))
    if not is_ycbcr or bytes(ids) == b"RGB":
        return {}
    # The subsampling is then taken from the streams.
    return {Tag.PHOTOMETRIC: (_YCBCR,), Tag.YCBCR_SUBSAMPLING: None, Tag.YCBCR_WEIGHTS: None, Tag.BLACK_AND_WHITE: None}


def _sample_format(page: Directory) -> _Changes:
    """Treat samples of undefined format as unsigned integers, as libtiff does."""
    return {Tag.SAMPLE_FORMAT: None} if set(page.integers(Tag.SAMPLE_FORMAT)) == {_UNDEFINED_FORMAT} else {}


def _odd_metadata(page: Directory) -> _Changes:
    """Remove XMP and colour profiles that are not stored as bytes; Pillow fails when it reads them for orientation or colours."""
    tags = [tag for tag in (Tag.XMP, Tag.COLOUR_PROFILE) if tag in page.fields]
    return {tag: None for tag in tags if page.fields[tag].kind not in _BYTES}


def _has_odd_density(page: Directory) -> bool:
    found = [page.fields[tag] for tag in _DENSITIES if tag in page.fields]
    return any(one.kind not in _NUMBERS or one.count != 1 for one in found)
