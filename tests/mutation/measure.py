"""Measures which tests run each line, and how long the tests take."""

import json
import time
from collections.abc import Generator, Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import accumulate
from pathlib import Path

import coverage
import pytest

from tests.mutation.child import Child, run_pytest
from tests.mutation.mutants import Mutant

BUDGET = 20.0
"""How many seconds of tests to try each mutant with first; the remaining tests run only if the mutant survives."""

_IN_FILE = "all of "
"""Precedes the name of a test file if a fixture that its tests share runs the line."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The measurements of a test suite.

    Attributes:
        seconds: The duration of each test that passes.
        tests_of_line: The tests that run a line, by file and line; `_IN_FILE` and a test file's name mean all tests of that file.
    """

    seconds: dict[str, float]
    tests_of_line: dict[str, dict[str, list[str]]]

    def tests_for(self, mutant: Mutant) -> list[str]:
        """Return the tests to try first, up to `BUDGET`: those in the file named after the mutant's, then those in the quickest files.

        Within a file of tests, the quickest tests come first.
        """
        tests = self._tests_for(mutant)
        return tests[: self._within_budget(tests)]

    def tests_left_out(self, mutant: Mutant) -> list[str]:
        """Return the tests that may notice a mutant but exceed the budget of `tests_for`."""
        tests = self._tests_for(mutant)
        return tests[self._within_budget(tests) :]

    def _tests_for(self, mutant: Mutant) -> list[str]:
        near = self._near(mutant)
        return [*near, *(test for test in self._in_order(self.seconds, mutant) if test not in near)] if mutant.at_import else list(near)

    def _within_budget(self, tests: Sequence[str]) -> int:
        """Return how many tests fit into the budget, at least one."""
        spent = accumulate(self.seconds[test] for test in tests)
        return max(1, sum(seconds <= BUDGET for seconds in spent))

    def _near(self, mutant: Mutant) -> dict[str, None]:
        by_line = self.tests_of_line.get(mutant.file, {})
        lines = by_line if mutant.at_import else map(str, range(mutant.lines[0], mutant.lines[1] + 1))
        names = {name for line in lines for name in by_line.get(line, [])}
        files = {name.removeprefix(_IN_FILE) for name in names if name.startswith(_IN_FILE)}
        return dict.fromkeys(self._in_order((test for test in self.seconds if test in names or _file(test) in files), mutant))

    def _in_order(self, tests: Iterable[str], mutant: Mutant) -> list[str]:
        tests, own = list(tests), f"test_{Path(mutant.file).name}"
        files: dict[str, float] = {}
        for test in tests:
            files[_file(test)] = files.get(_file(test), 0) + self.seconds[test]
        return sorted(tests, key=lambda test: (Path(_file(test)).name != own, files[_file(test)], _file(test), self.seconds[test], test))


def _file(test: str) -> str:
    return test.partition("::")[0]


def measure(suite: Iterable[str], sources: list[str], cache: Path, state: str, scratch: Path) -> Measured:
    """Measure a suite under coverage.py in a child; if `state`, a hash of tests and code, has not changed, read the cached measurements.

    Raises:
        SystemExit: pytest cannot run the suite.
    """
    if cache.exists() and (kept := json.loads(cache.read_text(encoding="utf-8")))["state"] == state:
        return Measured(kept["seconds"], kept["tests_of_line"])
    child = Child(scratch / "measure", [600], lambda folder: _run_measured(folder, list(suite), sources, cache, state))
    while (status := child.status()) is None:
        time.sleep(0.1)
    if status not in {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED}:
        raise SystemExit(f"The tests {', '.join(suite)} cannot be run (status {status}); try them with pytest.")
    return measure(suite, sources, cache, state, scratch)


def _run_measured(folder: Path, suite: list[str], sources: list[str], cache: Path, state: str) -> int:
    recorder = coverage.Coverage(data_file=None, include=sources)
    watch = _Watch(recorder)
    recorder.start()
    status = run_pytest(folder, suite, watch)
    recorder.stop()
    data, here = recorder.get_data(), Path.cwd()
    lines = {
        Path(file).relative_to(here).as_posix(): {
            str(line): sorted(filter(None, names)) for line, names in data.contexts_by_lineno(file).items()
        }
        for file in data.measured_files()
    }
    passed = {test: seconds for test, seconds in watch.seconds.items() if test not in watch.not_passed}
    cache.write_text(json.dumps({"state": state, **asdict(Measured(passed, lines))}), encoding="utf-8")
    return status


class _Watch:
    """A pytest plugin that tells coverage.py which test is running, and times the tests."""

    def __init__(self, recorder: coverage.Coverage) -> None:
        self._recorder = recorder
        self.seconds: dict[str, float] = {}
        self.not_passed: set[str] = set()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        self._recorder.switch_context(item.nodeid)
        try:
            return (yield)
        finally:
            self._recorder.switch_context("")

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(
        self, fixturedef: pytest.FixtureDef[object], request: pytest.FixtureRequest
    ) -> Generator[None, object, object]:
        test = request._pyfuncitem.nodeid
        self._recorder.switch_context(test if fixturedef.scope == "function" else _IN_FILE + _file(test))
        try:
            return (yield)
        finally:
            self._recorder.switch_context(test)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.seconds[report.nodeid] = self.seconds.get(report.nodeid, 0) + report.duration
        if not report.passed:
            self.not_passed.add(report.nodeid)
