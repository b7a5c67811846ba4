"""The colours of window, reports and charts, defined in one file."""

import functools
import tomllib

from breakhis_desktop.assets import resources


@functools.cache
def palette(name: str) -> dict[str, str]:
    """Return colours as `#rrggbb` by name.

    Args:
        name: A table of the file: `light`, `dark`, or `charts` for the colours that charts need in addition to the light ones.
    """
    tables = tomllib.loads((resources() / "style" / "palette.toml").read_text(encoding="utf-8"))
    return {key: str(value) for key, value in tables[name].items()}
