"""Opens a file as the picture that the models saw."""

from pathlib import Path

from PySide6.QtGui import QImage

from breakhis_desktop.errors import UserError
from breakhis_desktop.imaging.decode import decode
from breakhis_desktop.pipeline.discover import why_unreadable
from breakhis_desktop.pipeline.read_image import read_bytes


def open_picture(path: Path) -> QImage:
    """Decode an image through the program's own decoder.

    Raises:
        UserError: It cannot be read or decoded.
    """
    try:
        image = decode(read_bytes(path))
    except OSError as error:
        raise UserError(why_unreadable(error)) from error
    return QImage(image.tobytes(), image.width, image.height, 3 * image.width, QImage.Format.Format_RGB888).copy()
