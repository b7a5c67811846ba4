"""Measures memory, handles, threads and speed during a very long run: `python -m tests.benchmarks.endurance [IMAGES]`, on Linux.

The images are links to the program's sample images, each with its own name. The benchmark prints a line for each twentieth of the run.
"""

import argparse
import os
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from breakhis_desktop.assets import default_models, sample_images
from breakhis_desktop.inference.classifier import load_classifier
from breakhis_desktop.pipeline.analyse import Request, analyse
from breakhis_desktop.pipeline.events import ImagesEnded
from breakhis_desktop.store.store import Store

LINES = 20
WARM = 500
"""The number of images after which memory should no longer grow."""


@dataclass(frozen=True)
class Moment:
    """The state of the process after a number of images."""

    images: int
    seconds: float
    megabytes: float
    handles: int
    threads: int


def main() -> None:
    """Analyse the images, and print how the state of the process develops."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("images", nargs="?", type=int, default=20_000)
    count = parser.parse_args().images
    with tempfile.TemporaryDirectory() as folder:
        os.environ["BREAKHIS_HOME"] = folder
        moments = _run(_links(Path(folder, "images"), count), Path(folder, "store.sqlite"))
    _print(moments, count)


def _links(folder: Path, count: int) -> Path:
    folder.mkdir()
    samples = sorted(sample_images().glob("*.png"))
    for number in range(count):
        (folder / f"{number:06}.png").symlink_to(samples[number % len(samples)])
    return folder


def _run(images: Path, store_file: Path) -> list[Moment]:
    classifier = load_classifier(default_models())
    print(f"engine: {classifier.engine_name}; {os.cpu_count()} cores", flush=True)
    request = Request((images,), classifier.card.points["default"], gate=False)
    started, ended, moments = time.monotonic(), 0, []
    with Store(store_file) as store:
        for event in analyse(request, classifier, store, threading.Event()):
            if isinstance(event, ImagesEnded):
                ended += len(event.records)
                moments.append(_now(ended, time.monotonic() - started))
    return moments


def _now(images: int, seconds: float) -> Moment:
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines())
    megabytes = int(status["VmRSS"].split()[0]) / 1024
    return Moment(images, seconds, megabytes, len(list(Path("/proc/self/fd").iterdir())), int(status["Threads"]))


def _print(moments: Sequence[Moment], count: int) -> None:
    print(f"{'images':>8}{'MiB':>8}{'handles':>9}{'threads':>9}{'images/s since':>16}")
    before = moments[0]
    for line in range(1, LINES + 1):
        now = next(one for one in moments if one.images >= count * line / LINES)
        rate = (now.images - before.images) / max(now.seconds - before.seconds, 1e-9)
        print(f"{now.images:>8}{now.megabytes:>8.0f}{now.handles:>9}{now.threads:>9}{rate:>16.0f}")
        before = now
    warm = next(one for one in moments if one.images >= min(WARM, count))
    peak = max(one.megabytes for one in moments if one.images >= warm.images)
    print(f"largest memory after the first {warm.images} images: {peak / warm.megabytes:.3f} times what it was then")


if __name__ == "__main__":
    main()
