"""Native work that takes for ever keeps nobody from ending the program."""

import subprocess
import sys
import threading
import time

import pytest

from breakhis_desktop.inference.apart import run_apart

LONG_GRAPH = """
import sys, threading
import numpy as np, onnxruntime
from onnx import TensorProto, helper, numpy_helper
from breakhis_desktop.inference.devices import CPU, DEVICES
from breakhis_desktop.inference import onnx_engine

side, steps = 1500, 1000
image = helper.make_tensor_value_info("image", TensorProto.FLOAT, [side, side])
weights = numpy_helper.from_array(np.ones((side, side), np.float32), "w0")
nodes = [helper.make_node("MatMul", ["image", "w0"], ["t0"])]
nodes += [helper.make_node("MatMul", [f"t{number}", "w0"], [f"t{number + 1}"]) for number in range(steps)]
last = helper.make_tensor_value_info(f"t{steps}", TensorProto.FLOAT, [side, side])
graph = helper.make_graph(nodes, "g", [image], [last], [weights])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=8).SerializeToString()
onnx_engine._OUTPUTS[:] = [f"t{steps}"]
engine = object.__new__(onnx_engine.OnnxEngine)
engine._device = DEVICES[CPU]
engine._session = onnx_engine.open_session(model, None, DEVICES[CPU])
print("begins", flush=True)
try:
    engine.infer(np.zeros((side, side), np.uint8))
except KeyboardInterrupt:
    print("interrupted", flush=True)
    for thread in threading.enumerate():
        if thread is not threading.current_thread():
            thread.join(60)
            print("ended" if not thread.is_alive() else "goes on", flush=True)
"""


def test_it_gives_what_the_work_gives() -> None:
    assert run_apart(lambda: threading.current_thread().name) == "native"


def test_it_raises_what_the_work_raises() -> None:
    with pytest.raises(ZeroDivisionError):
        run_apart(lambda: 1 / 0)


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent to a process on Unix alone")
def test_an_interrupt_ends_the_wait_for_a_graph_and_the_graph_itself() -> None:
    import signal

    with subprocess.Popen([sys.executable, "-c", LONG_GRAPH], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begins\n"
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        assert process.stdout.read().splitlines() == ["interrupted", "ended"]
        assert process.wait(60) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent to a process on Unix alone")
def test_work_that_cannot_be_asked_to_end_keeps_no_process() -> None:
    import signal

    program = (
        "import time; from breakhis_desktop.inference.apart import run_apart\n"
        "print('begins', flush=True)\nrun_apart(lambda: time.sleep(600))"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begins\n"
        process.send_signal(signal.SIGINT)
        process.wait(60)
