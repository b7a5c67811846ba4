"""The Markdown pages that training writes, as templates: edit a `.j2` file to change what a page says.

A template is given typed objects and decides nothing but wording and order. Blank lines may be left out or repeated at will: two in a row
become one.
"""

from training.pages.rendering import render

__all__ = ["render"]
