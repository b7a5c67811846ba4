"""Runs the program's decoder in a child process with limits on memory and time, file by file.

The child reads NUL-terminated file names from standard input. For each file, it writes a line of JSON to standard output, and the pixels to
the file that its command line names.
"""

import io
import json
import os
import re
import resource
import selectors
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.wording.images import ImageCode
from tests.collections.verdicts import Ending, Reading

MODEL_INPUT = (224, 224)
SECONDS = 60
"""How long to wait for a file; on an idle machine, only a decoder that hangs takes this long."""

ADDRESS_SPACE = 4_000_000_000
MEGABYTES = 1_500
"""The most memory that decoding a file may use, as in the fuzz test."""

_UNREADABLE = tuple(code.finding(figures=False) for code in (ImageCode.DAMAGED, ImageCode.NO_IMAGE, ImageCode.EMPTY_FILE))


@dataclass
class Program:
    """Lets a child process read one file after another, and starts a new child if the previous one has ended."""

    pixels: Path
    _child: subprocess.Popen[bytes] | None = None

    def read(self, file: Path) -> Reading:
        """Decode a file as the pipeline does, including thumbnail and model input."""
        child = self._child if self._child and self._child.poll() is None else self._start()
        assert child.stdin
        assert child.stdout
        self.pixels.unlink(missing_ok=True)
        child.stdin.write(os.fsencode(file) + b"\0")
        child.stdin.flush()
        with selectors.DefaultSelector() as waiting:
            waiting.register(child.stdout, selectors.EVENT_READ)
            if not waiting.select(SECONDS):
                self.close()
                return Reading(Ending.TOO_LONG, f"no answer within {SECONDS} s")
        line = child.stdout.readline()
        if not line:
            return Reading(Ending.CRASH, f"the process ended with {child.wait()}")
        return _reading(json.loads(line), self.pixels)

    def close(self) -> None:
        if self._child:
            with self._child as child:
                child.kill()
            self._child = None

    def _start(self) -> subprocess.Popen[bytes]:
        self.close()
        call = [sys.executable, "-m", "tests.collections.program", str(self.pixels)]
        self._child = subprocess.Popen(call, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
        return self._child


def _reading(answer: dict[str, Any], pixels: Path) -> Reading:
    ending, told = Ending(answer["ending"]), str(answer["told"])
    if answer["megabytes"] > MEGABYTES:
        return Reading(Ending.TOO_MUCH_MEMORY, f"{answer['megabytes']} MB at most")
    return Reading(ending, told, load(pixels) if ending is Ending.PIXELS else None)


def load(pixels: Path) -> NDArray[np.uint8]:
    return np.asarray(np.load(pixels), dtype=np.uint8)


def _answer_all(pixels: Path) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answers = io.open(os.dup(1), "w", encoding="utf-8")  # noqa: SIM115, UP020 (stays open as long as the process)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    names = b""
    while part := os.read(0, 65536):
        names += part
        while b"\0" in names:
            name, _, names = names.partition(b"\0")
            answers.write(json.dumps(_answer(Path(os.fsdecode(name)), pixels)) + "\n")
            answers.flush()


def _answer(file: Path, pixels: Path) -> dict[str, object]:
    from breakhis_desktop.errors import ImageError, ImageRefusedError
    from breakhis_desktop.imaging.decode import decode
    from breakhis_desktop.imaging.prepare import prepare, thumbnail

    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # resets the peak memory
    ending, told = Ending.PIXELS, ""
    try:
        image = decode(file.read_bytes())
        thumbnail(image)
        prepare(image, MODEL_INPUT)
        with pixels.open("wb") as stream:
            np.save(stream, np.asarray(image))
    except ImageRefusedError as error:
        ending, told = Ending.REFUSED, str(error)
    except ImageError as error:
        ending, told = Ending.UNREADABLE if str(error).startswith(_UNREADABLE) else Ending.REFUSED, str(error)
    except Exception as error:  # noqa: BLE001 (the program expects no other error of its decoder)
        ending, told = Ending.CRASH, repr(error)
    return {"ending": ending.value, "told": told, "megabytes": _peak_megabytes()}


def _peak_megabytes() -> int:
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    return int(found[1]) // 1024 if found else 0


if __name__ == "__main__":
    _answer_all(Path(sys.argv[1]))
