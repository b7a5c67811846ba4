"""The Markdown pages that training writes, as templates: edit a `.j2` file to change what a page says.

A template is given typed objects and decides nothing but wording and order. Several blank lines in a row become one. A line that ends with
a block tag, as `{% endfor %}`, loses its line break: leave a blank line after it if the next line is not to follow at once.
"""

from training.pages.rendering import render

__all__ = ["render"]
