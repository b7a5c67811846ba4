"""The tests; none of them reaches a network, which `tests/offline` watches from before anything else is imported."""

import atexit
import os
import runpy
import shutil
import tempfile
from pathlib import Path

_GUARD = Path(__file__).parent / "offline"
_VARIABLE = "BREAKHIS_TESTS_SOCKET_ATTEMPTS"


def _watch() -> None:
    """Watch this process and those that it starts; one that a test started is watched already."""
    if _VARIABLE in os.environ:
        return
    attempts = Path(tempfile.mkdtemp(prefix="breakhis-tests-")) / "socket-attempts"
    attempts.touch()
    atexit.register(shutil.rmtree, attempts.parent, ignore_errors=True)
    os.environ[_VARIABLE] = str(attempts)
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(_GUARD), os.environ.get("PYTHONPATH")]))
    runpy.run_path(str(_GUARD / "sitecustomize.py"))


_watch()

SOCKET_ATTEMPTS = Path(os.environ[_VARIABLE])
"""The file in which this process and those that tests start write down what asked for a network."""
