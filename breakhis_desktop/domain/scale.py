"""How large what an image shows is, where its official name says so."""

import math

from breakhis_desktop.domain.filenames import parse_official_name

_MICROMETRES_PER_PIXEL = {40: 0.49, 100: 0.20, 200: 0.10, 400: 0.05}
"""The effective pixel size by magnification, computed from objective and relay lens, not measured.

In fields at 400X, nuclei of epithelium are about 50 of these pixels wide: 2.5 micrometres, where 8 to 10 are usual. Without the relay
lens the figures would be 3.3 times as large, and fit. So whatever shows them says that they are as published.

Source: Spanhol et al., IEEE Trans. Biomed. Eng. 63(7), 2016, Table 1.
"""

_ORIGINAL_SIZES = {(700, 460), (700, 456)}
"""Those of the fields as they were published; a smaller copy under the same name has another scale."""


def micrometres_per_pixel(file_name: str, size: tuple[int, int]) -> float | None:
    """Return the side of a pixel as the authors of BreakHis state it; None for all but fields as they published them.

    Args:
        file_name: The name alone, without its folder.
        size: Width and height in pixels.
    """
    name = parse_official_name(file_name)
    return _MICROMETRES_PER_PIXEL.get(name.magnification) if name and size in _ORIGINAL_SIZES else None


def round_length(longest: float) -> float:
    """Return the largest of the lengths 1, 2, 5, 10, 20, 50 and so on, and of their fractions, that is no longer than this."""
    power = 10.0 ** math.floor(math.log10(longest))
    return next(step * power for step in (5, 2, 1, 0.5) if step * power <= longest)
