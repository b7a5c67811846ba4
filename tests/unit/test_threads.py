"""NumPy multiplies matrices in the calling thread: its own threads and the decoding threads would slow each other down."""

import os
import subprocess
import sys


def threads_of_numpy(environment: dict[str, str]) -> str:
    ask = "import breakhis_desktop.inference.out_of_distribution, os; print(os.environ['OPENBLAS_NUM_THREADS'])"
    return subprocess.run([sys.executable, "-c", ask], env=environment, capture_output=True, text=True, check=True).stdout.strip()


def test_numpy_multiplies_with_one_thread_unless_the_environment_sets_another_number() -> None:
    unset = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    assert threads_of_numpy(unset) == "1"
    assert threads_of_numpy({**unset, "OPENBLAS_NUM_THREADS": "3"}) == "3"
