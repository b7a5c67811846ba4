"""Runs that are killed at random moments and then resumed: they end with the same rows as an undisturbed run."""

import itertools
import multiprocessing
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from PIL import Image

from breakhis_desktop.pipeline.analyse import CHUNK
from breakhis_desktop.store.store import Store
from tests.e2e import killable
from tests.e2e.programs import images_done, wait_until

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")

IMAGES = 100
AT_MOST_SECONDS = 120

Program = Callable[[Path, list[Path]], None]
Rows = dict[str, list[tuple[object, ...]]]

if sys.platform != "win32":
    PROCESSES = multiprocessing.get_context("forkserver")  # saves seconds: forks each process from one that has imported everything
    PROCESSES.set_forkserver_preload([killable.__name__])


@pytest.fixture(scope="module")
def roots(tmp_path_factory: pytest.TempPathFactory, samples: list[Path]) -> list[Path]:
    """Return two roots: a folder with good images and files of other kinds, and one of its images again."""
    folder = tmp_path_factory.mktemp("fields")
    for number in range(IMAGES):
        with Image.open(samples[number % len(samples)]) as sample:
            sample.crop((number, 0, number + 160, 120)).save(folder / f"{number:03}.bmp")
    (folder / "030 broken.png").write_bytes(samples[0].read_bytes()[:5000])
    (folder / "060 notes.txt").write_text("not an image")
    (folder / "slide.svs").touch()
    Image.new("RGB", (60, 60), "purple").save(folder / "too small.png")
    return [folder, folder / "099.bmp"]


def start(program: Program, home: Path, roots: list[Path]) -> BaseProcess:
    home.mkdir(exist_ok=True)
    process = PROCESSES.Process(target=program, args=(home, roots))
    process.start()
    return process


def run_to_the_end(program: Program, home: Path, roots: list[Path]) -> Rows:
    """Run a program, check that it ends by itself with the expected exit status, and return all rows of its store."""
    process = start(program, home, roots)
    process.join(AT_MOST_SECONDS)
    assert process.exitcode == (0 if program is killable.open_window else 1)
    return everything_in(home / "store.sqlite")


def time_at_work(program: Program, home: Path, roots: list[Path]) -> tuple[float, float]:
    """Run a program to its end; return the seconds until its run was in the store and the seconds until the program ended."""
    began = time.monotonic()
    process = start(program, home, roots)
    wait_until(lambda: has_run(home / "store.sqlite"), AT_MOST_SECONDS)
    begins = time.monotonic() - began
    process.join(AT_MOST_SECONDS)
    return begins, time.monotonic() - began


def has_done(store: Path, images: int) -> bool:
    return images_done(store) >= images


def has_run(store: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as connection:
            return bool(connection.execute("SELECT COUNT(*) FROM run").fetchone()[0])
    except sqlite3.OperationalError:  # there is no store yet, or no table
        return False


def kill_after(program: Program, home: Path, roots: list[Path], seconds: float) -> bool:
    """Run a program, kill it after some seconds, and return whether that left a run unfinished."""
    process = start(program, home, roots)
    process.join(seconds)
    process.kill()
    process.join()
    process.close()
    with Store(home / "store.sqlite") as store:
        return store.unfinished_runs() != []


def everything_in(store: Path) -> Rows:
    """Return all rows of runs, images, thumbnails and heat maps in a store, without the times at which the runs began."""
    with closing(sqlite3.connect(store)) as connection:
        runs = connection.execute("SELECT * FROM run").fetchall()
        return {
            "run": [(number, *facts) for number, _, *facts in runs],
            "image": connection.execute("SELECT * FROM image ORDER BY run_id, position").fetchall(),
            "thumbnail": connection.execute("SELECT * FROM thumbnail ORDER BY run_id, position").fetchall(),
            "heat_map": connection.execute("SELECT * FROM heat_map ORDER BY run_id, position").fetchall(),
        }


def kill_at_random_moments(program: Program, folder: Path, roots: list[Path], moments: int) -> int:
    """Several times, kill a run at a random moment and resume it; check each time that it ends with the rows of an undisturbed run.

    Returns:
        How many of the kills left a run unfinished.
    """
    undisturbed = run_to_the_end(program, folder / "undisturbed", roots)
    begins, ends = time_at_work(program, folder / "rehearsal", roots)  # not timed on the first run, which also waits for imports
    assert everything_in(folder / "rehearsal" / "store.sqlite") == undisturbed
    assert [len(undisturbed[table]) for table in ("run", "image", "thumbnail")] == [1, IMAGES + 5, IMAGES + 1]
    chance = random.Random(20260101)  # noqa: S311 (moments, not secrets)
    cut_off = 0
    for moment in range(moments):
        home = folder / f"killed-{moment}"
        cut_off += kill_after(program, home, roots, chance.uniform(0.8 * begins, ends))
        assert run_to_the_end(program, home, roots) == undisturbed, f"moment {moment}"
    return cut_off


@pytest.mark.parametrize(
    ("program", "moments"),
    [
        (killable.classify, 30),
        (killable.open_window, 5),
        pytest.param(killable.classify, 150, marks=pytest.mark.slow),
        pytest.param(killable.open_window, 40, marks=pytest.mark.slow),
    ],
)
@pytest.mark.slow
def test_a_run_killed_at_any_moment_resumes_to_the_rows_of_an_undisturbed_run(
    program: Program, moments: int, tmp_path: Path, roots: list[Path]
) -> None:
    cut_off = kill_at_random_moments(program, tmp_path, roots, moments)
    assert cut_off, "the signals came too early or too late to prove anything"


@pytest.mark.parametrize("program", [killable.classify, killable.open_window])
@pytest.mark.slow
def test_a_run_killed_again_and_again_still_finishes_with_the_same_rows(program: Program, tmp_path: Path, roots: list[Path]) -> None:
    undisturbed = run_to_the_end(program, tmp_path / "undisturbed", roots)
    chance = random.Random(20260102)  # noqa: S311 (moments, not secrets)
    for _ in range(6):
        kill_after(program, tmp_path / "killed", roots, chance.uniform(0, 0.5))
    assert run_to_the_end(program, tmp_path / "killed", roots) == undisturbed


@pytest.mark.parametrize("program", [killable.classify, killable.classify_twice])
@pytest.mark.slow
def test_a_run_killed_before_the_beginning_or_the_commit_of_any_transaction_resumes_to_the_same_rows(
    program: Program, tmp_path: Path, roots: list[Path]
) -> None:
    undisturbed = run_to_the_end(program, tmp_path / "undisturbed", roots)
    if program is killable.classify_twice:
        with Store(tmp_path / "undisturbed" / "store.sqlite") as store:
            assert {record.reused_from for record in store.run(2).records()} == {1, None}
    for step in itertools.count(1):
        home = tmp_path / f"step-{step}"
        process = start(partial(killable.killed_at_step, program, step), home, roots)
        process.join(AT_MOST_SECONDS)
        assert run_to_the_end(program, home, roots) == undisturbed, f"step {step}"
        if process.exitcode != -signal.SIGKILL:
            break
    assert step > 2 * (1 + IMAGES // CHUNK)


@pytest.mark.slow
def test_a_killed_command_line_with_the_shipped_models_resumes_to_the_same_probabilities(tmp_path: Path, samples: list[Path]) -> None:
    folder = tmp_path / "fields"
    folder.mkdir()
    for number in range(8 * CHUNK):
        (folder / f"{number:03}.png").symlink_to(samples[number % len(samples)])
    calls = {
        name: [sys.executable, "-m", "breakhis_desktop.cli", str(folder), "--no-gate", "--store", str(tmp_path / name)]
        for name in ("undisturbed", "killed")
    }
    subprocess.run(calls["undisturbed"], check=True, stdout=subprocess.DEVNULL)
    chance = random.Random(20260103)  # noqa: S311 (moments, not secrets)
    for chunks in (1, 4):
        process = subprocess.Popen(calls["killed"], stdout=subprocess.DEVNULL)
        wait_until(partial(has_done, tmp_path / "killed", chunks * CHUNK), process=process)
        time.sleep(chance.uniform(0, 0.1))  # so that the kill can hit any moment of a chunk
        process.kill()
        assert process.wait() == -signal.SIGKILL
    subprocess.run(calls["killed"], check=True, stdout=subprocess.DEVNULL)
    assert everything_in(tmp_path / "killed") == everything_in(tmp_path / "undisturbed")
