"""The Markdown pages that training writes, as templates: edit a `.j2` file to change what a page says.

A template is given typed objects and decides nothing but wording and order. Several blank lines in a row become one. A line that ends with
a block tag, such as `{% endfor %}`, loses its line break: leave a blank line after it if the next line should not join it.
"""

from training.pages.rendering import render

__all__ = ["render"]
