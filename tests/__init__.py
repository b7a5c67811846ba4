"""The tests never reach a network: before anything else is imported, `tests/offline` begins to refuse every attempt to reach one."""

import atexit
import os
import runpy
import shutil
import tempfile
from pathlib import Path

_GUARD = Path(__file__).parent / "offline"
_VARIABLE = "BREAKHIS_TESTS_SOCKET_ATTEMPTS"


def _watch() -> None:
    """Let this process and the processes that it starts refuse and record attempts to reach a network.

    A process that a test started inherits the guard, so there is nothing left to do in it. Each worker of a parallel run has its own file
    of attempts, so that an attempt fails the test that made it.
    """
    name = f"socket-attempts-{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    watched = os.environ.get(_VARIABLE)
    if watched and Path(watched).name == name:
        return
    attempts = Path(tempfile.mkdtemp(prefix="breakhis-tests-")) / name
    attempts.touch()
    atexit.register(shutil.rmtree, attempts.parent, ignore_errors=True)
    os.environ[_VARIABLE] = str(attempts)
    if watched is None:
        os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(_GUARD), os.environ.get("PYTHONPATH")]))
        runpy.run_path(str(_GUARD / "sitecustomize.py"))


_watch()

SOCKET_ATTEMPTS = Path(os.environ[_VARIABLE])
"""The file in which this process, and the processes that its tests start, record attempts to reach a network."""
