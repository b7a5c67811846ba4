"""Runs pytest in forked copies of a process that has imported the large libraries, and nothing of the program, once."""

import gc
import importlib
import importlib.util
import os
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from importlib.machinery import ModuleSpec, SourceFileLoader
from pathlib import Path
from types import CodeType

import pytest

from tests.mutation.mutants import Mutant

_LIBRARIES = (
    "numpy",
    "PIL.Image",
    "pandas",
    "sklearn.metrics",
    "sklearn.model_selection",
    "scipy.optimize",
    "PySide6.QtTest",
    "PySide6.QtWidgets",
)
_LARGE_LIBRARIES = ("h5py", "onnxruntime", "tensorflow", "keras")
_BROKEN = 70
"""The status of a child that could not even run pytest."""

_MEMORY = 8 << 30
"""Bytes that a mutant may take."""


def import_libraries(bytecode: Path, *, large: bool) -> None:
    """Import what tests need, so that no child has to.

    Args:
        bytecode: Where children keep compiled modules for one another; that of a mutant is never kept.
        large: Whether the libraries of the networks are needed.
    """
    sys.dont_write_bytecode, sys.pycache_prefix = False, str(bytecode)
    os.environ.update(QT_QPA_PLATFORM="offscreen", TF_CPP_MIN_LOG_LEVEL="3", OPENBLAS_NUM_THREADS="1")  # as `tests/conftest.py` has them
    for name in _LIBRARIES + _LARGE_LIBRARIES * large:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()  # pytest looks for garbage when it ends, and would go through all of these libraries each time


class Child:
    """A forked process in which pytest runs."""

    def __init__(self, folder: Path, seconds: float, run: Callable[[Path], int]) -> None:
        """Start it.

        Args:
            folder: Where it may write; it is made, and removed when the child has ended.
            seconds: How long its tests take when nothing is wrong.
            run: Runs pytest below a folder, and returns its status.
        """
        folder.mkdir()
        self._folder = folder
        self._end = time.monotonic() + 60 + 10 * seconds
        self._pid = os.fork()
        if not self._pid:
            _become_child(folder, seconds, run)

    def status(self) -> int | None:
        """Return pytest's status, or the negated signal that ended it; None while it runs.

        Raises:
            RuntimeError: The child could not run pytest.
        """
        ended = os.waitid(os.P_PID, self._pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)  # its number stays its own until it is fetched
        if ended is None and time.monotonic() < self._end:
            return None
        with suppress(ProcessLookupError):
            os.killpg(self._pid, signal.SIGKILL)  # whatever it started ends with it
        _, status = os.waitpid(self._pid, 0)
        exit_code = os.waitstatus_to_exitcode(status)
        if exit_code == _BROKEN:
            raise RuntimeError((self._folder / "output").read_text(encoding="utf-8"))
        shutil.rmtree(self._folder, ignore_errors=True)
        return exit_code


def _become_child(folder: Path, seconds: float, run: Callable[[Path], int]) -> None:
    import resource  # of Unix alone, as forking is

    status = _BROKEN
    try:
        os.setsid()
        output = os.open(folder / "output", os.O_WRONLY | os.O_CREAT)
        for stream in (1, 2):
            os.dup2(output, stream)
        limit = int(30 + 5 * seconds)
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
        resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, _MEMORY))
        status = run(folder)
    except BaseException:
        traceback.print_exc()
        raise
    finally:
        sys.stderr.flush()
        os._exit(status)


def run_pytest(folder: Path, arguments: list[str], plugin: object) -> int:
    """Run the quick tests of some files or folders, below a folder of their own."""
    quick = ["-m", "not slow and not data", "-p", "no:cacheprovider", f"--basetemp={folder / 'tmp'}"]
    try:
        return int(pytest.main(["-q", "--tb=short", *quick, *arguments], plugins=[plugin]))
    except Warning:  # raised at pytest's own end, where a thread of a failed test outlived it
        return int(pytest.ExitCode.TESTS_FAILED)


class InOrder:
    """Lets pytest run some tests alone, in a given order."""

    def __init__(self, tests: list[str]) -> None:
        """Take the tests' names."""
        self._place = {test: place for place, test in enumerate(tests)}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = sorted((item for item in items if item.nodeid in self._place), key=lambda item: self._place[item.nodeid])


def try_mutant(mutant: Mutant, tests: list[str], folder: Path) -> int:
    """Run tests with a mutant in the place of its file; to be called in a child."""
    sys.meta_path.insert(0, _Overlay(mutant))
    files = list(dict.fromkeys(test.partition("::")[0] for test in tests))
    return run_pytest(folder, ["-x", *files], InOrder(tests))


class _Overlay:
    """Finds one module, with the text of a mutant."""

    def __init__(self, mutant: Mutant) -> None:
        self._name = mutant.file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        self._mutant = mutant

    def find_spec(self, name: str, _path: object = None, _target: object = None) -> ModuleSpec | None:
        if name != self._name:
            return None
        file = str(Path(self._mutant.file).absolute())
        return importlib.util.spec_from_file_location(name, file, loader=_Loader(name, file, self._mutant.source))


class _Loader(SourceFileLoader):
    def __init__(self, name: str, path: str, source: str) -> None:
        super().__init__(name, path)
        self._source = source

    def get_code(self, fullname: str) -> CodeType:
        code: CodeType = compile(self._source, self.path, "exec", dont_inherit=True)
        return code
