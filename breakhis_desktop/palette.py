"""The colours of window, reports and charts, defined in one file."""

import functools
import tomllib

from breakhis_desktop.assets import resources


@functools.cache
def palette(name: str) -> dict[str, str]:
    """Return the colours of a palette, as `#rrggbb` by the colour's name.

    Args:
        name: A table in the palette file: `light`, `dark`, or `charts` for the colours that charts need in addition to the light ones.
    """
    tables = tomllib.loads((resources() / "style" / "palette.toml").read_text(encoding="utf-8"))
    return {key: str(value) for key, value in tables[name].items()}
