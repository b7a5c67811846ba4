"""The colours of window, reports and charts, which one file names."""

import functools
import tomllib

from breakhis_desktop.assets import resources


@functools.cache
def palette(name: str) -> dict[str, str]:
    """Return colours as `#rrggbb` by name.

    Args:
        name: Of a table in the file: `light`, `dark`, or `charts` for those that charts need beside the light ones.
    """
    tables = tomllib.loads((resources() / "style" / "palette.toml").read_text(encoding="utf-8"))
    return {key: str(value) for key, value in tables[name].items()}
