"""The runtimes and kinds of hardware that can compute the networks, with the names that users type for them."""

from dataclasses import dataclass

AUTO, ONNX_RUNTIME, TENSORFLOW = "auto", "onnxruntime", "tensorflow"
ENGINES = (AUTO, ONNX_RUNTIME, TENSORFLOW)
"""The engines that a user may choose; `auto` uses the fastest engine that reproduces the golden probabilities."""

CPU = "cpu"


@dataclass(frozen=True, slots=True)
class Device:
    """One kind of hardware.

    Attributes:
        name: The name by which a user chooses it.
        provider: The ONNX Runtime execution provider for it.
        title: The name shown to users.
    """

    name: str
    provider: str
    title: str

    @property
    def words(self) -> str:
        """The title; every device except the CPU is marked as untested."""
        return self.title if self.name == CPU else f"{self.title} (untested)"


DEVICES = {
    device.name: device
    for device in (
        Device(CPU, "CPUExecutionProvider", "CPU"),
        Device("cuda", "CUDAExecutionProvider", "CUDA"),
        Device("directml", "DmlExecutionProvider", "DirectML"),
        Device("coreml", "CoreMLExecutionProvider", "CoreML"),
        Device("openvino", "OpenVINOExecutionProvider", "OpenVINO"),
        Device("rocm", "ROCMExecutionProvider", "ROCm"),
        Device("migraphx", "MIGraphXExecutionProvider", "MIGraphX"),
    )
}
"""The devices that a user may choose, by name. Other providers are never used: some compute on a remote machine."""
