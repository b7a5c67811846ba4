"""Tests what a mutation run changes and leaves alone, which tests it tries, and which outcomes it keeps."""

import ast
import os
import time
from pathlib import Path

import pytest

from tests.mutation.child import Child, InOrder, run_pytest
from tests.mutation.kept import KeptOutcomes
from tests.mutation.measure import Measured
from tests.mutation.mutants import Mutant, mutants_of
from tests.mutation.rounds import LIKELY, Rounds
from training.source_code import without_comments

SOURCE = '''"""A module."""

import os

Names = dict[str, int]
LIMIT = 0.5
TITLE = "How it is called"


class Gate:
    """A gate."""

    @property
    def is_open(self) -> bool:
        """Whether it is open."""
        return self.height < LIMIT and not (self.shut or self.hot)


def enter(gate: Gate, path: str = "a") -> int | None:
    _log.info("entering %s", 7)
    for key, door in zip(keys[1:], doors, strict=True):
        door.open(key, strict=True)
    if gate.is_open:
        # a comment
        os.remove(path, dir_fd=None)
        return 3
    raise ValueError("It is closed.")
'''


@pytest.fixture
def changes(tmp_path: Path) -> dict[str, Mutant]:
    (tmp_path / "gate.py").write_text(SOURCE, encoding="utf-8")
    return {mutant.change: mutant for mutant in mutants_of(tmp_path, "gate.py")}


@pytest.mark.parametrize(
    "change",
    [
        "LIMIT = 0.5 => LIMIT = 0.55",
        "return self.height < LIMIT and not (self.shut or self.hot) => return self.height <= LIMIT and not (self.shut or self.hot)",
        "return self.height < LIMIT and not (self.shut or self.hot) => return self.height < LIMIT and (self.shut or self.hot)",
        "return self.height < LIMIT and not (self.shut or self.hot) => return self.height < LIMIT and not (self.shut and self.hot)",
        'def enter(gate: Gate, path: str = "a") -> int | None: => def enter(gate: Gate, path: str = "XXaXX") -> int | None:',
        "if gate.is_open: => if not (gate.is_open):",
        "os.remove(path, dir_fd=None) => pass",
        "os.remove(path, dir_fd=None) => os.remove(path, )",
        "for key, door in zip(keys[1:], doors, strict=True): => for key, door in zip(keys[2:], doors, strict=True):",
        "door.open(key, strict=True) => door.open(key, strict=False)",
        "door.open(key, strict=True) => door.open(key, )",
        "return 3 => return 4",
        'raise ValueError("It is closed.") => pass',
    ],
)
def test_limits_and_conditions_and_defaults_and_statements_are_mutated_even_in_decorated_functions(
    changes: dict[str, Mutant], change: str
) -> None:
    assert change in changes


def test_neither_types_nor_imports_nor_log_calls_nor_wording_nor_the_strict_argument_of_zip_is_mutated(changes: dict[str, Mutant]) -> None:
    for untouched in ("Names", "TITLE", "import", "_log", '"""', "@property"):
        assert not [change for change in changes if untouched in change]
    assert [change for change in changes if "zip" in change] == [
        "for key, door in zip(keys[1:], doors, strict=True): => for key, door in zip(keys[2:], doors, strict=True):"
    ]


def test_every_mutant_is_valid_python_and_differs_only_in_its_own_lines(changes: dict[str, Mutant]) -> None:
    for mutant in changes.values():
        ast.parse(mutant.source)
        first, last = mutant.lines
        before, after = without_comments(SOURCE).splitlines(), mutant.source.splitlines()
        assert before[: first - 1] == after[: first - 1]
        assert before[last:] == after[len(after) - len(before[last:]) :]
        assert before != after


def test_code_that_runs_at_import_is_marked(changes: dict[str, Mutant]) -> None:
    at_import = {change.partition(" => ")[0] for change, mutant in changes.items() if mutant.at_import}
    assert at_import == {"LIMIT = 0.5", 'def enter(gate: Gate, path: str = "a") -> int | None:'}


def test_the_same_change_on_two_lines_makes_two_mutants(tmp_path: Path) -> None:
    (tmp_path / "twice.py").write_text("A = 1\nA = 1\n", encoding="utf-8")
    assert [(mutant.lines, mutant.change) for mutant in mutants_of(tmp_path, "twice.py") if "2" in mutant.source] == [
        ((1, 1), "A = 1 => A = 2"),
        ((2, 2), "A = 1 => A = 2 #2"),
    ]


def test_tests_that_run_a_line_are_tried_file_by_file_beginning_with_the_quickest_file_and_its_quickest_test() -> None:
    measured = Measured(
        {"slow.py::one": 9.0, "quick.py::b": 0.1, "quick.py::a": 0.2, "other.py::c": 0.1},
        {"gate.py": {"20": ["slow.py::one", "quick.py::b"], "21": ["all of quick.py"]}},
    )

    def tests_for(first: int, last: int, *, at_import: bool = False) -> list[str]:
        return measured.tests_for(Mutant("gate.py", (first, last), at_import, "", ""))

    assert tests_for(20, 20) == ["quick.py::b", "slow.py::one"]
    assert tests_for(20, 21) == ["quick.py::b", "quick.py::a", "slow.py::one"]
    assert tests_for(22, 22) == []
    assert tests_for(6, 6, at_import=True) == ["quick.py::b", "quick.py::a", "slow.py::one", "other.py::c"]


def test_the_tests_named_after_the_mutated_file_are_tried_before_all_others() -> None:
    measured = Measured({"quick.py::a": 0.1, "unit/test_gate.py::b": 9.0}, {"gate.py": {"20": ["quick.py::a", "unit/test_gate.py::b"]}})
    assert measured.tests_for(Mutant("gate.py", (20, 20), False, "", "")) == ["unit/test_gate.py::b", "quick.py::a"]


def test_tests_beyond_the_budget_are_for_survivors_only_but_the_first_test_is_tried_in_any_case() -> None:
    measured = Measured({"a.py::a": 70.0, "b.py::b": 80.0}, {"gate.py": {"20": ["a.py::a", "b.py::b"]}})
    mutant = Mutant("gate.py", (20, 20), False, "", "")
    assert (measured.tests_for(mutant), measured.tests_left_out(mutant)) == (["a.py::a"], ["b.py::b"])
    untested = Mutant("gate.py", (21, 21), False, "", "")
    assert (measured.tests_for(untested), measured.tests_left_out(untested)) == ([], [])


def test_the_first_round_has_only_the_tests_that_noticed_the_latest_mutants_of_the_file() -> None:
    tests = [f"test_gate.py::{name}" for name in "abcdefg"]
    measured = Measured(
        dict.fromkeys([*tests, "slow.py::one"], 1.0) | {"slow.py::one": 99.0}, {"gate.py": {"20": [*tests, "slow.py::one"]}}
    )
    mutant = Mutant("gate.py", (20, 20), False, "a => b", "")
    rounds = Rounds(measured, {})
    assert list(rounds.of(mutant)) == [tests, ["slow.py::one"]]
    for test in (*tests[1:], tests[2], "test_wall.py::of_another_line", ""):
        rounds.remember(mutant, test)
    likely = [tests[2], *reversed(tests[4:])]
    assert len(likely) == LIKELY
    assert list(rounds.of(mutant)) == [likely, [tests[0], tests[1], tests[3]], ["slow.py::one"]]


def test_an_explained_survivor_is_not_tried_with_the_slowest_tests() -> None:
    measured = Measured({"a.py::a": 1.0, "slow.py::one": 99.0}, {"gate.py": {"20": ["a.py::a", "slow.py::one"]}})
    assert list(Rounds(measured, {"gate.py": {"a => b": "why"}}).of(Mutant("gate.py", (20, 20), False, "a => b", ""))) == [["a.py::a"]]


def test_comments_do_not_change_the_mutants(tmp_path: Path) -> None:
    changes = []
    for comment in ("", "  # not more than two", "  # at most two"):
        (tmp_path / "a.py").write_text(f"def few(count):\n    return count <= 2{comment}\n")
        changes.append([mutant.change for mutant in mutants_of(tmp_path, "a.py")])
    assert changes[0] == changes[1] == changes[2] != []


def test_an_outcome_is_valid_while_the_file_is_unchanged_and_for_a_survivor_only_while_the_tests_are_unchanged_too(tmp_path: Path) -> None:
    killed, survived = (Mutant("gate.py", (line, line), False, f"{line} => {line + 1}", "") for line in (1, 2))
    kept = KeptOutcomes(tmp_path / "outcomes/gate.txt")
    kept.add(killed, "survived", "source-0", "tests-1")
    kept.add(killed, "killed", "source-1", "tests-1")
    kept.add(survived, "survived", "source-1", "tests-1")
    again = KeptOutcomes(tmp_path / "outcomes/gate.txt")
    assert [again.find(mutant, "source-1", "tests-1") for mutant in (killed, survived)] == ["killed", "survived"]
    assert [again.find(mutant, "source-1", "tests-2") for mutant in (killed, survived)] == ["killed", None]
    assert [again.find(mutant, "source-2", "tests-1") for mutant in (killed, survived)] == [None, None]


def test_outcomes_of_mutants_that_no_longer_exist_are_dropped_and_every_other_outcome_is_listed_once(tmp_path: Path) -> None:
    present, former = (Mutant("gate.py", (line, line), False, f"{line} => {line + 1}", "") for line in (1, 2))
    kept = KeptOutcomes(tmp_path / "gate.txt")
    for mutant, outcome in ((present, "survived"), (former, "killed"), (present, "timeout")):
        kept.add(mutant, outcome, "source", "tests")
    kept.tidy([present, Mutant("gate.py", (3, 3), False, "not tried => yet", "")])
    assert len((tmp_path / "gate.txt").read_text(encoding="utf-8").splitlines()) == 1
    again = KeptOutcomes(tmp_path / "gate.txt")
    assert (again.find(present, "source", "tests"), again.find(former, "source", "tests")) == ("timeout", None)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the mutation run needs Linux")
@pytest.mark.parametrize(("fails", "noticed"), [("once", ""), ("always", "test_gate.py::test_it")])
def test_a_test_that_fails_only_once_does_not_count(tmp_path: Path, fails: str, noticed: str) -> None:
    tried = tmp_path / "tried"
    (tmp_path / "test_gate.py").write_text(
        "from pathlib import Path\n"
        "def test_it():\n"
        f"    tried = Path({str(tried)!r})\n"
        f"    known, _ = tried.exists() and {fails == 'once'}, tried.touch()\n"
        "    assert known\n"
    )
    assert _tried(tmp_path) == (int(bool(noticed)), noticed)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the mutation run needs Linux")
def test_a_mutant_that_leaves_pytest_no_memory_for_its_report_is_killed(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text("def pytest_runtest_makereport():\n    raise MemoryError\n")
    (tmp_path / "test_gate.py").write_text("def test_it():\n    pass\n")
    assert _tried(tmp_path) == (1, "test_gate.py::test_it")


def _tried(folder: Path) -> tuple[int, str]:
    """Run the test of `test_gate.py` in a child; return the child's status and the test that failed."""
    plain = [f"--rootdir={folder}", f"--config-file={os.devnull}", str(folder)]
    child = Child(folder / "child", [1.0], lambda own: run_pytest(own, plain, InOrder(["test_gate.py::test_it"], own / "noticed")))
    while (status := child.status()) is None:
        time.sleep(0.05)
    return status, child.noticed_by
