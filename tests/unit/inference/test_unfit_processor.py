"""An engine that the processor cannot run is refused with a sentence, and is never the fallback."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from breakhis_desktop.assets import default_models
from breakhis_desktop.cli import NOTHING_RAN, main
from breakhis_desktop.domain.engines import TENSORFLOW
from breakhis_desktop.errors import BundleError
from breakhis_desktop.inference import tensorflow_engine
from breakhis_desktop.inference.classifier import load_classifier
from breakhis_desktop.processor import AVX

WITHOUT_AVX = """
import sys
from breakhis_desktop.inference import tensorflow_engine
tensorflow_engine.lacks = lambda feature: feature == "avx"
from breakhis_desktop.cli import main
status = main(sys.argv[1:])
print(status, "tensorflow" in sys.modules)
"""


@pytest.fixture
def without_avx(monkeypatch: pytest.MonkeyPatch) -> None:
    def load() -> None:
        raise AssertionError("TensorFlow is loaded although the processor lacks AVX")

    monkeypatch.setattr(tensorflow_engine, "lacks", lambda feature: feature == AVX)
    monkeypatch.setattr(tensorflow_engine, "_import_runtime", load)


@pytest.mark.usefixtures("without_avx")
def test_tensorflow_is_refused_without_avx_and_the_reason_is_given() -> None:
    with pytest.raises(BundleError, match=r"^The processor of this computer lacks AVX, which TensorFlow needs; choose another engine\.$"):
        load_classifier(default_models(), engine=TENSORFLOW)


@pytest.mark.usefixtures("without_avx")
def test_auto_does_not_fall_back_to_tensorflow_but_reports_the_fault_of_the_fast_engine(tmp_path: Path) -> None:
    models = Path(shutil.copytree(default_models(), tmp_path / "models"))
    assert load_classifier(models).engine_name == "ONNX Runtime"
    (models / "joint.onnx").unlink()
    with pytest.raises(BundleError, match=r"joint\.onnx cannot be read"):
        load_classifier(models)


def test_the_command_line_says_that_the_processor_lacks_avx_and_never_imports_tensorflow(samples: list[Path]) -> None:
    command = [sys.executable, "-c", WITHOUT_AVX, str(samples[0]), "--engine", "tensorflow"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(NOTHING_RAN), "False"]
    assert done.stderr == "breakhis-classify: The processor of this computer lacks AVX, which TensorFlow needs; choose another engine.\n"


def test_a_tensorflow_installation_that_does_not_start_is_reported(
    monkeypatch: pytest.MonkeyPatch, samples: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise ImportError("DLL load failed")

    monkeypatch.setattr(tensorflow_engine, "_import_runtime", fail)
    assert main([str(samples[0]), "--engine", "tensorflow"]) == NOTHING_RAN
    assert "TensorFlow does not start on this computer; choose another engine." in capsys.readouterr().err
