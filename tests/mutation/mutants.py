"""Generates the mutants of a file: applies most of mutmut's operators, and some others, to nearly all of its code.

mutmut's own runner is not enough. It skips decorated functions (such as properties and context managers) and code outside functions (such
as limits and SQL), and it never drops a statement.
"""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import libcst as cst
from libcst.metadata import CodeRange, MetadataWrapper, PositionProvider
from mutmut.mutation.mutators import mutation_operators, operator_arg_removal, operator_number, operator_string

from training.source_code import without_comments

_NEVER_CHANGED = (cst.Annotation, cst.Decorator, cst.Import, cst.ImportFrom)
"""Types, decorators and imports: after a change there, mypy fails or nothing runs."""

_REPLACED = (operator_arg_removal, operator_number, operator_string)
"""mutmut's operators that are too coarse: any test notices if 0.05 becomes 1.05, and most calls fail without one of their arguments."""

_LOG = re.compile(r"(_log|logger|logging)\.\w+\(")


@dataclass(frozen=True, slots=True)
class Mutant:
    """A change in one place of one file.

    Attributes:
        file: The file's path in the repository.
        lines: The first and last changed line, numbered as in the original file.
        at_import: Whether the change is outside all functions, so that coverage cannot attribute it to a test.
        change: The changed lines before and after, joined on one line, with a number if the same change occurs more than once.
        source: The text of the mutated file.
    """

    file: str
    lines: tuple[int, int]
    at_import: bool
    change: str
    source: str


def mutants_of(root: Path, file: str) -> list[Mutant]:
    """Return all mutants of a file, in line order."""
    wrapper = MetadataWrapper(cst.parse_module(without_comments((root / file).read_text(encoding="utf-8"))))
    finder = _Finder()
    wrapper.visit(finder)
    before = wrapper.module.code
    positions = wrapper.resolve(PositionProvider)
    sources = {_replaced(wrapper.module, before, positions.get(node), node, new) for node, new in finder.found}
    bodies = [(one.body[0].lineno, one.end_lineno or 0) for one in ast.walk(ast.parse(before)) if isinstance(one, ast.FunctionDef)]
    seen: Counter[str] = Counter()
    mutants = []
    for lines, change, source in sorted(_difference(before, source) for source in sources - {before}):
        seen[change] += 1
        at_import = not any(first <= lines[0] <= last for first, last in bodies)
        mutants.append(Mutant(file, lines, at_import, change + (f" #{seen[change]}" if seen[change] > 1 else ""), source))
    return mutants


def _replaced(module: cst.Module, text: str, at: CodeRange | None, node: cst.CSTNode, new: cst.CSTNode) -> str:
    """Return the code with a node replaced.

    The node is replaced in the text if possible, because `deep_replace`, which compound statements need, copies the whole tree.
    """
    if at is None or isinstance(node, cst.BaseCompoundStatement):
        return cst.ensure_type(module.deep_replace(node, new), cst.Module).code
    lines = text.splitlines(keepends=True)
    start, end = (sum(map(len, lines[: place.line - 1])) + place.column for place in (at.start, at.end))
    bare = new.with_changes(lpar=[], rpar=[]) if getattr(node, "lpar", ()) else new  # the node's position excludes its parentheses
    return text[:start] + module.code_for_node(bare) + text[end:]


def _difference(before: str, after: str) -> tuple[tuple[int, int], str, str]:
    """Return the lines of the first text that differ, the difference as `before => after`, and the second text."""
    old, new = before.splitlines(), after.splitlines()
    shorter = min(len(old), len(new))
    start = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    end = next((at for at in range(shorter - start) if old[-1 - at] != new[-1 - at]), shorter - start)
    parts = (" ".join(" ".join(lines[start : len(lines) - end]).split()) for lines in (old, new))
    return (start + 1, max(len(old) - end, start + 1)), " => ".join(parts), after


class _Finder(cst.CSTVisitor):
    """Collects each node to mutate, together with its replacement."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[cst.CSTNode, cst.CSTNode]] = []
        self._guards: list[cst.CSTNode | None] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, _NEVER_CHANGED) or _is_log(node) or _names_a_type(node) or node in self._guards:
            return False
        match node:
            case cst.Call():
                self._guards.append(_guard_of(node))
            case cst.If(test=cst.Name() | cst.Attribute() | cst.Call() | cst.NamedExpr()):
                test = node.test.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
                self.found.append((node.test, cst.UnaryOperation(cst.Not(), test)))
            case cst.Raise() | cst.Expr(value=cst.Call()):
                self.found.append((node, cst.Pass()))
        self.found += [(node, new) for new in _replacements(node)]
        return True


def _is_log(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.Expr) and _LOG.match(cst.Module([]).code_for_node(node)) is not None


def _names_a_type(node: cst.CSTNode) -> bool:
    match node:
        case cst.Assign(targets=[cst.AssignTarget(target=cst.Name(value=name))]):
            return name.lstrip("_")[:1].isupper() and not name.isupper()
    return False


def _guard_of(node: cst.Call) -> cst.Arg | None:
    """Return the `strict` argument of a `zip`. It only exposes bugs, so removing it from a correct program changes nothing."""
    match node:
        case cst.Call(func=cst.Name(value="zip"), args=[*_, cst.Arg(keyword=cst.Name(value="strict")) as guard]):
            return guard
    return None


def _replacements(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    for kind, operator in mutation_operators:
        if isinstance(node, kind) and operator not in _REPLACED and not _is_wording(getattr(node, "value", None)):
            yield from operator(node)
    match node:
        case cst.Float():
            yield node.with_changes(value=repr(node.evaluated_value * 1.1 or 1.0))
        case cst.Integer():
            yield from operator_number(node)
        case cst.SimpleString():
            yield from _other_text(node)
        case cst.Call():
            yield from _left_out(node)


def _other_text(node: cst.SimpleString) -> Iterator[cst.CSTNode]:
    if not _is_wording(node):
        yield from list(operator_string(node))[:1]


def _is_wording(node: object) -> bool:
    """Return whether a string is wording, a docstring or SQL; mutating it would be pointless, because any change breaks it.

    A single word is none of these: it may be a value that the code compares.
    """
    if isinstance(node, cst.SimpleString):
        return " " in str(node.evaluated_value)
    return isinstance(node, cst.ConcatenatedString | cst.FormattedString)


def _left_out(node: cst.Call) -> Iterator[cst.CSTNode]:
    """Yield copies of a call that each lack one keyword argument. Most calls fail at once if a positional argument is missing."""
    for place, argument in enumerate(node.args):
        if argument.keyword is not None and argument is not _guard_of(node):
            yield node.with_changes(args=[*node.args[:place], *node.args[place + 1 :]])
