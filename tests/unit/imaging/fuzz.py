"""Feeds mutated images to the real decoder, and reports those that it handles badly: `python -m tests.unit.imaging.fuzz 10000`.

Input number n is the same in every run, so a finding can be reproduced: `python -m tests.unit.imaging.fuzz 1 n`.
"""

import faulthandler
import logging
import os
import random
import re
import struct
import sys
import tempfile
import warnings
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageCms

from breakhis_desktop.errors import ImageError
from breakhis_desktop.imaging.decode import decode
from breakhis_desktop.imaging.limits import MAX_PIXELS, MAX_SIDE
from breakhis_desktop.imaging.prepare import thumbnail
from tests.unit.imaging.drawn import chunk, exif, page, picture, saved, segment, tiff, with_chunks, with_segments

SECONDS = 60
MEGABYTES = 1500
_NUMBERS = (0, 1, 2, 3, 4, 7, 8, 15, 16, 32, 127, 128, 255, 256, 999, 32767, 32768, 65535, 65536, 2**24, 2**31 - 1, 2**31, 2**32 - 1)
_PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG_2000 = Path(__file__).parents[2] / "fixtures" / "jpeg_2000"
_SHARE_OF_ANY_SIZE = 0.15
_KINDS_OF_ANY_SIZE = (
    *(("RGB", form) for form in ("PNG", "JPEG", "TIFF", "BMP", "WEBP", "JPEG2000")),
    *(("L", "PNG"), ("I;16", "PNG"), ("P", "PNG"), ("RGBA", "PNG"), ("1", "TIFF"), ("CMYK", "JPEG")),
)


def seeds() -> list[bytes]:
    """Return small files in all image formats that the program reads."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "seed"
    rich = {"exif": exif.tobytes(), "icc_profile": _PROFILE}
    first, second = _picture("RGB"), _picture("RGB").rotate(180)
    pages = {"save_all": True, "append_images": [second, first]}
    images: list[tuple[str, str, dict[str, Any]]] = [(mode, "PNG", {}) for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")]
    images += [("P", "PNG", {"transparency": 3}), ("RGB", "PNG", {"transparency": (1, 2, 3)}), ("RGB", "PNG", rich), ("RGB", "PNG", pages)]
    images += [(mode, "JPEG", {}) for mode in ("L", "RGB", "CMYK")]
    images += [("RGB", "JPEG", {"progressive": True}), ("RGB", "JPEG", rich), ("RGB", "JPEG", {"restart_marker_blocks": 1})]
    images += [(mode, "TIFF", {}) for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "LAB", "YCbCr", "I", "I;16", "F")]
    kinds = ("tiff_lzw", "tiff_deflate", "tiff_adobe_deflate", "packbits", "jpeg", "lzma", "zstd")
    images += [("RGB", "TIFF", {"compression": kind}) for kind in kinds]
    images += [("1", "TIFF", {"compression": kind}) for kind in ("group3", "group4", "tiff_ccitt")]
    images += [("RGB", "TIFF", {"big_tiff": True}), ("RGB", "TIFF", rich), ("RGB", "TIFF", pages), ("I;16", "TIFF", {"tiffinfo": {262: 0}})]
    images += [(mode, "BMP", {}) for mode in ("1", "L", "P", "RGB", "RGBA")]
    images += [
        ("RGB", "WEBP", {}),
        ("RGBA", "WEBP", {}),
        ("RGBA", "WEBP", {"lossless": True}),
        ("RGB", "WEBP", rich),
        ("RGB", "WEBP", pages),
    ]
    images += [(mode, "JPEG2000", {}) for mode in ("L", "LA", "RGB", "RGBA", "I;16")]
    images += [("RGB", "JPEG2000", {"no_jp2": True, "tile_size": (16, 16)}), ("RGB", "JPEG2000", {"quality_layers": [20, 5]})]
    files = [_saved(mode, form, options) for mode, form, options in images] + [_saved_mpo(first, second), _run_length_bmp()]
    return (
        files + _files_that_pillow_misreads() + [file.read_bytes() for file in sorted(_JPEG_2000.iterdir()) if "odd-start" not in file.name]
    )


def mutated(files: list[bytes], number: int) -> bytes:
    """Return input `number`: a picture of any size, a damaged seed, or a damaged picture of any size."""
    chance = random.Random(number)  # noqa: S311 (not for security)
    of_any_size = chance.random() < _SHARE_OF_ANY_SIZE
    data = bytearray(_of_any_size(chance) if of_any_size else chance.choice(files))
    if of_any_size and chance.random() < 0.5:
        return bytes(data)
    for _ in range(chance.choice((1, 1, 1, 2, 4, 16))):
        chance.choice(_DAMAGES)(chance, data, files)
    return _mended(bytes(data)) if data.startswith(_PNG) and chance.random() < 0.8 else bytes(data)


def what_is_wrong(data: bytes) -> str:
    """Decode an input, make its thumbnail, and describe any result that a user should never see; return "" if there is none."""
    try:
        image = decode(data)
        small = thumbnail(image)
    except ImageError as error:
        text = str(error)
        sentence = text.isprintable() and text.endswith(".")
        return "" if sentence and "memory" not in text else f"said {text!r}"
    except Exception as error:  # noqa: BLE001 (any other error is a finding)
        return f"raised {error!r}"
    fits = (
        image.mode == "RGB" and image.width * image.height <= MAX_PIXELS and max(image.size) <= MAX_SIDE and small.startswith(b"\xff\xd8")
    )
    return "" if fits else f"became {image.mode} {image.size}"


def run(count: int, first: int) -> int:
    """Try inputs and print the findings; return 1 if there are any.

    A crash or a hang ends the process; the last line on stdout then gives the number of the input.
    """
    files, findings = seeds(), 0
    log = _prepare_process()
    with tempfile.TemporaryFile() as noise:
        os.dup2(noise.fileno(), 2)
        for number in range(first, first + count):
            sys.stdout.write(f"\rinput {number} ")
            sys.stdout.flush()
            faulthandler.dump_traceback_later(SECONDS, exit=True, file=log)
            found = what_is_wrong(mutated(files, number)) or _noise(noise.fileno()) or _too_much_memory(peak_megabytes())
            if found:
                findings += 1
                sys.stdout.write(f"{found}\n")
    sys.stdout.write(f"\r{count} inputs, {findings} findings\n")
    return 1 if findings else 0


def _prepare_process() -> int:
    """Report crashes on stderr, turn warnings into errors, and limit memory; return a duplicate of the descriptor of stderr."""
    log = os.dup(2)
    faulthandler.enable(log)
    logging.getLogger("breakhis_desktop").addHandler(logging.NullHandler())
    warnings.simplefilter("error")
    warnings.filterwarnings("ignore", module=r"PIL\.")
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (4 * 10**9, resource.RLIM_INFINITY))
    return log


def _noise(descriptor: int) -> str:
    """Describe what native code has written to stderr since the last input."""
    size = os.lseek(descriptor, 0, os.SEEK_CUR)
    os.lseek(descriptor, 0, os.SEEK_SET)
    text = os.read(descriptor, size)
    os.lseek(descriptor, 0, os.SEEK_SET)
    return f"wrote to stderr {text[-300:]!r}" if text else ""


def _too_much_memory(megabytes: int) -> str:
    return f"took {megabytes} MB" if megabytes > MEGABYTES else ""


def peak_megabytes() -> int:
    """Return this process's peak memory in MiB, or 0 if the system does not report it; `getrusage` would include the parent's memory."""
    facts = Path("/proc/self/status")
    peak = re.search(r"VmHWM:\s+(\d+) kB", facts.read_text(encoding="utf-8")) if facts.exists() else None
    return int(peak[1]) // 1024 if peak else 0


def _picture(mode: str) -> Image.Image:
    base = Image.radial_gradient("L").resize((28, 22))
    colours = Image.merge("RGB", (base, base.rotate(90), base.rotate(180)))
    if mode == "F":
        return base.convert("F").point(lambda value: value / 255 + 0)
    if mode in {"I", "I;16"}:
        return base.convert("I").point(lambda value: value * 257 + 0).convert(mode)
    return colours.convert("RGBA").convert("LA") if mode == "LA" else colours.convert(mode)


def _of_any_size(chance: random.Random) -> bytes:
    """Draw a picture with sides of 1 to 30,000 pixels, or 16,000 in WebP, and return its file; most pictures are thin."""
    mode, form = chance.choice(_KINDS_OF_ANY_SIZE)
    longest = 16_000 if form == "WEBP" else 30_000
    length = round(longest ** chance.random())
    breadth = chance.randint(1, 4) if chance.random() < 0.7 else chance.randint(1, max(1, min(longest, 200_000 // length)))
    size = (length, breadth) if chance.random() < 0.5 else (breadth, length)
    buffer = BytesIO()
    options = {"num_resolutions": 1} if form == "JPEG2000" else {}
    _picture(mode).resize(size, Image.Resampling.NEAREST).save(buffer, form, **options)
    return buffer.getvalue()


def _files_that_pillow_misreads() -> list[bytes]:
    """Return files that Pillow misreads or cannot read without the program's corrections."""
    pixels = picture(28, 22)
    deep, odd = pixels.astype(np.uint16) * 257, {282: (2, [*b"72\0"])}
    twelve = {281: (3, [4095] * 3)}
    colours = Image.fromarray(pixels).quantize(16)
    tags = page(pixels) | {262: (3, [3]), 258: (3, [8]), 277: (3, [1]), 320: (3, [number % 256 for number in range(768)])}
    return [
        tiff(page(deep, planar=2), [deep[..., plane].tobytes() for plane in range(3)]),
        tiff(page(pixels), [pixels.tobytes()], order=">", big=True),
        tiff(page(pixels) | {259: (3, [7])}, [saved(pixels, "JPEG")]),
        tiff(page(deep) | twelve, [(deep >> 4).tobytes()]),
        tiff(page(pixels) | odd, [pixels.tobytes()]),
        tiff(tags, [colours.tobytes()]),
        saved(pixels, "JPEG")[:-2],
        with_segments(saved(pixels, "JPEG"), segment(0xE1, b"Exif\0\0" + exif()), segment(0xED, b"Photoshop 3.0\0")),
        with_chunks(saved(pixels, "PNG"), chunk(b"eXIf", exif()), chunk(b"tEXt", b"a\0b"), chunk(b"pHYs", bytes(9))),
    ]


def _saved(mode: str, form: str, options: dict[str, object]) -> bytes:
    buffer = BytesIO()
    _picture(mode).save(buffer, form, **options)
    return buffer.getvalue()


def _saved_mpo(first: Image.Image, second: Image.Image) -> bytes:
    buffer = BytesIO()
    first.save(buffer, "MPO", save_all=True, append_images=[second])
    return buffer.getvalue()


def _run_length_bmp() -> bytes:
    rows = b"\5\1\3\2\0\0" * 4 + b"\0\4\1\2\3\4\0\2\2\0\2\7\0\0" + b"\0\2\0\1" + b"\0\1"
    header = struct.pack("<IiiHHIIiiII", 40, 8, 6, 1, 8, 1, len(rows), 0, 0, 256, 0)
    start = 14 + len(header) + 1024
    return b"BM" + struct.pack("<IHHI", start + len(rows), 0, 0, start) + header + bytes(range(256)) * 4 + rows


def _mended(data: bytes) -> bytes:
    """Correct the checksums of a PNG, so that the decoder reads on into the damaged content."""
    result, place = bytearray(data), 8
    while place + 12 <= len(data):
        end = place + 8 + int.from_bytes(data[place : place + 4])
        if end + 4 > len(data):
            break
        struct.pack_into(">I", result, end, zlib.crc32(data[place + 4 : end]))
        place = end + 4
    return bytes(result)


Damage = Callable[[random.Random, bytearray, list[bytes]], None]


def _span(chance: random.Random, data: bytearray) -> slice:
    start = chance.randrange(len(data) + 1)
    return slice(start, start + chance.choice((1, 2, 4, 8, 16, 64, 256)))


def _place(chance: random.Random, data: bytearray) -> int:
    """Choose a position; half the time near the start, where sizes and lengths are."""
    return chance.randrange(min(len(data), 120) if chance.random() < 0.5 else len(data)) if data else 0


def _flip(chance: random.Random, data: bytearray, files: list[bytes]) -> None:
    if data:
        data[_place(chance, data)] ^= 1 << chance.randrange(8)


def _insert(chance: random.Random, data: bytearray, files: list[bytes]) -> None:
    place = _place(chance, data)
    data[place:place] = chance.randbytes(chance.choice((1, 2, 4, 16)))


def _delete(chance: random.Random, data: bytearray, files: list[bytes]) -> None:
    del data[_span(chance, data)]


def _truncate(chance: random.Random, data: bytearray, files: list[bytes]) -> None:
    del data[chance.randrange(len(data) + 1) :]


def _repeat(chance: random.Random, data: bytearray, files: list[bytes]) -> None:
    part, place = data[_span(chance, data)], _place(chance, data)
    data[place:place] = part * chance.choice((1, 2, 8))


def _swap(chance: random.Random, data: bytearray, files: list[bytes]) -> None:
    part = _span(chance, data)
    moved = data[part]
    del data[part]
    place = _place(chance, data)
    data[place:place] = moved


def _set_number(chance: random.Random, data: bytearray, files: list[bytes]) -> None:
    size = chance.choice((1, 2, 4))
    number = (chance.choice(_NUMBERS) & (256**size - 1)).to_bytes(size, chance.choice(("big", "little")))
    place = _place(chance, data)
    data[place : place + size] = number


def _splice(chance: random.Random, data: bytearray, files: list[bytes]) -> None:
    other = chance.choice(files)
    data[chance.randrange(len(data) + 1) :] = other[chance.randrange(len(other)) :]


_DAMAGES: tuple[Damage, ...] = (_flip, _insert, _delete, _truncate, _repeat, _swap, _set_number, _set_number, _set_number, _splice)


if __name__ == "__main__":
    sys.exit(run(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0))
