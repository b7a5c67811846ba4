"""What may compute the networks: runtimes and kinds of hardware, by the names that users ask for."""

from dataclasses import dataclass

AUTO, ONNX_RUNTIME, TENSORFLOW = "auto", "onnxruntime", "tensorflow"
ENGINES = (AUTO, ONNX_RUNTIME, TENSORFLOW)
"""The names that a user may ask for; `auto` takes the fastest that reproduces the golden probabilities."""

CPU = "cpu"


@dataclass(frozen=True, slots=True)
class Device:
    """One kind of hardware.

    Attributes:
        name: How a user asks for it.
        provider: What ONNX Runtime calls the part of it that computes there.
        title: What it is called.
    """

    name: str
    provider: str
    title: str

    @property
    def words(self) -> str:
        """What it is called, with what must be known of it."""
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
"""Those that a user may ask for, by name; whatever else a runtime offers, one that computes elsewhere than here is never used."""
