"""The Markdown pages that training writes, as templates: edit a `.j2` file to change what a page says.

A template receives typed objects, and decides only wording and order. Several blank lines in a row become one. A line that ends with a
block tag, such as `{% endfor %}`, loses its line break; leave a blank line after it to keep the next line separate.
"""

from training.pages.rendering import render

__all__ = ["render"]
