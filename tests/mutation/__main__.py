"""Tries mutants, prints how many of them the tests kill, and lists the survivors that `survivors.toml` does not explain."""

import argparse
import hashlib
import os
import random
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from tests.mutation.child import import_libraries
from tests.mutation.kept import KeptOutcomes
from tests.mutation.measure import measure
from tests.mutation.mutants import Mutant, mutants_of
from tests.mutation.rounds import Rounds, try_mutants
from training.source_code import code_of

ROOT = Path(__file__).parents[2]
CACHE = ROOT / ".mutation_cache"
OUTCOMES = Path(__file__).parent / "outcomes"
EXPLAINED = Path(__file__).parent / "survivors.toml"

SUITES = {
    "breakhis_desktop/domain": ("tests/unit/domain",),
    "breakhis_desktop/quality": ("tests/unit/quality",),
    "breakhis_desktop/evaluation": ("tests/unit/evaluation",),
    "training/data/splits.py": ("tests/training/test_splits.py",),
    "training/data/folds.py": ("tests/training/test_splits.py",),
    "training/evaluation/judged.py": ("tests/training/test_evaluation.py",),
    "training/evaluation/margin.py": ("tests/training/test_evaluation.py",),
    "training/bundle/operating_curve.py": ("tests/training/test_operating_curve.py",),
    "breakhis_desktop/store": ("tests/unit/store", "tests/unit/pipeline/test_reuse.py"),
    "breakhis_desktop/pipeline": ("tests/unit/pipeline", "tests/training/test_reviewed_truth.py"),
    "breakhis_desktop/inference": ("tests/unit/inference",),
}
"""The code to mutate, and the tests that must notice its mutants: mostly its own unit tests, where a contributor would look."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A mutant, the key of `SUITES` that covers its file, and the outcome."""

    part: str
    mutant: Mutant
    outcome: str = ""

    @property
    def killed(self) -> bool:
        """Whether a test failed or the tests timed out."""
        return self.outcome in {"killed", "timeout"}


def main(arguments: list[str] | None = None) -> int:
    """Try the mutants selected on the command line.

    Returns:
        The exit status: 0 if `survivors.toml` explains every survivor, else 1.
    """
    options = _parser().parse_args(arguments)
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    CACHE.mkdir(exist_ok=True)
    mutants = list(_chosen(options.only))
    if options.sample:
        mutants = random.Random(options.seed).sample(mutants, min(options.sample, len(mutants)))  # noqa: S311
    by_part = {part: own for part in SUITES if (own := [mutant for name, mutant in mutants if name == part])}
    import_libraries(CACHE / "bytecode", large="breakhis_desktop/inference" in by_part)
    with tempfile.TemporaryDirectory(prefix="breakhis-mutation-", ignore_cleanup_errors=True) as scratch:
        trials = [
            trial
            for part, own in by_part.items()
            for trial in _try_part(part, own, options.processes, Path(scratch), whole=not options.sample and _is_whole(part, options.only))
        ]
    return _report(trials, whole=not options.sample)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("only", nargs="*", help="files, folders or parts of their paths; by default everything")
    parser.add_argument("--sample", type=int, help="try only this many mutants, drawn at random")
    parser.add_argument("--seed", type=int, default=1, help="the seed of the random draw")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="how many mutants are tried at a time")
    return parser


def _sources(part: str) -> list[str]:
    path = ROOT / part
    files = [path] if path.is_file() else sorted(path.rglob("*.py"))
    return [file.relative_to(ROOT).as_posix() for file in files]


def _is_chosen(file: str, only: list[str]) -> bool:
    return not only or any(one.removeprefix("./").rstrip("/") in file for one in only)


def _is_whole(part: str, only: list[str]) -> bool:
    return all(_is_chosen(file, only) for file in _sources(part))


def _chosen(only: list[str]) -> Iterator[tuple[str, Mutant]]:
    files = [(part, file) for part in SUITES for file in _sources(part) if _is_chosen(file, only)]
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        for (part, _), mutants in zip(files, pool.map(mutants_of, [ROOT] * len(files), [file for _, file in files]), strict=True):
            yield from ((part, mutant) for mutant in mutants)


def _hash(paths: Iterable[str], content_of: Callable[[str], str] = code_of) -> str:
    files = sorted(file for path in paths for file in ([Path(path)] if Path(path).is_file() else Path(path).rglob("*.py")))
    return hashlib.sha256("\0".join(content_of(file.read_text(encoding="utf-8")) for file in files).encode()).hexdigest()[:16]


def _try_part(part: str, mutants: list[Mutant], processes: int, scratch: Path, *, whole: bool) -> Iterator[Trial]:
    """Yield the mutants of a part with their outcomes; try only mutants without a valid outcome from an earlier run.

    Args:
        part: A key of `SUITES`.
        mutants: The mutants to try.
        processes: How many mutants are tried at a time.
        scratch: A folder for temporary files.
        whole: Whether these are all mutants of the part, so that outcomes of other mutants can be deleted.
    """
    name, tests = part.removesuffix(".py").replace("/", "-"), _hash(SUITES[part])
    state = _hash(
        [*SUITES[part], "breakhis_desktop", "training"], content_of=str
    )  # with comments, because the measurements use line numbers
    measured = measure(SUITES[part], _sources(part), CACHE / f"{name}.json", state, scratch)
    kept, sources, left = KeptOutcomes(OUTCOMES / f"{name}.txt"), {file: _hash([file]) for file in _sources(part)}, []
    for mutant in mutants:
        if (outcome := kept.find(mutant, sources[mutant.file], tests)) is not None:
            yield Trial(part, mutant, outcome)
        else:
            left.append(mutant)
    outcomes = try_mutants(left, Rounds(measured, _explained()), measured.seconds, processes, scratch)
    for count, (mutant, outcome) in enumerate(outcomes, start=1):
        kept.add(mutant, outcome, sources[mutant.file], tests)
        if sys.stdout.isatty():
            print(f"\r{part}: {count} of {len(left)}", end="", flush=True)
        yield Trial(part, mutant, outcome)
    if whole:
        kept.tidy(mutants)
    print(f"\r{part}: {len(mutants)} mutants, {len(left)} of them tried now", flush=True)


def _explained() -> dict[str, dict[str, str]]:
    """Return why mutants may survive, by file and change."""
    return tomllib.loads(EXPLAINED.read_text(encoding="utf-8"))


def _report(trials: list[Trial], *, whole: bool) -> int:
    explained = _explained()
    print(f"\n{'':32}{'mutants':>9}{'killed':>9}{'share':>8}{'explained':>11}{'new':>6}")
    new: list[Trial] = []
    for part in [*dict.fromkeys(trial.part for trial in trials), "all"]:
        own = [trial for trial in trials if part in {trial.part, "all"}]
        killed = sum(trial.killed for trial in own)
        new = [trial for trial in own if not trial.killed and trial.mutant.change not in explained.get(trial.mutant.file, {})]
        print(f"{part:32}{len(own):9}{killed:9}{killed / max(len(own), 1):8.1%}{len(own) - killed - len(new):11}{len(new):6}")
    for trial in new:
        print(f"\n{trial.mutant.file}:{trial.mutant.lines[0]}\n  {trial.mutant.change}")
    if whole:
        _list_outdated(explained, trials)
    return 1 if new else 0


def _list_outdated(explained: dict[str, dict[str, str]], trials: list[Trial]) -> None:
    """Print the explanations of mutants that no longer survive or no longer exist."""
    survived = {(trial.mutant.file, trial.mutant.change) for trial in trials if not trial.killed}
    for file in dict.fromkeys(trial.mutant.file for trial in trials):
        for change in explained.get(file, {}):
            if (file, change) not in survived:
                print(f"\n{file}: this mutant no longer survives or exists; take it out of {EXPLAINED.name}\n  {change}")


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)  # the outcomes so far are saved already
