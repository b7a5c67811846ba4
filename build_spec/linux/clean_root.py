"""Tests the packages in a clean root, without Python and without a network: `python build_spec/linux/clean_root.py`, as root.

It needs `debootstrap`, `xvfb` and `x11-utils`, and the right to mount. By default, it tests the packages without TensorFlow; with
`--with-tensorflow`, it tests those with TensorFlow. If both Debian packages were built, it also tests that each can replace the other.
"""

import argparse
import csv
import json
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from project import PACKAGES, ROOT, read_project, timed  # noqa: E402

from linux.packages import OTHER_PACKAGE  # noqa: E402 (found in the folder added above)
from linux.root import KEPT, USER_HOME, CleanRootError, drop_from_memory, inside, install, make_root, mounted, open_window, require, run  # noqa: E402

EARLIER_VERSION = "0.0.1"
"""The version from which the test upgrades. Its package holds the same program and one more file, which the upgrade must remove."""
OLD_STORE = ROOT / "tests/fixtures/stores/version-1.sqlite"
SETTINGS = {"appearance": "dark", "language": "pt", "reviewer": "A. Silva", "operating_point": "screening"}

_PROGRAM = "/usr/lib/breakhis-desktop"
_DROPPED = f"{_PROGRAM}/_internal/of-the-earlier-version"
_OUTCOMES = "SELECT path, status, sha256, p_malignant FROM image WHERE run_id = 1 ORDER BY position"
"""Selects the images of the old store's only run. The window adds a second run, of the sample images, when its models are ready."""


def main() -> int:
    project, full = read_project(), _parser().parse_args().with_tensorflow
    name = next(one for one in OTHER_PACKAGE if one.endswith("-light") is not full)
    deb, archive = _package(f"{name}_{project.version}_amd64.deb"), _package(f"{name}-{project.version}-linux-x86_64.tar.gz")
    other = PACKAGES / deb.name.replace(name, OTHER_PACKAGE[name], 1)
    try:
        with tempfile.TemporaryDirectory(prefix="breakhis-root-") as folder:
            root, earlier = Path(folder, "root"), _as_earlier_version(deb, Path(folder))
            with timed("a clean root with what the package depends on, by debootstrap"):
                make_root(root, deb)
            with mounted(root / "proc", "-t", "proc", "proc"):
                try_package(root, earlier, full=full)
                try_upgrade(root, deb)
                if other.exists():
                    try_exchange(root, other, deb)
                try_removal(root, name)
                try_archive(root, archive)
    except (CleanRootError, subprocess.CalledProcessError) as error:
        print(f"FAILED: {error}\n{getattr(error, 'stdout', '') or ''}{getattr(error, 'stderr', '') or ''}", file=sys.stderr)
        return 1
    print("the installed program works")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--with-tensorflow", action="store_true", help="try the packages with TensorFlow")
    return parser


def _package(name: str) -> Path:
    if not (PACKAGES / name).exists():
        raise SystemExit(f"There is no {name}; make it with build_spec/build.py --package first.")
    return PACKAGES / name


def _as_earlier_version(deb: Path, folder: Path) -> Path:
    """Repack the contents of a package as a package of an earlier version."""
    tree, target = folder / "earlier", folder / f"{deb.name.split('_')[0]}_{EARLIER_VERSION}_amd64.deb"
    subprocess.run(["dpkg-deb", "--raw-extract", deb, tree], check=True)
    control = tree / "DEBIAN/control"
    control.write_text(re.sub("(?m)^Version: .*$", f"Version: {EARLIER_VERSION}", control.read_text(encoding="utf-8")), encoding="utf-8")
    inside(tree, _DROPPED).write_text("", encoding="utf-8")
    subprocess.run(["dpkg-deb", "--root-owner-group", "-Znone", "--build", tree, target], check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(tree)
    return target


def try_package(root: Path, deb: Path, *, full: bool) -> None:
    """Install the program, and use both of its commands for the first time."""
    require(run(root, "sh", "-c", "command -v python3 || echo none").strip() == "none", "the clean root contains Python")
    with timed(f"dpkg -i {deb.name}"):
        install(root, deb)
    for engine in ("onnxruntime", "tensorflow") if full else ("auto",):
        classify_samples(root, "breakhis-classify", f"{_PROGRAM}/_internal/resources/sample_images", engine)
    _user_file(root, "settings.json").write_text(json.dumps(SETTINGS), encoding="utf-8")
    drop_from_memory(root)
    with open_window(root, "breakhis-desktop", "at the first start, nothing of it in memory"):
        pass
    with open_window(root, "breakhis-desktop", "at the second start"):
        pass


def try_upgrade(root: Path, deb: Path) -> None:
    """Install the later version over the earlier one, for a user with settings and with a store in the format of version 1."""
    settings, store = read_settings(root), _user_file(root, "store.sqlite")
    require(settings.items() >= SETTINGS.items(), f"the program did not keep the settings: {settings}")
    shutil.copy(OLD_STORE, store)
    outcomes = ask(store, _OUTCOMES)
    with timed(f"dpkg -i {deb.name} over it"):
        said = install(root, deb)
    require(f"over ({EARLIER_VERSION})" in said, f"dpkg did not upgrade: {said}")
    require("stay in" not in said, f"the upgrade is reported as a removal: {said}")
    require(not inside(root, _DROPPED).exists(), "the upgrade leaves a file of the earlier version")
    with open_window(root, "breakhis-desktop", "after the upgrade"):
        pass
    version = ask(store, "PRAGMA user_version")[0][0]
    require(version > 1 and ask(store, _OUTCOMES) == outcomes, f"the store was not upgraded with all of its images: version {version}")
    require(ask(store.with_name("store.sqlite.version-1"), _OUTCOMES) == outcomes, "there is no copy of the store of version 1")
    require(read_settings(root) == settings, "the upgrade changed the settings")
    print(f"         the store of version 1 is now of version {version} with its {len(outcomes)} images, beside a copy of it")
    print(f"         all {len(settings)} settings are as they were")


def try_exchange(root: Path, other: Path, deb: Path) -> None:
    """Install the other package in place of the tested one, and change back; only one of the two includes TensorFlow."""
    before = user_data(root)
    for package in (other, deb):
        with timed(f"dpkg -i {package.name} in the place of the other"):
            said = install(root, package)
        require("stay in" not in said, f"the exchange is reported as a removal: {said}")
        require("breakhis-classify" in run(root, "breakhis-classify", "--version"), f"{package.name} does not run")
    require(user_data(root) == before, "the exchange changed user data")
    print("         store and settings are as they were")


def try_removal(root: Path, name: str) -> None:
    """Remove the program and purge it; check that nothing of the program is left, and that the user's data is kept."""
    before = user_data(root)
    files = [path for path in run(root, "dpkg", "-L", name).splitlines() if "breakhis" in path]
    removed = run(root, "dpkg", "-r", name, in_network=True)
    require("~/.local/share/breakhis-desktop" in removed and "stay in" in removed, f"removing does not say where user data is: {removed}")
    run(root, "dpkg", "-P", name, in_network=True)
    left = [path for path in files if inside(root, path).exists() or inside(root, path).is_symlink()]
    require(not left, f"removing leaves {left}")
    require(user_data(root) == before, "removing changes or deletes user data")
    print(f"         removed, with all {len(files)} files and folders; {', '.join(before)} of the user are kept")


def try_archive(root: Path, archive: Path) -> None:
    """Unpack the portable archive, use the program in the unpacked folder with the same store, and delete the folder."""
    subprocess.run(["tar", "-xzf", str(archive), "-C", str(root / "opt")], check=True)
    folder = f"/opt/{archive.name.removesuffix('-linux-x86_64.tar.gz')}"
    classify_samples(root, f"{folder}/breakhis-classify", f"{folder}/_internal/resources/sample_images", "auto")
    settings, outcomes = read_settings(root), ask(_user_file(root, "store.sqlite"), _OUTCOMES)
    with open_window(root, f"{folder}/breakhis-desktop", "from the archive"):
        pass
    shutil.rmtree(inside(root, folder))
    require(read_settings(root) == settings, "the archive's program has other settings")
    require(ask(_user_file(root, "store.sqlite"), _OUTCOMES) == outcomes, "the archive's program has another store")
    print("         its folder is deleted; store and settings of the user are kept")


def classify_samples(root: Path, program: str, samples: str, engine: str) -> None:
    """Classify the sample images, export the results to CSV and PDF, and check both files."""
    outputs = f"{USER_HOME}/out.csv", f"{USER_HOME}/out.pdf"
    with timed(f"{program} --engine {engine}, the sample images to CSV and PDF"):
        run(root, program, samples, "--engine", engine, "--csv", outputs[0], "--pdf", outputs[1])
    table, report = (inside(root, output) for output in outputs)
    with table.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    require(len(rows) == 10 and all(row["status"] == "done" for row in rows), f"not every sample is done: {rows}")
    require(report.read_bytes().startswith(b"%PDF"), "the report is no PDF")
    print(f"         {len(rows)} samples done, {sum(row['decision'] == 'malignant' for row in rows)} called malignant")


def _user_file(root: Path, name: str) -> Path:
    return inside(root, KEPT) / name


def read_settings(root: Path) -> dict[str, Any]:
    """Return the user's settings."""
    settings: dict[str, Any] = json.loads(_user_file(root, "settings.json").read_text(encoding="utf-8"))
    return settings


def user_data(root: Path) -> dict[str, bytes]:
    """Return the contents of the files that the user would miss, keyed by file name."""
    return {name: _user_file(root, name).read_bytes() for name in ("store.sqlite", "settings.json")}


def ask(store: Path, question: str) -> list[tuple[Any, ...]]:
    """Return the rows that an SQL query selects from a store."""
    with closing(sqlite3.connect(store)) as connection:
        return connection.execute(question).fetchall()


if __name__ == "__main__":
    sys.exit(main())
