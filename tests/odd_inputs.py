"""Fills a folder with good fields and with whatever else a disk can hold: odd pictures, damaged files, strange names, pipes and links."""

import os
import socket
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image

GOOD_FIELDS = 20
ODD_PATIENTS = ("Joa\u0303o", "Jo\xe3o")
"""The same name in two Unicode forms: decomposed, as on macOS, and composed, as on most other systems."""


def fill(folder: Path, draw_good: Callable[[int, Path], object]) -> int:
    """Fill a folder with good fields (named `good…`) and odd files; return how many files and folders should each get a row.

    Args:
        folder: An empty folder.
        draw_good: Writes the good field with this number to this PNG file.
    """
    for number in range(GOOD_FIELDS):
        patient = folder / ODD_PATIENTS[number % 2]
        patient.mkdir(exist_ok=True)
        draw_good(number, patient / f"good {number:02}.png")
    good = next(folder.rglob("good*.png")).read_bytes()
    pictures = [_thin_pictures(folder), _odd_pixels(folder), _odd_files(folder, good), _odd_names(folder, good)]
    return GOOD_FIELDS + sum(pictures) + _odd_places(folder, good)


def _thin_pictures(folder: Path) -> int:
    sizes = [(2000, 10), (10, 2000), (193, 1), (1, 193), (1, 1), (112 * 193, 112), (112, 112 * 193)]
    for width, height in sizes:
        Image.new("RGB", (width, height), (200, 120, 180)).save(folder / f"thin {width}x{height}.png")
    return len(sizes)


def _odd_pixels(folder: Path) -> int:
    ramp = np.linspace(0, 1, 240 * 320, dtype=np.float32).reshape(240, 320)
    Image.fromarray(ramp).save(folder / "floats.tif")
    Image.fromarray((ramp * 65535).astype(np.uint16)).save(folder / "grey of 16 bits.tif")
    Image.fromarray((ramp * 255).astype(np.uint8)).convert("1").save(folder / "black and white.tif")
    Image.new("RGBA", (320, 240), (200, 120, 180, 0)).save(folder / "transparent.png")
    Image.new("CMYK", (320, 240), (20, 120, 40, 0)).save(folder / "inks.jpg")
    planes = np.stack([ramp, ramp.T.reshape(240, 320), 1 - ramp])
    (folder / "planes of 16 bits.tif").write_bytes(_planar_tiff((planes * 65535).astype("<u2")))
    return 6


def _planar_tiff(planes: np.ndarray) -> bytes:
    """Return a 16-bit RGB TIFF that stores its channels one after the other."""
    samples, height, width = planes.shape
    parts = [plane.tobytes() for plane in planes]
    tags = {256: (4, [width]), 257: (4, [height]), 258: (3, [16] * 3), 259: (3, [1]), 262: (3, [2]), 273: (4, [0] * 3), 277: (3, [samples])}
    tags |= {278: (4, [height]), 279: (4, [len(part) for part in parts]), 284: (3, [2])}
    beyond, place = b"", 8 + 2 + 12 * len(tags) + 4
    content = place + sum(len(values) * (2 if kind == 3 else 4) for kind, values in tags.values() if len(values) > 1)
    tags[273] = (4, [content + index * len(parts[0]) for index in range(samples)])
    rows = b""
    for tag, (kind, values) in sorted(tags.items()):
        packed = struct.pack("<" + ("H" if kind == 3 else "I") * len(values), *values)
        if len(packed) > 4:
            packed, beyond = struct.pack("<I", place + len(beyond)), beyond + packed
        rows += struct.pack("<HHI", tag, kind, len(values)) + packed.ljust(4, b"\0")
    return b"II" + struct.pack("<HIH", 42, 8, len(tags)) + rows + bytes(4) + beyond + b"".join(parts)


def _odd_files(folder: Path, good: bytes) -> int:
    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    files = {
        "cut.png": good[: len(good) // 2],
        "empty.png": b"",
        "text.png": b"not a picture",
        "another ending.jpg": good,
        "no header.png": good[100:],
        "text of 2 MB.png": good[:33] + chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"a line of a log\n" * 130_000)) + good[33:],
        "no density.png": good[:33] + chunk(b"pHYs", b"\0\0") + good[33:],
        "enormous.png": good[:16] + struct.pack(">II", 2**31 - 1, 2**31 - 1) + good[24:],
        "slide.svs": b"",
        "film.dcm": b"",
        "notes.txt": b"",
        "Thumbs.db": b"",
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
    (folder / ".hidden.png").write_bytes(b"")
    return len(files)


def _odd_names(folder: Path, good: bytes) -> int:
    names = [
        b"latin-\xe9.png",
        b"line\nbreak.png",
        "\u202egnp.turned.png".encode(),
        b"=cmd.png",
        b"-rf.png",
        b"x" * 251 + b".png",
        b" .png",
    ]
    for name in names:
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_bytes(good)
    return len(names)


def _odd_places(folder: Path, good: bytes) -> int:
    os.mkfifo(folder / "pipe.png")
    (folder / "device.png").symlink_to("/dev/zero")
    (folder / "nowhere.png").symlink_to(folder / "gone.png")
    (folder / "itself.png").symlink_to(folder / "itself.png")
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "folder.png").mkdir()
    (folder / "folder.png" / "in it.png").write_bytes(good)
    with socket.socket(socket.AF_UNIX) as unix:
        before = Path.cwd()
        os.chdir(folder)  # the path of a socket must be short
        unix.bind("socket.png")
        _nest(200, 30)
        os.chdir(before)
    return 8


def _nest(length: int, depth: int) -> None:
    """Nest folders, each in the previous one, until their path is too long for any system; change the working folder to the last."""
    for _ in range(depth):
        Path("d" * length).mkdir()
        os.chdir("d" * length)
