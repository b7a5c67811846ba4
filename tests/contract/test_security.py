"""Every promise in SECURITY.md names tests that exist, and the code never uses pickle."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
PROMISES = [line for line in PAGE.splitlines() if line.startswith("| **")]
PICKLING = re.compile(r"(import|from) +(pickle|cloudpickle|dill|joblib|shelve)\b|allow_pickle=True|read_pickle|to_pickle")
TESTS = sorted(set(re.findall(r"tests/[\w/.:]+", PAGE)))


def title_of(promise: str) -> str:
    return promise.split("**")[1]


def test_security_md_makes_promises() -> None:
    assert len(PROMISES) >= 10


@pytest.mark.parametrize("promise", PROMISES, ids=title_of)
def test_every_promise_names_a_test(promise: str) -> None:
    assert "`tests/" in promise.split("|")[2]


@pytest.mark.parametrize("named", TESTS)
def test_every_named_test_exists(named: str) -> None:
    file, _, function = named.partition("::")
    assert f"def {function or 'test_'}" in (ROOT / file).read_text(encoding="utf-8")


def test_nothing_is_read_or_written_with_pickle() -> None:
    sources = [file for package in ("breakhis_desktop", "training") for file in (ROOT / package).rglob("*.py")]
    assert len(sources) > 50
    assert [file for file in sources if PICKLING.search(file.read_text(encoding="utf-8"))] == []
