"""Parts of the results page, each rendered separately."""

from types import SimpleNamespace
from typing import Any

from training.comparison.chosen import REFERENCE
from training.comparison.page import Numbers, naming
from training.pages.rendering import templates


def written(template: str, pictures: frozenset[str] = frozenset(), **views: Any) -> str:
    """Render a template with these views and with everything that all sections share."""
    page = SimpleNamespace(numbers=Numbers(), folder="results/figures", results="results", pictures=pictures, reference=REFERENCE, **views)
    return templates().from_string(template).render(page=page, **naming("mine"))


def section(name: str, **views: Any) -> str:
    """Render a section of the results page."""
    return written('{% include "results/' + name + '.md.j2" %}', **views)
