"""Collects photographs, wallpapers and an immunohistochemistry field, and blurs the program's sample images."""

from collections.abc import Iterator
from pathlib import Path

import matplotlib as mpl
import numpy as np
import sklearn.datasets
from PIL import Image, ImageFilter
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from breakhis_desktop.assets import sample_images
from tests.benchmarks.negatives.pictures import LARGE, SIZE, Named, Picture, cut, size_of

SKIMAGE = (
    "astronaut.png", "brick.png", "camera.png", "cell.png", "chelsea.png", "clock_motion.png", "coffee.png", "coins.png", "grass.png",
    "gravel.png", "hubble_deep_field.jpg", "moon.png", "motorcycle_left.png", "retina.jpg", "rocket.jpg",
)  # fmt: skip
WALLPAPERS = (
    "backgrounds/2004default.jpg", "backgrounds/calla.png", "backgrounds/desert.png", "backgrounds/firstgeneration.jpg",
    "backgrounds/fluent-color.png", "backgrounds/goldfish.png", "backgrounds/rhythm.jpg", "backgrounds/string.jpg",
    "backgrounds/the-mouse.jpg", "backgrounds/gnome/adwaita-l.webp", "backgrounds/gnome/grid-l.webp", "backgrounds/gnome/licorice-l.webp",
    "backgrounds/gnome/pixels-l.webp", "backgrounds/gnome/symbolic-d.webp", "backgrounds/gnome/truchet-d.webp",
    "backgrounds/gnome/dune-l.svg", "backgrounds/gnome/wood-l.webp", "backgrounds/sway/Sway_Wallpaper_Blue_1920x1080.png",
    "backgrounds/xfce/xfce-leaves.svg", "backgrounds/xfce/xfce-shapes.svg", "backgrounds/xfce/xfce-verticals.png",
    "desktop-base/homeworld-theme/wallpaper/contents/images/1920x1200.svg",
    "desktop-base/joy-inksplat-theme/wallpaper/contents/images/1920x1200.svg",
    "desktop-base/moonlight-theme/wallpaper/contents/images/1920x1200.svg",
    "desktop-base/spacefun-theme/wallpaper/contents/images/1920x1200.svg", "lxqt/wallpapers/Valendas.png",
    "lxqt/wallpapers/after-the-rain.jpg", "lxqt/wallpapers/appleflower.png", "lxqt/wallpapers/butterfly.png", "lxqt/wallpapers/cloud.png",
    "lxqt/wallpapers/drop.png", "lxqt/wallpapers/flowers.png", "lxqt/wallpapers/kde-plasma.png", "lxqt/wallpapers/plasma_arch.png",
    "lxqt/wallpapers/this-is-not-windows.jpg", "lxqt/wallpapers/triangles.png", "lxqt/wallpapers/waves-purple-logo.jpg",
)  # fmt: skip
FIELD_CUTS = ((1.0, 3), (0.75, 5), (0.5, 8))
"""Relative widths of the cuts from the immunohistochemistry field, and the number of cuts of each width."""


def photographs(downloads: Path) -> Iterator[Named]:
    """Yield each photograph as a whole, then a part of it."""
    files = [downloads / "skimage" / "data" / name for name in SKIMAGE]
    files += [Path(sklearn.datasets.__file__).parent / "images" / name for name in ("china.jpg", "flower.jpg")]
    files.append(Path(mpl.get_data_path()) / "sample_data" / "grace_hopper.jpg")
    return _whole_and_part([file for file in files if file.exists()], 0.6)


def wallpapers(downloads: Path) -> Iterator[Named]:
    """Yield each wallpaper as a whole, then a part of it."""
    files = [downloads / "usr" / "share" / name for name in WALLPAPERS]
    return _whole_and_part([file for file in files if file.exists()], 0.35)


def _whole_and_part(files: list[Path], share: float) -> Iterator[Named]:
    rng = np.random.default_rng(1)
    for number, file in enumerate(files):
        picture = read(file)
        yield f"{file.stem}-whole", cut(picture, 1.0, 0.5, 0.5, size_of(number) if picture.width >= LARGE[0] else SIZE)
        yield f"{file.stem}-part", cut(picture, share, *rng.uniform(0.15, 0.85, 2))


def read(file: Path) -> Picture:
    """Read a picture; render it if it is an SVG file."""
    if file.suffix != ".svg":
        return Image.open(file).convert("RGB")
    image = QImage(1920, 1200, QImage.Format.Format_RGBX8888)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    renderer = QSvgRenderer(str(file))
    renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatioByExpanding)
    renderer.render(painter)
    painter.end()
    return from_qt(image)


def from_qt(image: QImage) -> Picture:
    """Convert a Qt image to a Pillow image."""
    image = image.convertToFormat(QImage.Format.Format_RGBX8888)
    return Image.frombuffer("RGBX", (image.width(), image.height()), bytes(image.constBits()), "raw", "RGBX", 0, 1).convert("RGB")


def immunohistochemistry(downloads: Path) -> Iterator[Named]:
    """Yield parts of scikit-image's only immunohistochemistry field at several scales, if it has been downloaded; the parts overlap."""
    file = downloads / "skimage" / "data" / "ihc.png"
    if not file.exists():
        return
    rng = np.random.default_rng(2)
    field = read(file)
    for share, count in FIELD_CUTS:
        for down in np.linspace(0, 1, count):
            yield f"width-{share:.2f}", cut(field, share, float(rng.uniform()), float(down))


def out_of_focus() -> Iterator[Named]:
    """Yield each of the program's sample images three times, each time more strongly blurred."""
    for file in sorted(sample_images().glob("*.png")):
        for blur in (6, 9, 14):
            yield f"{file.stem}-blur-{blur}", read(file).filter(ImageFilter.GaussianBlur(blur))
