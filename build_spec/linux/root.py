"""Makes and uses a clean root in which to test the installed program: a minimal Debian, without Python and without a network."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from project import timed

DISPLAY = ":97"
USER_HOME = "/home/user"
KEPT = f"{USER_HOME}/.local/share/breakhis-desktop"
"""The folder in which the program keeps its user's settings, runs and reviews."""

_PATIENCE = 180


class CleanRootError(Exception):
    """The installed program does not do what it should."""


def require(holds: bool, otherwise: str) -> None:
    """Raise an error if a condition does not hold."""
    if not holds:
        raise CleanRootError(otherwise)


def make_root(root: Path, deb: Path) -> None:
    """Make a minimal Debian with everything that the package depends on and with a home folder for a user."""
    depends = subprocess.run(["dpkg-deb", "-f", deb, "Depends"], capture_output=True, text=True, check=True).stdout
    names = ",".join(part.split()[0] for part in depends.split(",") if not part.strip().startswith("libc6"))
    subprocess.run(
        ["debootstrap", "--variant=minbase", f"--include={names}", _suite(), root, _mirror()], check=True, capture_output=True, text=True
    )
    inside(root, USER_HOME).mkdir(parents=True, exist_ok=True)


def _suite() -> str:
    facts = dict(line.split("=", 1) for line in Path("/etc/os-release").read_text(encoding="utf-8").splitlines() if "=" in line)
    return facts["VERSION_CODENAME"]


def _mirror() -> str:
    """Return the address from which this machine gets its Debian packages."""
    listed = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(REPO_URI)"], capture_output=True, text=True, check=True
    ).stdout.split()
    return next(address for address in listed if "security" not in address)


def inside(root: Path, path: str) -> Path:
    """Convert a path inside the root to the path by which this machine reaches it."""
    return root / path.lstrip("/")


def install(root: Path, deb: Path) -> str:
    """Install a package, and return what dpkg prints."""
    shutil.copy(deb, root / "tmp")
    return run(root, "dpkg", "-i", f"/tmp/{deb.name}", in_network=True)  # noqa: S108 (a folder of the new root)


def run(root: Path, *command: str, in_network: bool = False) -> str:
    """Run a command in the root, without a network unless `in_network` is set, and return what it prints."""
    apart = [] if in_network else ["unshare", "--net"]
    done = subprocess.run([*apart, "chroot", str(root), *command], env=_environment(), capture_output=True, text=True, check=True)
    return done.stdout + done.stderr


def _environment() -> dict[str, str]:
    return {"PATH": os.defpath + ":/usr/sbin:/sbin", "HOME": USER_HOME, "DISPLAY": DISPLAY, "LC_ALL": "C.UTF-8"}


@contextmanager
def mounted(place: Path, *what: str) -> Iterator[None]:
    """Mount something inside the root for as long as the block runs."""
    place.mkdir(exist_ok=True)
    subprocess.run(["mount", *what, str(place)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", str(place)], check=True)


def drop_from_memory(root: Path) -> None:
    """Make the system drop the files under the root's `/usr` from memory, so that the next program is read from the disk."""
    for file in inside(root, "/usr").rglob("*"):
        if file.is_file() and not file.is_symlink():
            number = os.open(file, os.O_RDONLY)
            os.fsync(number)
            os.posix_fadvise(number, 0, 0, os.POSIX_FADV_DONTNEED)
            os.close(number)


@contextmanager
def open_window(root: Path, program: str, when: str) -> Iterator[None]:
    """Open the window on a virtual screen with the sample images, wait until its models are ready, and close it after the block."""
    log = inside(root, KEPT) / "breakhis-desktop.log"
    log.unlink(missing_ok=True)
    with _screen(root):
        window = subprocess.Popen(["unshare", "--net", "chroot", str(root), program, "--sample"], env=_environment())
        try:
            with timed(f"until the models are ready, {when}"):
                with timed(f"until the window is on the screen, {when}"):
                    _wait(window, _is_on_screen, "no window of BreakHis Desktop came on the screen")
                print(f"         {_processor_seconds(window):.1f} s of processor time until then")
                _wait(window, lambda: _says(log, "models ready"), "the models were not ready in time")
            yield
        finally:
            window.terminate()
            window.wait(30)


@contextmanager
def _screen(root: Path) -> Iterator[None]:
    """Start a virtual screen for the root, and wait until it is ready."""
    screen = subprocess.Popen(["Xvfb", DISPLAY, "-screen", "0", "1600x1000x24", "-noreset"], stderr=subprocess.DEVNULL)
    try:
        _wait(screen, lambda: _asks_screen("-root"), "the virtual screen does not start")
        with mounted(root / "tmp/.X11-unix", "--bind", "/tmp/.X11-unix"):  # noqa: S108 (where X has its sockets)
            yield
    finally:
        screen.terminate()
        screen.wait()


def _wait(process: subprocess.Popen[bytes], holds: Callable[[], bool], otherwise: str) -> None:
    end = time.monotonic() + _PATIENCE
    while not holds():
        require(process.poll() is None, f"{otherwise}: it ended with {process.returncode}")
        require(time.monotonic() < end, otherwise)
        time.sleep(0.01)


def _processor_seconds(process: subprocess.Popen[bytes]) -> float:
    """Return the processor time of a process in seconds; a busy machine affects it less than the time on the clock."""
    facts = Path(f"/proc/{process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return sum(map(int, facts[11:13])) / os.sysconf("SC_CLK_TCK")


def _says(log: Path, words: str) -> bool:
    return log.exists() and words in log.read_text(encoding="utf-8")


def _is_on_screen() -> bool:
    return _asks_screen("-name", "BreakHis Desktop", answer="IsViewable")


def _asks_screen(*question: str, answer: str = "") -> bool:
    asked = subprocess.run(["xwininfo", "-display", DISPLAY, *question], capture_output=True, text=True, check=False)
    return asked.returncode == 0 and answer in asked.stdout
