import os
from pathlib import Path

from breakhis_desktop.pipeline.leftovers import clear_leftovers


def test_the_start_removes_a_store_a_bundle_and_a_training_folder_that_killed_processes_left_behind(tmp_path: Path, home: Path) -> None:
    models, token = tmp_path / "models", "0123456789abcdef"
    store, bundle, training = home / "run-a1b2c3d4", models / "id-01234567.part", tmp_path / f".breakhis-desktop-{token}.part"
    for folder in (store, bundle, training, home / "unfinished"):
        folder.mkdir(parents=True)
    (store / ".breakhis-desktop.lock").touch()
    (store / "store.sqlite").touch()
    (home / "unfinished" / token).write_bytes(os.fsencode(training))
    clear_leftovers(home, models)
    assert [folder.exists() for folder in (store, bundle, training)] == [False, False, False]
