"""Renders the templates in this folder."""

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from breakhis_desktop.templates import templates_in
from training.pages.filters import FILTERS

if TYPE_CHECKING:
    from jinja2 import Environment


def render(template: str, **views: object) -> str:
    """Render a template as a page; the template accesses each view by the name of its argument."""
    text = templates().get_template(template).render(views)
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n") + "\n"


@cache
def templates() -> "Environment":
    """Return the templates in this folder, with their filters."""
    found = templates_in(Path(__file__).parent)
    found.filters.update(FILTERS)
    return found
