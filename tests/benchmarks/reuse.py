"""Measures the time saved by reusing the results of an earlier run: `python -m tests.benchmarks.reuse [IMAGES]`.

The benchmark compares a run over distinct variants of the sample images (700 x 460) with a second run that reuses all results of the first.
Then it times a look-up among the results of 100,000 other files.
"""

import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image

from breakhis_desktop.assets import default_models, sample_images
from breakhis_desktop.domain.records import ImageRecord, RunInfo
from breakhis_desktop.inference.classifier import Classifier, load_classifier
from breakhis_desktop.pipeline.analyse import Request, analyse
from breakhis_desktop.store.earlier import EarlierResults
from breakhis_desktop.store.store import Store

MANY = 100_000
LOOK_UPS = 2000


def main(count: int) -> None:
    classifier = load_classifier(default_models())
    with tempfile.TemporaryDirectory(prefix="breakhis-reuse-") as folder:
        files = make_variants(Path(folder), count)
        with Store(Path(folder) / "store.sqlite") as store:
            request = Request(tuple(files), classifier.card.points["default"], gate=False)
            first = seconds_of(lambda: run(classifier, store, request))
            second = seconds_of(lambda: run(classifier, store, replace(request, reuse=True)))
            reused = sum(record.reused_from == 1 for record in store.run(2).records())
            print(f"{count} PNGs of 700 x 460, {os.cpu_count()} cores, {classifier.engine_name}")
            print(f"  first run    {first:7.2f} s  {count / first:7.1f} images/s")
            print(f"  second run   {second:7.2f} s  {count / second:7.1f} images/s, {reused} results reused")
            print(f"  the second run needs {second / first:.3f} of the time of the first", flush=True)
            look_up(Path(folder) / "many.sqlite", store.run(1).info(), store.run(1).records()[0])


def make_variants(folder: Path, count: int) -> list[Path]:
    """Write variants of the sample images, of which no two are alike, and return their paths."""
    files = []
    samples = sorted(sample_images().glob("*.png"))
    for number in range(count):
        with Image.open(samples[number % len(samples)]) as sample:
            pixels = np.roll(np.asarray(sample.convert("RGB")), number // len(samples), axis=1)
        files.append(folder / f"{number:05}.png")
        Image.fromarray(pixels).save(files[-1])
    return files


def run(classifier: Classifier, store: Store, request: Request) -> None:
    for _ in analyse(request, classifier, store, threading.Event()):
        pass


def look_up(file: Path, run_info: RunInfo, record: ImageRecord) -> None:
    """Fill a store with results of other files, and print how long a look-up takes with and without a match."""
    maps = np.zeros((2, 5, 5), np.float32)
    with Store(file) as store:
        run_id = store.begin_run(run_info, [record.path] * MANY)
        records = (replace(record, position=position, sha256=digest(position)) for position in range(MANY))
        store.run(run_id).write(records, dict.fromkeys(range(MANY), b""), dict.fromkeys(range(MANY), maps))
    with closing(EarlierResults(file, replace(run_info, run_id=run_id + 1), record.engine)) as earlier:
        for name, start in (("known", 0), ("unknown", MANY)):
            places = [start + number * 37 for number in range(LOOK_UPS)]
            started = time.perf_counter()
            found = sum(earlier.find(digest(place), record.magnification) is not None for place in places)
            each = 1000 * (time.perf_counter() - started) / LOOK_UPS
            print(f"  a look-up among {MANY:,} results, {name:8}{each:6.3f} ms, {found:,} of {LOOK_UPS:,} found")


def digest(number: int) -> str:
    return f"{number:064x}"


def seconds_of(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
