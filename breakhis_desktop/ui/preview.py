"""Opens a file as the picture that the models saw."""

from pathlib import Path

from PySide6.QtGui import QImage

from breakhis_desktop.errors import UserError
from breakhis_desktop.imaging.decode import decode


def open_picture(path: Path) -> QImage:
    """Decode an image through the program's own decoder.

    Raises:
        UserError: It cannot be read or decoded.
    """
    try:
        image = decode(path.read_bytes())
    except OSError as error:
        raise UserError(f"The file cannot be opened ({error.strerror}).") from error
    return QImage(image.tobytes(), image.width, image.height, 3 * image.width, QImage.Format.Format_RGB888).copy()
