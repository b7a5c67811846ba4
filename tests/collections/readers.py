"""Reads files with other decoders: libvips, and as a third reader tifffile, OpenJPEG, Qt or ImageMagick."""

import os
import subprocess
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import ImageCms
from PySide6.QtGui import QImage, QImageReader

from tests.collections.verdicts import Ending, Reading

SECONDS = 120
_BANDS = {"b-w": 1, "grey16": 1, "srgb": 3, "rgb": 3, "rgb16": 3, "scrgb": 3, "lab": 3, "labs": 3, "cmyk": 4}
_SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
_ADDRESS_SPACE = 8_000_000_000


def read_with_vips(file: Path, folder: Path) -> Reading:
    """Read the first page with libvips: upright, in 8-bit sRGB, on white."""
    try:
        header = dict(line.split(": ", 1) for line in _run("vipsheader", "-a", str(file)).splitlines() if ": " in line)
        bands, colours = int(header["bands"]), header["interpretation"]
        steps: list[tuple[str, ...]] = [("autorot",)] if header.get("orientation", "1") != "1" else []
        if "icc-profile-data" in header:
            steps.append(("icc_transform", "srgb", "--embedded", "--intent", "perceptual"))
        elif (colours, header["format"]) != ("srgb", "uchar"):
            steps.append(("colourspace", "srgb"))
        if bands > _BANDS.get(colours, bands):
            steps.append(("flatten", "--background", "255"))
        return Reading(Ending.PIXELS, "", _through(file, steps or [("copy",)], folder))
    except ReadingError as error:
        return Reading(Ending.UNREADABLE, str(error))


def _through(file: Path, steps: Sequence[tuple[str, ...]], folder: Path) -> NDArray[np.uint8]:
    """Apply operations of libvips one after another, and return the final pixels."""
    source, result = f"{file}[fail-on=error]", folder / "vips.ppm"
    for number, (operation, *options) in enumerate(steps, 1):
        target = f"{result}[strip]" if number == len(steps) else str(folder / f"step{number}.v")
        try:
            _run("vips", operation, source, target, *options)
        except ReadingError:
            if operation != "icc_transform":
                raise
            # libvips cannot apply the profile: ignore it.
            _run("vips", "colourspace", source, target, "srgb")
        source = target
    return read_netpbm(result.read_bytes())


class ReadingError(Exception):
    """A reader could not read the file."""


def _run(*call: str) -> str:
    limits = ("prlimit", f"--as={_ADDRESS_SPACE}", "--core=0")
    settings = {**os.environ, "VIPS_CONCURRENCY": "1", "LC_ALL": "C", "MAGICK_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run([*limits, *call], capture_output=True, check=False, timeout=SECONDS, env=settings)
    except subprocess.TimeoutExpired:
        raise ReadingError(f"no answer within {SECONDS} s") from None
    if done.returncode:
        told = [line for line in done.stderr.decode(errors="replace").splitlines() if line.strip()] or [f"ended with {done.returncode}"]
        raise ReadingError(next((line for line in told if "WARNING" not in line), told[-1])[:140])
    return done.stdout.decode(errors="replace")


def read_netpbm(data: bytes) -> NDArray[np.uint8]:
    """Return the pixels of a binary PPM or PGM file with 8 or 16 bits."""
    fields: list[bytes] = []
    place = 0
    while len(fields) < 4:
        end = place
        while not data[end : end + 1].isspace():
            end += 1
        if data[place : place + 1] == b"#":
            end = data.index(b"\n", place)
        elif end > place:
            fields.append(data[place:end])
        place = end + 1
    (width, height, most), bands = (int(field) for field in fields[1:]), 3 if fields[0] == b"P6" else 1
    values = np.frombuffer(data, ">u2" if most > 255 else np.uint8, width * height * bands, place).reshape(height, width, bands)
    scaled = values if most == 255 else np.rint(values * (255 / most)).astype(np.uint8)
    return np.repeat(scaled, 3, axis=2) if bands == 1 else scaled


def read_with_third(file: Path, kind: str, folder: Path) -> Reading:
    """Read a file with the third reader that suits its format best."""
    try:
        if kind == "TIFF" and find_spec("tifffile"):
            return _with_tifffile(file) or _with_magick(file, folder)
        if kind == "JPEG2000":
            return _with_openjpeg(file, folder)
        # ImageMagick would not be an independent opinion on BMP: libvips uses it too.
        return _with_qt(file) if kind == "BMP" else _with_magick(file, folder)
    except ReadingError as error:
        return Reading(Ending.UNREADABLE, str(error))


def _with_magick(file: Path, folder: Path) -> Reading:
    target = folder / "magick.ppm"
    profile = folder / "srgb.icc"
    profile.write_bytes(_SRGB)
    colours = ("-intent", "perceptual", "-profile", str(profile), "-colorspace", "sRGB", "-depth", "8")
    _run("convert", f"{file}[0]", "-auto-orient", *colours, "-background", "white", "-alpha", "remove", "-alpha", "off", f"ppm:{target}")
    return Reading(Ending.PIXELS, "", read_netpbm(target.read_bytes()))


def _with_openjpeg(file: Path, folder: Path) -> Reading:
    target = folder / "openjpeg.ppm"
    _run("opj_decompress", "-i", str(_with_known_name(file, folder)), "-o", str(target), "-force-rgb", "-upsample", "-quiet")
    return Reading(Ending.PIXELS, "", read_netpbm(target.read_bytes()))


def _with_known_name(file: Path, folder: Path) -> Path:
    link = folder / ("source.j2k" if file.read_bytes().startswith(b"\xff\x4f\xff\x51") else "source.jp2")
    link.unlink(missing_ok=True)
    link.symlink_to(file.absolute())
    return link


def _with_qt(file: Path) -> Reading:
    reader = QImageReader(str(file))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    image = reader.read()
    if image.isNull():
        raise ReadingError(f"Qt: {reader.errorString()}")
    alpha = image.hasAlphaChannel()
    image = image.convertToFormat(QImage.Format.Format_RGBA8888)
    values = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)[:, : image.width()]
    return Reading(Ending.PIXELS, "", on_white(values) if alpha else values[..., :3].copy())


def on_white(values: NDArray[np.uint8]) -> NDArray[np.uint8]:
    opacity = values[..., 3:].astype(np.float32) / 255
    return np.asarray(np.rint(values[..., :3] * opacity + 255 * (1 - opacity)), dtype=np.uint8)


def _with_tifffile(file: Path) -> Reading | None:
    """Read a file with tifffile; return None if its pixels can be read but their colours are unknown."""
    from tests.collections.tiff import NoPictureError, read_page

    try:
        return Reading(Ending.PIXELS, "", read_page(file))
    except NoPictureError:
        return None
    except Exception as error:  # noqa: BLE001 (tifffile raises whatever its codecs raise)
        raise ReadingError(f"tifffile: {error}"[:140]) from None
