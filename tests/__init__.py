"""The tests; none of them reaches a network, which `tests/offline` watches from before anything else is imported."""

import atexit
import os
import runpy
import shutil
import tempfile
from pathlib import Path

_GUARD = Path(__file__).parent / "offline"

SOCKET_ATTEMPTS = Path(tempfile.mkdtemp(prefix="breakhis-tests-")) / "socket-attempts"
"""The file in which this process and those that tests start write down what asked for a network."""

SOCKET_ATTEMPTS.touch()
atexit.register(shutil.rmtree, SOCKET_ATTEMPTS.parent, ignore_errors=True)
os.environ["BREAKHIS_TESTS_SOCKET_ATTEMPTS"] = str(SOCKET_ATTEMPTS)
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(_GUARD), os.environ.get("PYTHONPATH")]))
runpy.run_path(str(_GUARD / "sitecustomize.py"))
