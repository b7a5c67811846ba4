"""Compares the program's decoder with others on folders of images: `python -m tests.collections.compare_decoders FOLDER ...`.

The program and libvips read every file with an image's suffix; if they disagree, a third reader reads the file too. The comparison prints a
table, the reasons for refusals, and a line for each disagreement, with its explanation if `explained.toml` has one. The exit status is 1 if
a disagreement has no explanation.
"""

import fnmatch
import hashlib
import sys
import tempfile
import tomllib
import warnings
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from queue import SimpleQueue

from breakhis_desktop.endings import IMAGE_SUFFIXES
from tests.collections.kinds import kind_of, tolerance_of
from tests.collections.program import Program
from tests.collections.readers import read_with_third, read_with_vips
from tests.collections.verdicts import NEED_NO_EXPLANATION, Verdict, judge

EXPLAINED = Path(__file__).with_name("explained.toml")
AT_ONCE = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """The result for a file: the path below the given folder, the format, the verdict and the details."""

    name: str
    kind: str
    verdict: Verdict
    told: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a disagreement is acceptable, for files whose names match a pattern."""

    files: tuple[str, ...]
    verdict: Verdict
    why: str

    def fits(self, finding: Finding) -> bool:
        return self.verdict is finding.verdict and any(fnmatch.fnmatchcase(finding.name, pattern) for pattern in self.files)


def main(folders: list[Path]) -> int:
    warnings.filterwarnings("ignore", module=r"PIL\.")
    findings = []
    for finding in compare([(file, folder) for folder in folders for file in pictures_of(folder)]):
        findings.append(finding)
        if finding.verdict not in NEED_NO_EXPLANATION:
            print(f"{finding.verdict.value}: {finding.name}: {finding.told}", file=sys.stderr, flush=True)
    print_table(findings)
    print_refusals(findings)
    return 1 if print_disagreements(findings, explanations()) else 0


def pictures_of(folder: Path) -> Iterator[Path]:
    """Yield the files with an image's suffix; of files with equal content, yield only the first."""
    known = set()
    for file in sorted(folder.rglob("*")):
        if file.suffix.lower() in IMAGE_SUFFIXES and file.is_file():
            content = hashlib.sha256(file.read_bytes()).digest()
            if content not in known:
                known.add(content)
                yield file


def compare(files: list[tuple[Path, Path]]) -> Iterator[Finding]:
    with tempfile.TemporaryDirectory(prefix="breakhis-compare-") as scratch:
        free: SimpleQueue[Program] = SimpleQueue()
        programs = [Program(Path(scratch, f"{number}", "pixels.npy")) for number in range(AT_ONCE)]
        for program in programs:
            program.pixels.parent.mkdir()
            free.put(program)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            yield from pool.map(compare_one, files, repeat(free))
        for program in programs:
            program.close()


def compare_one(file_in: tuple[Path, Path], free: "SimpleQueue[Program]") -> Finding:
    file, folder = file_in
    program = free.get()
    try:
        kind, scratch = kind_of(file), program.pixels.parent
        reading = program.read(file)
        verdict, told = judge(
            reading, read_with_vips(file, scratch), lambda: read_with_third(file, kind, scratch), tolerance_of(file, kind)
        )
    finally:
        free.put(program)
    return Finding(str(file.relative_to(folder)), kind, verdict, told)


def print_table(findings: list[Finding]) -> None:
    kinds = sorted({finding.kind for finding in findings})
    counts = Counter((finding.verdict, finding.kind) for finding in findings)
    print(" ".join([f"{'':24}", *(f"{kind:>8}" for kind in (*kinds, "all"))]))
    for verdict in Verdict:
        numbers = [counts[verdict, kind] for kind in kinds]
        print(" ".join([f"{verdict.value:24}", *(f"{number:8}" for number in (*numbers, sum(numbers)))]))
    print(f"{len(findings)} pictures")


def print_refusals(findings: list[Finding]) -> None:
    """Print the reasons for refusals and their counts: a refusal is never a disagreement, so only this shows if too much is refused."""
    for told, count in Counter(finding.told for finding in findings if finding.verdict is Verdict.REFUSED).most_common():
        print(f"refused, {count}: {told}")


def print_disagreements(findings: list[Finding], known: list[Explanation]) -> int:
    """Print each disagreement, and return how many have no explanation."""
    unexplained = 0
    for finding in sorted(
        (one for one in findings if one.verdict not in NEED_NO_EXPLANATION), key=lambda one: (one.verdict.value, one.name)
    ):
        why = next((one.why for one in known if one.fits(finding)), "")
        unexplained += not why
        print(f"{finding.verdict.value}: {finding.name}: {f'all right: {why}' if why else f'UNEXPLAINED: {finding.told}'}")
    print(f"{unexplained} unexplained")
    return unexplained


def explanations() -> list[Explanation]:
    entries = tomllib.loads(EXPLAINED.read_text(encoding="utf-8")).get("explained", [])
    return [Explanation(tuple(entry["files"]), Verdict(entry["verdict"]), entry["why"]) for entry in entries]


if __name__ == "__main__":
    sys.exit(main([Path(folder) for folder in sys.argv[1:]]))
