"""Tries the packages in a root of their own, without Python and without a network: `python build_spec/linux/clean_root.py`, as root.

It needs `debootstrap`, `xvfb` and `x11-utils`, and the right to mount.
"""

import csv
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from project import PACKAGES, PROGRAM, ROOT, read_project, timed  # noqa: E402

from linux.packages import package_linux  # noqa: E402 (found by the line above)

DISPLAY = ":97"
NEXT_VERSION = "99.0"
"""Of the package that an upgrade is tried with; it holds the same program."""
OLD_STORE = ROOT / "tests/fixtures/stores/version-1.sqlite"
_PATIENCE = 180
_SAMPLES = "/usr/lib/breakhis-desktop/_internal/resources/sample_images"
_USER_HOME = "/home/user"
_KEPT = f"{_USER_HOME}/.local/share/breakhis-desktop"


class CleanRootError(Exception):
    """The installed program does not do what it should."""


def main() -> int:
    deb, archive = _newest(".deb"), _newest(".tar.gz")
    later = next(file for file in package_linux(PROGRAM, NEXT_VERSION) if file.suffix == ".deb")
    try:
        with tempfile.TemporaryDirectory(prefix="breakhis-root-") as folder:
            root = Path(folder)
            with timed("a clean root with what the package depends on, by debootstrap"):
                make_root(root, deb)
            with mounted(root / "proc", "-t", "proc", "proc"):
                try_package(root, deb, later)
                try_archive(root, archive)
    except (CleanRootError, subprocess.CalledProcessError) as error:
        print(f"FAILED: {error}\n{getattr(error, 'stdout', '') or ''}{getattr(error, 'stderr', '') or ''}", file=sys.stderr)
        return 1
    finally:
        for file in PACKAGES.glob(f"*{NEXT_VERSION}*"):
            file.unlink()
    print("the installed program works")
    return 0


def _newest(suffix: str) -> Path:
    found = [file for file in PACKAGES.glob(f"*{suffix}") if read_project().version in file.name]
    if not found:
        raise SystemExit("There is no package; run `python build_spec/build.py --package` first.")
    return max(found, key=lambda file: file.stat().st_mtime)


def try_package(root: Path, deb: Path, later: Path) -> None:
    """Install, use, upgrade, use and remove the program."""
    require(run(root, "sh", "-c", "command -v python3 || echo none").strip() == "none", "the clean root has a Python of its own")
    with timed(f"dpkg -i {deb.name}"):
        install(root, deb)
    classify_samples(root, "breakhis-classify", _SAMPLES)
    settings = root / _KEPT.lstrip("/") / "settings.json"
    keep_something(settings)
    with open_window(root, "the window, until its models are ready"):
        require(is_on_screen(), "no window of BreakHis Desktop is on the screen")
    with timed("dpkg -i of a later version"):
        install(root, later)
    try_upgraded(root, settings)
    removed = run(root, "dpkg", "-r", deb.name.split("_")[0], in_network=True)
    require(_KEPT.rsplit("/", 1)[-1] in removed and "stay in" in removed, f"removing does not say where user data is: {removed}")
    require(not (root / "usr/lib/breakhis-desktop").exists(), "removing leaves the program behind")
    require((settings.parent / "store.sqlite").exists() and settings.exists(), "removing takes user data away")
    print("         removed; store and settings of the user are kept")


def try_archive(root: Path, archive: Path) -> None:
    """Unpack the portable archive and use it where it lies."""
    subprocess.run(["tar", "-xzf", str(archive), "-C", str(root / "opt")], check=True)
    folder = f"/opt/{archive.name.removesuffix('-linux-x86_64.tar.gz')}"
    classify_samples(root, f"{folder}/breakhis-classify", f"{folder}/_internal/resources/sample_images")


def make_root(root: Path, deb: Path) -> None:
    """Make a minimal Debian with what the package depends on, and a user."""
    depends = subprocess.run(["dpkg-deb", "-f", deb, "Depends"], capture_output=True, text=True, check=True).stdout
    names = ",".join(part.split()[0] for part in depends.split(",") if not part.strip().startswith("libc6"))
    subprocess.run(
        ["debootstrap", "--variant=minbase", f"--include={names}", _suite(), root, _mirror()], check=True, capture_output=True, text=True
    )
    (root / _USER_HOME.lstrip("/")).mkdir(parents=True, exist_ok=True)


def _suite() -> str:
    facts = dict(line.split("=", 1) for line in Path("/etc/os-release").read_text(encoding="utf-8").splitlines() if "=" in line)
    return facts["VERSION_CODENAME"]


def _mirror() -> str:
    """Return where this machine takes its Debian packages from."""
    listed = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(REPO_URI)"], capture_output=True, text=True, check=True
    ).stdout.split()
    return next(address for address in listed if "security" not in address)


def install(root: Path, deb: Path) -> None:
    shutil.copy(deb, root / "tmp")
    run(root, "dpkg", "-i", f"/tmp/{deb.name}", in_network=True)  # noqa: S108 (of the new root)


def run(root: Path, *command: str, in_network: bool = False) -> str:
    """Run a command in the root, without a network unless told otherwise, and return what it prints."""
    apart = [] if in_network else ["unshare", "--net"]
    done = subprocess.run([*apart, "chroot", str(root), *command], env=environment(), capture_output=True, text=True, check=True)
    return done.stdout + done.stderr


def environment() -> dict[str, str]:
    return {"PATH": os.defpath + ":/usr/sbin:/sbin", "HOME": _USER_HOME, "DISPLAY": DISPLAY, "LC_ALL": "C.UTF-8"}


def classify_samples(root: Path, program: str, samples: str) -> None:
    """Run the sample images to CSV and PDF."""
    outputs = f"{_USER_HOME}/out.csv", f"{_USER_HOME}/out.pdf"
    with timed(f"{program}, the sample images to CSV and PDF"):
        run(root, program, samples, "--csv", outputs[0], "--pdf", outputs[1])
    table, report = (root / output.lstrip("/") for output in outputs)
    with table.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    require(len(rows) == 10 and all(row["status"] == "done" for row in rows), f"not every sample is done: {rows}")
    require(report.read_bytes().startswith(b"%PDF"), "the report is no PDF")
    print(f"         {len(rows)} samples done, {sum(row['decision'] == 'malignant' for row in rows)} called malignant")


def keep_something(settings: Path) -> None:
    """Put a store of the first version and settings where a user of an earlier program has them."""
    settings.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(OLD_STORE, settings.parent / "store.sqlite")
    settings.write_text('{"reviewer": "A. Silva"}', encoding="utf-8")


def try_upgraded(root: Path, settings: Path) -> None:
    """Open the window of the later version over the old store."""
    with open_window(root, "the window of the later version"):
        pass
    with closing(sqlite3.connect(settings.parent / "store.sqlite")) as store:
        found, runs = store.execute("PRAGMA user_version").fetchone()[0], store.execute("SELECT COUNT(*) FROM run").fetchone()[0]
    require(found > 1 and runs == 1, f"the store was not brought up to date with its runs: version {found}, {runs} runs")
    require("A. Silva" in settings.read_text(encoding="utf-8"), "the settings are lost")
    print(f"         the store of version 1 is now of version {found} with its {runs} run; settings are kept")


@contextmanager
def mounted(place: Path, *what: str) -> Iterator[None]:
    """Mount something inside the root, as long as the block runs."""
    place.mkdir(exist_ok=True)
    subprocess.run(["mount", *what, str(place)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", str(place)], check=True)


@contextmanager
def open_window(root: Path, step: str) -> Iterator[None]:
    """Open the window on a virtual screen with the sample images, wait until its models are ready, and close it after the block."""
    log = root / _KEPT.lstrip("/") / "breakhis-desktop.log"
    log.unlink(missing_ok=True)
    screen = subprocess.Popen(["Xvfb", DISPLAY, "-screen", "0", "1600x1000x24"], stderr=subprocess.DEVNULL)
    with mounted(root / "tmp/.X11-unix", "--bind", "/tmp/.X11-unix"):  # noqa: S108 (where X has its sockets)
        window = subprocess.Popen(["unshare", "--net", "chroot", str(root), "breakhis-desktop", "--sample"], env=environment())
        try:
            with timed(step):
                _wait_for_models(window, log)
            yield
        finally:
            window.terminate()
            window.wait(30)
            screen.terminate()
            screen.wait()


def _wait_for_models(window: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + _PATIENCE
    while not (log.exists() and "models ready" in log.read_text(encoding="utf-8")):
        require(window.poll() is None, f"the window ended with {window.returncode}")
        require(time.monotonic() < end, "the models were not ready in time")
        time.sleep(0.1)


def is_on_screen() -> bool:
    tree = subprocess.run(["xwininfo", "-display", DISPLAY, "-root", "-tree"], capture_output=True, text=True, check=True).stdout
    return "BreakHis Desktop" in tree


def require(holds: bool, otherwise: str) -> None:
    """Raise where something does not hold."""
    if not holds:
        raise CleanRootError(otherwise)


if __name__ == "__main__":
    sys.exit(main())
