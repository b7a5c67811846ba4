"""Opens an image of a run as a picture that Qt can paint, with overlays for its heat maps."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage

from breakhis_desktop.domain.records import ImageRecord
from breakhis_desktop.domain.scale import micrometres_per_pixel
from breakhis_desktop.imaging.heat_colours import heat_overlay
from breakhis_desktop.pipeline.open_image import OpenedImage, open_image
from breakhis_desktop.ui.look.words import localised
from breakhis_desktop.ui.state.heat_choice import HeatMap
from breakhis_desktop.ui.viewer.picture import Picture

_LONGEST_GLOW = 512
"""Longer side of a heat map overlay, in pixels; a small overlay is enough, because a map has few cells and the view interpolates."""

_MAPS = (HeatMap.MALIGNANT, HeatMap.SUBTYPE)
"""The heat maps in the order in which the store keeps them."""


def open_picture(record: ImageRecord, store_file: Path, run_id: int) -> Picture:
    """Decode an image with the program's own decoder, and read its heat maps.

    Raises:
        UserError: The image cannot be read or decoded.
    """
    opened = open_image(record, store_file, run_id)
    decoded = opened.image
    rows = QImage(decoded.tobytes(), decoded.width, decoded.height, 3 * decoded.width, QImage.Format.Format_RGB888)
    glows, reason = _glows(record, opened)
    return Picture(
        image=rows.convertToFormat(QImage.Format.Format_RGB32),
        glows=glows,
        no_glow=reason,
        subtype=localised(record.prediction.subtype.name) if record.prediction else "",
        micrometres_per_pixel=micrometres_per_pixel(record.path.name, decoded.size),
    )


def _glows(record: ImageRecord, opened: OpenedImage) -> tuple[dict[HeatMap, QImage], str]:
    """Return the overlays of the heat maps, or why there are none."""
    if record.prediction is None or record.size is None:
        return {}, QCoreApplication.translate("Preview", "No heat map: the models did not classify this image.")
    if opened.trouble:
        return {}, localised(opened.trouble)
    if opened.heat_maps is None:
        return {}, QCoreApplication.translate(
            "Preview", "No heat map: an earlier version of the program made this run. Analyse the image again to have one."
        )
    factor = min(1.0, _LONGEST_GLOW / max(record.size))
    size = (max(1, round(record.size[0] * factor)), max(1, round(record.size[1] * factor)))
    return {name: _as_image(heat_overlay(one, size)) for name, one in zip(_MAPS, opened.heat_maps, strict=True)}, ""


def _as_image(pixels: NDArray[np.uint8]) -> QImage:
    height, width, _ = pixels.shape
    straight = QImage(pixels.tobytes(), width, height, 4 * width, QImage.Format.Format_RGBA8888)
    return straight.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
