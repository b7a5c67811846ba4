"""Measures how fast images flow from disk to store: `python -m tests.benchmarks.flow [IMAGES]`.

For each engine, the benchmark times an analysis of copies of the sample images (PNG, 700 x 460), including store and quality gate.
For comparison, it measures the floor: the time for decoding alone plus the time for both networks alone, on all cores, with and without
the resize to the models' input. If `../shared/tools/naive_loop.py` exists, it also measures this script, a loop as a user might write it.
The measurements of an engine take turns, three each; the best of the three counts.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from breakhis_desktop.assets import default_models, sample_images
from breakhis_desktop.domain.card import BINARY_FILE, SUBTYPE_FILE
from breakhis_desktop.domain.engines import ONNX_RUNTIME, TENSORFLOW
from breakhis_desktop.imaging.decode import decode
from breakhis_desktop.imaging.prepare import prepare
from breakhis_desktop.inference.classifier import Classifier, load_classifier
from breakhis_desktop.inference.engine import BATCH
from breakhis_desktop.pipeline.analyse import Request, analyse
from breakhis_desktop.pipeline.events import ImagesEnded
from breakhis_desktop.store.store import Store

NAIVE_LOOP = Path(__file__).resolve().parents[3] / "shared" / "tools" / "naive_loop.py"
TURNS = 3


def main(count: int) -> None:
    with tempfile.TemporaryDirectory(prefix="breakhis-flow-") as folder:
        files = make_copies(Path(folder), count)
        print(f"{count} PNGs of 700 x 460, {os.cpu_count()} cores; best of {TURNS} turns, images/s", flush=True)
        naive = measure_naive(Path(folder), count)
        for engine in (ONNX_RUNTIME, TENSORFLOW):
            compare(load_classifier(default_models(), engine=engine), files, naive)


def make_copies(folder: Path, count: int) -> list[Path]:
    samples = sorted(sample_images().glob("*.png"))
    return [Path(shutil.copy(samples[number % len(samples)], folder / f"{number:05}.png")) for number in range(count)]


def compare(classifier: Classifier, files: list[Path], naive: float) -> None:
    """Measure one engine, and print its figures beside those of the naive loop (images per second; 0 if unknown)."""
    decoding, resized, forward, flow, first = [], [], [], [], []
    size = classifier.card.input_size
    for _ in range(TURNS):
        decoding.append(seconds_of(lambda: decode_all(files)))
        resized.append(seconds_of(lambda: decode_all(files, size)))
        forward.append(seconds_of(lambda: run_networks(classifier, files[0], len(files))))
        flow.append(seconds_of(lambda: first.append(run(classifier, files))))
    count, floor, with_resize = len(files), min(decoding) + min(forward), min(resized) + min(forward)
    print(f"\n{classifier.engine_name}")
    print(f"  decoding alone    {count / min(decoding):7.1f}   {count / min(resized):.1f} with the resize to the models' input")
    print(f"  networks alone    {count / min(forward):7.1f}")
    print(f"  floor of the two  {count / floor:7.1f}   {count / with_resize:.1f} with the resize")
    shares = f"{floor / min(flow):.2f} of the floor, {with_resize / min(flow):.2f} of that with the resize"
    print(f"  end to end        {count / min(flow):7.1f}   {shares}; first results after {min(first):.2f} s")
    if naive:
        print(f"  naive loop        {naive:7.1f}   end to end is {count / min(flow) / naive:.1f} times as fast", flush=True)


def seconds_of(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def decode_all(files: list[Path], size: tuple[int, int] | None = None) -> None:
    """Decode the files on all cores, and resize them if a size is given."""

    def read(file: Path) -> None:
        image = decode(file.read_bytes())
        if size:
            prepare(image, size)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for _ in pool.map(read, files):
            pass


def run_networks(classifier: Classifier, file: Path, count: int) -> None:
    width, height = classifier.card.input_size
    batch = np.stack([prepare(decode(file.read_bytes()), (width, height))] * BATCH)
    for start in range(0, count, BATCH):
        classifier._engine.infer(batch[: min(BATCH, count - start)])


def run(classifier: Classifier, files: list[Path]) -> float:
    """Analyse all files into a new store; return the seconds until the store holds the first results."""
    started, first = time.perf_counter(), 0.0
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "store.sqlite") as store:
        for event in analyse(Request(tuple(files), classifier.card.points["default"]), classifier, store, threading.Event()):
            if isinstance(event, ImagesEnded) and not first:
                first = time.perf_counter() - started
    return first


def measure_naive(folder: Path, count: int) -> float:
    """Return the naive loop's images per second, not counting the loading of the models; 0 if the loop is not available."""
    if not NAIVE_LOOP.exists():
        print(f"{NAIVE_LOOP.name} is not at hand")
        return 0.0
    models = [str(default_models() / name) for name in (BINARY_FILE, SUBTYPE_FILE)]
    command = [sys.executable, str(NAIVE_LOOP), *models, str(folder), "--limit", str(min(count, 200))]
    rates = []
    for _ in range(TURNS):
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=folder)
        found = re.search(r"([\d.]+) images/s", done.stdout)
        rates.append(float(found.group(1)) if found else 0.0)
    return max(rates)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
