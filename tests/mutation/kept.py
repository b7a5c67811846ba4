"""Keeps the outcomes of mutants in the repository, so that a run tries only mutants whose outcome is missing or may have changed."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from tests.mutation.mutants import Mutant


class KeptOutcomes:
    """The outcomes of one part's mutants, in a text file with a line for each mutant.

    A line holds a digest of the mutant, the outcome, and the hashes of the file (without the mutant) and of the tests that were tried.
    """

    def __init__(self, file: Path) -> None:
        """Read the outcomes of earlier runs, if there are any."""
        self._file = file
        lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
        self._kept = {key: (outcome, source, tests) for key, outcome, source, tests in map(str.split, lines)}

    def find(self, mutant: Mutant, source: str, tests: str) -> str | None:
        """Return a mutant's outcome; None if it is unknown, if the file has changed or, for a survivor, if the tests have changed."""
        outcome, tried_source, tried_tests = self._kept.get(_digest(mutant), ("", "", ""))
        return outcome if tried_source == source and (outcome != "survived" or tried_tests == tests) else None

    def add(self, mutant: Mutant, outcome: str, source: str, tests: str) -> None:
        """Write an outcome to the file at once, so that the next run can continue where an interrupted run stopped."""
        self._kept[_digest(mutant)] = (outcome, source, tests)
        self._file.parent.mkdir(exist_ok=True)
        with self._file.open("a", encoding="utf-8") as file:
            print(*_line(_digest(mutant), self._kept), file=file)

    def tidy(self, mutants: Iterable[Mutant]) -> None:
        """Drop the outcomes of mutants that no longer exist, and sort the others, so that successive versions of the file differ little."""
        present = sorted({_digest(mutant) for mutant in mutants} & self._kept.keys())
        self._file.write_text("".join(f"{' '.join(_line(key, self._kept))}\n" for key in present), encoding="utf-8")


def _line(key: str, kept: dict[str, tuple[str, str, str]]) -> tuple[str, ...]:
    return (key, *kept[key])


def _digest(mutant: Mutant) -> str:
    return hashlib.sha256(f"{mutant.file}: {mutant.change}".encode()).hexdigest()[:12]
