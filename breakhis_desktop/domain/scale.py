"""The physical scale of a published BreakHis field, and lengths for its scale bar."""

import math

from breakhis_desktop.domain.filenames import parse_official_name

_MICROMETRES_PER_PIXEL = {40: 0.49, 100: 0.20, 200: 0.10, 400: 0.05}
"""The published effective pixel size by magnification, computed from objective and relay lens, not measured.

The figures are doubtful: at 400X, epithelial nuclei are about 50 pixels wide, which would be 2.5 micrometres instead of the usual 8 to 10.
If computed without the relay lens, the figures would be 3.3 times as large, and plausible. So always show them as published figures.

Source: Spanhol et al., IEEE Trans. Biomed. Eng. 63(7), 2016, Table 1.
"""

_ORIGINAL_SIZES = {(700, 460), (700, 456)}
"""The sizes of the published fields, in pixels; a resized copy under the same name has another scale."""


def micrometres_per_pixel(file_name: str, size: tuple[int, int]) -> float | None:
    """Return the pixel size that the authors of BreakHis published; None for anything but a published field in its original size.

    Args:
        file_name: The file name without its folder.
        size: Width and height in pixels.
    """
    name = parse_official_name(file_name)
    return _MICROMETRES_PER_PIXEL.get(name.magnification) if name and size in _ORIGINAL_SIZES else None


def round_length(longest: float) -> float:
    """Return the largest length of the series ... 0.5, 1, 2, 5, 10, 20 ... that does not exceed `longest`."""
    power = 10.0 ** math.floor(math.log10(longest))
    return next(step * power for step in (5, 2, 1, 0.5) if step * power <= longest)
