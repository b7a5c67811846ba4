"""The Jinja2 templates of pages."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment


def templates_in(folder: Path, shown: Callable[[str], str] | None = None) -> "Environment":
    """Return the templates in a folder; templates whose names end in `.html.j2` escape what they show.

    Jinja2 is imported here, so that the window appears without waiting for it.

    Args:
        folder: The folder of the templates.
        shown: Converts each text that a template shows, before the text is escaped; None to show texts as they are.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
    from markupsafe import Markup

    def finalize(value: Any) -> Any:
        return value if shown is None or isinstance(value, Markup) else shown(value)

    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=select_autoescape(["html.j2"]),
        undefined=StrictUndefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
