"""The window's Portuguese translation is complete and consistent with the English texts."""

import ast
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from build_spec.translations import FOLDER, ROOT, compile_catalogue, tool, update

CATALOGUE = FOLDER / "breakhis_desktop_pt.ts"
needs_tools = pytest.mark.skipif(tool("pyside6-lupdate") is None, reason="PySide6's translation tools are not installed")


def messages(catalogue: Path) -> Iterator[tuple[str, str, ElementTree.Element]]:
    """Yield the context, the English text and the translation of each entry."""
    for context in ElementTree.parse(catalogue).getroot().findall("context"):  # noqa: S314 (our own file)
        for message in context.findall("message"):
            translation = message.find("translation")
            assert translation is not None
            yield context.findtext("name", ""), message.findtext("source", ""), translation


def texts_in_code() -> Iterator[str]:
    """Yield the texts that the code marks for translation."""
    for file in sorted((ROOT / "breakhis_desktop").glob("ui/**/*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
                if name in {"tr", "translate", "QT_TRANSLATE_NOOP"} and node.args and isinstance(node.args[-1], ast.Constant):
                    yield str(node.args[-1].value)


def placeholders(text: str) -> list[str]:
    return sorted(re.findall(r"\{[^}]*\}", text))


def test_no_entry_is_unfinished_or_obsolete() -> None:
    entries = list(messages(CATALOGUE))
    assert len(entries) > 500
    assert [source for _, source, translation in entries if translation.get("type") or not translation.text] == []


def test_each_translation_has_the_placeholders_of_its_source() -> None:
    wrong = [source for _, source, translation in messages(CATALOGUE) if placeholders(source) != placeholders(translation.text or "")]
    assert wrong == []


def test_each_translation_keeps_shortcuts_and_symbols() -> None:
    keys = re.compile(r"Ctrl\+[\w.+]+|…$|▾$|^\W*✓")
    wrong = [source for _, source, translation in messages(CATALOGUE) if keys.findall(source) != keys.findall(translation.text or "")]
    assert wrong == []


def test_every_text_in_the_code_is_in_the_catalogue() -> None:
    known = {source for _, source, _ in messages(CATALOGUE)}
    assert set(texts_in_code()) - known == set()


@needs_tools
def test_the_catalogue_is_up_to_date_with_the_code(tmp_path: Path) -> None:
    copy = tmp_path / CATALOGUE.name
    shutil.copy(CATALOGUE, copy)
    update(copy)
    assert [(context, source) for context, source, _ in messages(copy)] == [(context, source) for context, source, _ in messages(CATALOGUE)]


@needs_tools
def test_the_compiled_catalogue_matches_its_source(tmp_path: Path) -> None:
    compile_catalogue(CATALOGUE, tmp_path / "made.qm")
    assert (tmp_path / "made.qm").read_bytes() == CATALOGUE.with_suffix(".qm").read_bytes()
