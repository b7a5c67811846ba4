"""Measures the memory that training needs on few and on many images: `python -m tests.benchmarks.training_memory [IMAGES]`.

The prepared images are made up; on systems that support sparse files, their files take no space.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from breakhis_desktop.domain.taxonomy import SUBTYPES
from training.data.folds import assign_folds
from training.data.index import PreparedImage, write_index
from training.data.labels import Label
from training.workspace import INPUT_SIDES, Workspace

FEW, MANY, ACCESSIONS = 1000, 100_000, 200
RECIPE = """
description = "A network so small that reading is most of the work"
task = "subtype"
random_seed = 1

[network]
input_side = 150
filters = [2, 2]
dense = 4

[images]
optimiser = "adam"
learning_rate = 1e-3
epochs = 1
batch_size = 32
monitor = "macro_recall"
"""


def write_workspace(workspace: Workspace, count: int) -> None:
    """Write what `training prepare` would write for made-up images: their index, and empty arrays of the right size."""
    images = [_image(number) for number in range(count)]
    folds = assign_folds([one.label.accession for one in images], [one.label.stratum for one in images])
    workspace.root.mkdir(parents=True)
    for side in INPUT_SIDES:
        np.lib.format.open_memmap(workspace.images_file(side), "w+", np.uint8, (count, side, side, 3)).flush()
    write_index(images, folds, (), workspace.index_file)


def _image(number: int) -> PreparedImage:
    accession = number % ACCESSIONS
    subtype = SUBTYPES[accession % len(SUBTYPES)]
    label = Label(subtype.decision, subtype, f"14-{accession}A", str(accession), 200, patient_known=True)
    return PreparedImage(f"{number}.png", label, f"{number:064x}", f"{number:064x}")


def train(folder: Path, count: int) -> tuple[int, int]:
    """Prepare made-up images, and train one fold on them in a separate process.

    Returns:
        The peak of anonymous memory, and the peak of memory including the pages of mapped files, which the system can reclaim; in bytes.
    """
    write_workspace(Workspace(folder / "work"), count)
    (folder / "small.toml").write_text(RECIPE, encoding="utf-8")
    command = [sys.executable, "-m", "training", "train", str(folder / "small.toml"), "--fold", "1"]
    command += ["--work", str(folder / "work"), "--results", str(folder / "results")]
    with subprocess.Popen(command, env={**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3"}) as training:
        own = whole = 0
        while training.poll() is None:
            own = max(own, _of_process(training.pid, "RssAnon"))
            whole = max(whole, _of_process(training.pid, "VmHWM"))
            try:
                training.wait(0.2)
            except subprocess.TimeoutExpired:
                continue
    assert training.returncode == 0
    return own, whole


def _of_process(process: int, figure: str) -> int:
    lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(figure)), 0)


def main() -> int:
    """Print the peak memory of training on few images and on many."""
    for count in (FEW, int(sys.argv[1]) if len(sys.argv) > 1 else MANY):
        with tempfile.TemporaryDirectory() as folder:
            own, whole = train(Path(folder), count)
        print(f"{count:,} images: {own / 2**20:,.0f} MiB of its own at most, {whole / 2**20:,.0f} MiB with mapped pages", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
