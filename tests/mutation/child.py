"""Runs pytest in forks of a process that has already imported the large libraries, but not the program."""

import gc
import importlib
import importlib.util
import os
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib.machinery import ModuleSpec, SourceFileLoader
from pathlib import Path
from types import CodeType

import pytest
from _pytest.runner import runtestprotocol

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
"""The exit status of a child that could not run pytest at all."""

_OUTPUT = "output"
"""The file in a child's folder that receives what pytest prints."""

_NOTICED = "noticed"
"""The file in a child's folder that names the test that failed."""

_MEMORY = 8 << 30
"""The most memory that a child may use, in bytes."""


def import_libraries(bytecode: Path, *, large: bool) -> None:
    """Import the libraries that the tests need, so that no child has to.

    Args:
        bytecode: The folder where children share compiled modules; a mutant's bytecode is never stored.
        large: Whether to import the deep-learning libraries too.
    """
    sys.dont_write_bytecode, sys.pycache_prefix = False, str(bytecode)
    os.environ.update(QT_QPA_PLATFORM="offscreen", TF_CPP_MIN_LOG_LEVEL="3", OPENBLAS_NUM_THREADS="1")  # as in `tests/conftest.py`
    for name in _LIBRARIES + _LARGE_LIBRARIES * large:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()  # otherwise, each child would traverse these libraries when pytest collects garbage at its end


class Child:
    """A forked process in which pytest runs.

    Attributes:
        noticed_by: The id of the test that failed, once the child has ended; empty if none did.
    """

    def __init__(self, folder: Path, seconds: Sequence[float], run: Callable[[Path], int]) -> None:
        """Start the child.

        Args:
            folder: The child's folder for output and temporary files; created here, removed after the child has ended.
            seconds: How long each of the child's tests takes without a mutant.
            run: Runs pytest with this folder and returns pytest's status.
        """
        folder.mkdir()
        self.noticed_by = ""
        self._folder = folder
        self._patience = 60 + 10 * max(seconds)
        self._pid = os.fork()
        if not self._pid:
            _become_child(folder, sum(seconds), run)

    def status(self) -> int | None:
        """Return pytest's status, or the negated number of the signal that ended the child; None while the child runs.

        A child that has printed nothing for far longer than its slowest test takes without a mutant is killed.

        Raises:
            RuntimeError: The child could not run pytest.
        """
        ended = os.waitid(os.P_PID, self._pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)  # WNOWAIT reserves the id until waitpid below
        if ended is None and time.time() < self._last_print() + self._patience:
            return None
        with suppress(ProcessLookupError):
            os.killpg(self._pid, signal.SIGKILL)  # ends the child's own processes too
        _, status = os.waitpid(self._pid, 0)
        exit_code = os.waitstatus_to_exitcode(status)
        if exit_code == _BROKEN:
            raise RuntimeError((self._folder / _OUTPUT).read_text(encoding="utf-8"))
        if (noticed := self._folder / _NOTICED).exists():
            self.noticed_by = noticed.read_text(encoding="utf-8")
        shutil.rmtree(self._folder, ignore_errors=True)
        return exit_code

    def _last_print(self) -> float:
        """Return when pytest last printed (it prints after each test) or, if it has not printed yet, when the child started."""
        output = self._folder / _OUTPUT
        return (output if output.exists() else self._folder).stat().st_mtime


def _become_child(folder: Path, seconds: float, run: Callable[[Path], int]) -> None:
    import resource  # Unix only, like fork

    status = _BROKEN
    try:
        os.setsid()
        output = os.open(folder / _OUTPUT, os.O_WRONLY | os.O_CREAT)
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
    """Run the selected tests except those marked slow or data, with pytest's temporary files in `folder`; return pytest's status."""
    quick = ["-m", "not slow and not data", "-p", "no:cacheprovider", f"--basetemp={folder / 'tmp'}"]
    try:
        return int(pytest.main(["-q", "--tb=short", *quick, *arguments], plugins=[plugin]))
    except Warning:  # raised at the end of pytest if a thread outlives a failed test
        return int(pytest.ExitCode.TESTS_FAILED)


class InOrder:
    """A pytest plugin that runs only the given tests, in their order. If a test fails, its id is written to a file.

    A test that fails is run again, and only its second result counts, because on a busy machine a test may fail by chance.
    """

    def __init__(self, tests: list[str], noticed: Path) -> None:
        """Remember the ids of the tests, in the order in which to run them, and the file for the id of a test that fails."""
        self._place = {test: place for place, test in enumerate(tests)}
        self._noticed = noticed

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = sorted((item for item in items if item.nodeid in self._place), key=lambda item: self._place[item.nodeid])

    def pytest_runtest_protocol(self, item: pytest.Function, nextitem: pytest.Item | None) -> bool:
        try:
            reports = runtestprotocol(item, log=False, nextitem=nextitem)
        except MemoryError:  # a test that takes all memory leaves none for pytest's report
            self._noticed.write_text(item.nodeid, encoding="utf-8")
            os._exit(pytest.ExitCode.TESTS_FAILED)
        if any(report.failed for report in reports):
            item._initrequest()
            reports = runtestprotocol(item, log=False, nextitem=nextitem)
        for report in reports:
            item.ihook.pytest_runtest_logreport(report=report)
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self._noticed.write_text(report.nodeid, encoding="utf-8")


def try_mutant(mutant: Mutant, tests: list[str], folder: Path) -> int:
    """Run tests with a mutant in place of the original file. Call this only in a child, because it changes how modules are imported."""
    sys.meta_path.insert(0, _Overlay(mutant))
    files = list(dict.fromkeys(test.partition("::")[0] for test in tests))
    return run_pytest(folder, ["-x", *files], InOrder(tests, folder / _NOTICED))


class _Overlay:
    """An import finder that loads the mutated module from the mutant's source."""

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
