"""Writes negatives (images that the quality gate should refuse) into a sub-folder for each kind, and prints how many each kind has."""

import argparse
import tempfile
from collections.abc import Iterable
from pathlib import Path

from tests.benchmarks.negatives import TUNE, UNSEEN
from tests.benchmarks.negatives.documents import documents
from tests.benchmarks.negatives.downloads import unpack_packages, unpack_wheel
from tests.benchmarks.negatives.glass import plain_glass, stained_glass
from tests.benchmarks.negatives.noise import noise
from tests.benchmarks.negatives.other_stains import other_stains
from tests.benchmarks.negatives.photographs import immunohistochemistry, out_of_focus, photographs, wallpapers
from tests.benchmarks.negatives.pictures import Named
from tests.benchmarks.negatives.screenshots import screenshots


def main(folder: Path) -> None:
    """Draw or download all kinds into the folder."""
    with tempfile.TemporaryDirectory() as temporary:
        downloads = Path(temporary)
        unpack_wheel(downloads)
        unpack_packages(downloads)
        kinds: dict[str, Iterable[Named]] = {
            "photographs": photographs(downloads),
            "plain_glass": plain_glass(),
            "noise": noise(),
            "documents": documents(downloads),
            "out_of_focus": out_of_focus(),
            "immunohistochemistry": immunohistochemistry(downloads),
            "wallpapers": wallpapers(downloads),
            "screenshots": screenshots(),
            "stained_glass": stained_glass(),
            "other_stains": other_stains(),
        }
        counts = {kind: write(pictures, folder / kind) for kind, pictures in kinds.items()}
    for title, names in (("for tuning", TUNE), ("unseen", UNSEEN)):
        print(f"{title}: {sum(counts[kind] for kind in names)}")
        for kind in names:
            print(f"  {kind:22}{counts[kind]:4}")


def write(pictures: Iterable[Named], folder: Path) -> int:
    """Write the pictures of a kind as PNG files, replacing those of an earlier call; return their number."""
    folder.mkdir(parents=True, exist_ok=True)
    for earlier in folder.glob("*.png"):
        earlier.unlink()
    count = 0
    for count, (name, picture) in enumerate(pictures, start=1):
        picture.convert("RGB").save(folder / f"{count:02d}-{name}.png")
    return count


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.negatives", description="Build the folder of negatives.")
    parser.add_argument("folder", type=Path, help="where to write the negatives")
    main(parser.parse_args().folder)
