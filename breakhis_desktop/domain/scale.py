"""How large what an image shows is, where its official name says so."""

import math

from breakhis_desktop.domain.filenames import parse_official_name

_MICROMETRES_PER_PIXEL = {40: 0.49, 100: 0.20, 200: 0.10, 400: 0.05}
"""Source: Spanhol et al., IEEE Trans. Biomed. Eng. 63(7), 2016, Table 1, the effective pixel size by magnification."""

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
