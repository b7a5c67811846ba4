"""Fuzzes the real decoder in a child process, whose output gives the number of any input that makes it crash or hang."""

import subprocess
import sys
from pathlib import Path

import pytest

from breakhis_desktop.imaging.decode import decode
from tests.unit.imaging.fuzz import seeds, what_is_wrong

ROOT = Path(__file__).parents[3]
FINDINGS = ROOT / "tests" / "fixtures" / "images"


def fuzz(*arguments: object) -> subprocess.CompletedProcess[str]:
    call = [sys.executable, "-m", "tests.unit.imaging.fuzz", *map(str, arguments)]
    return subprocess.run(call, capture_output=True, text=True, check=False, cwd=ROOT, timeout=600)


def assert_clean(result: subprocess.CompletedProcess[str]) -> None:
    lines = result.stdout.replace("\r", "\n").splitlines()
    findings = [line for line in lines if not line.endswith(" ")]
    assert (result.returncode, result.stderr) == (0, ""), (findings, lines[-1:])


def test_every_seed_is_a_valid_image() -> None:
    assert {decode(seed).mode for seed in seeds()} == {"RGB"}


def test_the_decoder_handles_some_mutated_images_well() -> None:
    assert_clean(fuzz(1500, 1_000_000))


@pytest.mark.slow
def test_the_decoder_handles_thousands_of_mutated_images_well() -> None:
    assert_clean(fuzz(20_000, 2_000_000))


def test_earlier_findings_are_now_handled_well_and_silently(capfd: pytest.CaptureFixture[str]) -> None:
    found = {file.name: what_is_wrong(file.read_bytes()) for file in sorted(FINDINGS.iterdir())}
    assert len(found) >= 5
    assert set(found.values()) == {""}
    assert capfd.readouterr() == ("", "")
