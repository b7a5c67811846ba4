"""No test module imports another test module."""

import ast
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).parents[1]


def imported_by(file: Path) -> Iterator[str]:
    """Yield each part (between dots) of the names that a module imports, by `import` or by `from`."""
    for node in ast.walk(ast.parse(file.read_bytes())):
        match node:
            case ast.Import(names=names):
                yield from (part for name in names for part in name.name.split("."))
            case ast.ImportFrom(module=module, names=names):
                yield from (module or "").split(".")
                yield from (name.name for name in names)


def test_no_test_module_is_imported_by_another() -> None:
    modules = {file.stem for file in TESTS.rglob("test_*.py")}
    assert {str(file.relative_to(TESTS)): found for file in TESTS.rglob("*.py") if (found := modules & set(imported_by(file)))} == {}
