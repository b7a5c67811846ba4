"""Removes comments and docstrings from Python source, so that editing them does not count as a change of the code.

The source is compared as text, because the output of `ast.unparse` and `ast.dump` differs between versions of Python.
"""

import ast
import io
import tokenize
from typing import TypeGuard


def code_of(source: str) -> str:
    """Return a module's source without comments, docstrings and blank lines, which compute nothing."""
    lines = without_comments(source).splitlines()
    for node in ast.walk(ast.parse(source)):
        if _is_docstring(node) and not lines[node.lineno - 1][: node.col_offset].strip():
            lines[node.lineno - 1 : node.end_lineno] = [""] * ((node.end_lineno or node.lineno) - node.lineno + 1)
    return "".join(f"{line}\n" for line in lines if line.strip())


def without_comments(source: str) -> str:
    """Remove the comments but keep the lines, so that line numbers stay as they are."""
    lines = source.splitlines(keepends=True)
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            line, start, end = token.start[0] - 1, token.start[1], token.end[1]
            lines[line] = lines[line][:start].rstrip() + lines[line][end:]
    return "".join(lines)


def _is_docstring(node: ast.AST) -> TypeGuard[ast.Expr]:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
