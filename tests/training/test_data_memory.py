"""Memory while many images are prepared: it must hardly grow with their number."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from breakhis_desktop.domain.taxonomy import SUBTYPE_CODES
from tests.training.conftest import write_image

FEW, MANY = 1000, 4000
ALLOWED_GROWTH = 16_000_000
"""In bytes: enough for the facts about 3,000 more images, but not for their pixels, which take up 1.2 GB."""

# `getrusage` would also count memory that the test's process used before it started this program.
_PROGRAM = """
import sys
from pathlib import Path
from training.data import prepare_images
from training.workspace import Workspace
print(prepare_images(Path(sys.argv[1]), Workspace(Path(sys.argv[2]))))
print(next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


def peak_bytes(data: Path, work: Path, images: int) -> int:
    done = subprocess.run([sys.executable, "-c", _PROGRAM, data, work], capture_output=True, text=True, check=True)
    shutil.rmtree(work)
    prepared, kilobytes = done.stdout.split()
    assert int(prepared) == images
    return int(kilobytes) * 1024


def write_numbered(folder: Path, number: int) -> None:
    write_image(folder, SUBTYPE_CODES[number % 8], str(20_000 + number % 40), number // 40 + 1)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="this system does not tell a process's peak memory this way")
def test_memory_hardly_grows_with_the_number_of_images(tmp_path: Path) -> None:
    for number in range(FEW):
        write_numbered(tmp_path / "data", number)
    few = peak_bytes(tmp_path / "data", tmp_path / "work", FEW)
    for number in range(FEW, MANY):
        write_numbered(tmp_path / "data", number)
    many = peak_bytes(tmp_path / "data", tmp_path / "work", MANY)
    assert many - few < ALLOWED_GROWTH, f"{FEW:,} images {few / 1e6:.0f} MB, {MANY:,} images {many / 1e6:.0f} MB"
