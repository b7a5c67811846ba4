"""Tries mutants in rounds of tests: first the tests that noticed the latest mutants of the same file, last the slowest tests."""

import time
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial
from itertools import count
from pathlib import Path

from tests.mutation.child import Child, try_mutant
from tests.mutation.measure import Measured
from tests.mutation.mutants import Mutant

LIKELY = 4
"""The first round has at most this many of the tests that noticed the latest mutants of the file."""


class Rounds:
    """Determines the rounds of tests for each mutant.

    Args:
        measured: Which tests run a line, and how long they take.
        explained: The changes that `survivors.toml` explains, by file; they are not tried with the slowest tests.
    """

    def __init__(self, measured: Measured, explained: Mapping[str, Collection[str]]) -> None:
        """Begin without knowing which tests are likely to notice a mutant."""
        self._measured, self._explained = measured, explained
        self._noticed: dict[str, dict[str, None]] = {}

    def of(self, mutant: Mutant) -> Iterator[list[str]]:
        """Yield the tests of each round that has any; ask for the next round only if the mutant survived the last one."""
        tests = self._measured.tests_for(mutant)
        likely = [test for test in reversed(self._noticed.get(mutant.file, {})) if test in tests][:LIKELY]
        rounds = [likely, [test for test in tests if test not in likely]]
        if mutant.change not in self._explained.get(mutant.file, ()):
            rounds.append(self._measured.tests_left_out(mutant))
        yield from filter(None, rounds)

    def remember(self, mutant: Mutant, test: str) -> None:
        """Remember that a test noticed a mutant; an empty id, as after a timeout, is ignored."""
        if test:
            noticed = self._noticed.setdefault(mutant.file, {})
            noticed.pop(test, None)  # so that it becomes the latest
            noticed[test] = None


def try_mutants(
    mutants: Iterable[Mutant], rounds: Rounds, seconds_of: Mapping[str, float], processes: int, scratch: Path
) -> Iterator[tuple[Mutant, str]]:
    """Try mutants, and yield each with its outcome: `killed` (a test failed twice), `timeout` or `survived`.

    A mutant that survives a round goes to the end of the queue, so that an interrupted run has tried most mutants.

    Args:
        mutants: The mutants to try.
        rounds: The tests to try them with.
        seconds_of: How long each test takes without a mutant.
        processes: How many mutants are tried at a time.
        scratch: A folder for temporary files.
    """
    waiting = deque((mutant, rounds.of(mutant)) for mutant in mutants)
    running = dict[Child, tuple[Mutant, Iterator[list[str]]]]()
    number = count()
    while waiting or running:
        while waiting and len(running) < processes:
            mutant, left = waiting.popleft()
            if tests := next(left, None):
                child = Child(scratch / f"{next(number)}", [seconds_of[test] for test in tests], partial(try_mutant, mutant, tests))
                running[child] = mutant, left
            else:
                yield mutant, "survived"
        for child, (mutant, left) in list(running.items()):
            if (status := child.status()) is not None:
                del running[child]
            if status == 0:
                waiting.append((mutant, left))
            elif status:
                rounds.remember(mutant, child.noticed_by)
                yield mutant, "timeout" if status < 0 else "killed"
        time.sleep(0.01)
