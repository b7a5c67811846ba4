"""NaN, for which `<` and `>` are always false, neither passes the check on the golden images nor becomes the result of an image."""

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import helper, numpy_helper

from breakhis_desktop.assets import default_models
from breakhis_desktop.cli import NOTHING_RAN, SOME_NOT_DONE, main
from breakhis_desktop.domain.engines import ONNX_RUNTIME
from breakhis_desktop.errors import BundleError
from breakhis_desktop.inference import deferred
from breakhis_desktop.inference.bundle import Bundle, read_bundle
from breakhis_desktop.inference.classifier import GOLDEN_TOLERANCE, Classifier, load_classifier
from breakhis_desktop.inference.engine import Engine, RawOutput
from breakhis_desktop.inference.onnx_engine import OnnxEngine
from build_spec.light_models import leave_out_networks

Change = Callable[[Any], Any]


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    return read_bundle(default_models())


class Remembering:
    """The real engine with a cache: it computes the same images only once."""

    name = "remembering"

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._given: dict[bytes, RawOutput] = {}

    def infer(self, inputs: Any) -> RawOutput:
        key = hashlib.sha256(inputs.tobytes()).digest()
        if key not in self._given:
            self._given[key] = self._engine.infer(inputs)
        return self._given[key]


@pytest.fixture(scope="module")
def engine(bundle: Bundle) -> Engine:
    return Remembering(OnnxEngine(bundle))


class Changed:
    """An engine with one output changed, for all images or only for those in `rows`."""

    name = "changed"

    def __init__(self, engine: Engine, output: str, change: Change) -> None:
        self._engine = engine
        self._output = output
        self._change = change
        self.rows: slice = slice(None)

    def infer(self, inputs: Any) -> RawOutput:
        inference = self._engine.infer(inputs)
        values = getattr(inference, self._output).copy()
        values[self.rows] = self._change(values[self.rows])
        return replace(inference, **{self._output: values})


def spoilt(values: Any, value: float = np.nan) -> Any:
    values = values.copy()
    values[..., -1] = value
    return values


UNSOUND: dict[str, tuple[str, Change]] = {
    "NaN for the probability of malignancy": ("binary", lambda values: values * np.nan),
    "NaN for one subtype": ("subtype", spoilt),
    "NaN for all subtypes": ("subtype", lambda values: values * np.nan),
    "an infinite probability": ("binary", lambda values: values + np.inf),
    "a negative probability": ("binary", lambda values: values - 2),
    "a probability above 1": ("binary", lambda values: values + 2),
    "a negative probability of a subtype": ("subtype", lambda values: spoilt(values, -0.5)),
    "subtypes that are all zero": ("subtype", lambda values: values * 0),
    "NaN in the heat map of malignancy": ("malignant_map", spoilt),
    "NaN in the heat maps of the subtypes": ("subtype_maps", spoilt),
    "an infinite value in a heat map": ("malignant_map", lambda values: spoilt(values, np.inf)),
    "NaN among the features": ("features", spoilt),
    "an infinite value among the features": ("features", lambda values: spoilt(values, -np.inf)),
}


@pytest.mark.parametrize("name", UNSOUND)
def test_an_engine_that_gives_unsound_values_for_the_golden_images_is_refused(bundle: Bundle, engine: Engine, name: str) -> None:
    with pytest.raises(BundleError, match="for its known images it gives values that are not probabilities"):
        Classifier(bundle, Changed(engine, *UNSOUND[name]))


@pytest.mark.parametrize("name", UNSOUND)
def test_an_image_with_unsound_values_gets_no_answer_and_its_neighbours_keep_theirs(bundle: Bundle, engine: Engine, name: str) -> None:
    changed = Changed(engine, *UNSOUND[name])
    changed.rows = slice(0, 0)
    classifier = Classifier(bundle, changed)
    whole = classifier.classify(bundle.golden.images[:4])
    changed.rows = slice(1, 2)
    partly = classifier.classify(bundle.golden.images[:4])
    assert partly[1] is None
    for place in (0, 2, 3):
        one, other = whole[place], partly[place]
        assert one is not None
        assert other is not None
        assert (one.prediction, one.distance) == (other.prediction, other.distance)


@pytest.mark.parametrize("output", ["binary", "subtype"])
def test_no_engine_passes_a_check_against_golden_probabilities_that_are_not_numbers(bundle: Bundle, engine: Engine, output: str) -> None:
    golden = replace(bundle.golden, **{output: np.full_like(getattr(bundle.golden, output), np.nan)})
    with pytest.raises(BundleError, match="for its known images it does not give the expected probabilities"):
        Classifier(replace(bundle, golden=golden), engine)


@pytest.mark.parametrize("output", ["binary", "subtype"])
@pytest.mark.parametrize("place", [0, -1])
def test_an_engine_is_refused_for_a_single_probability_outside_the_tolerance(
    bundle: Bundle, engine: Engine, output: str, place: int
) -> None:
    values = getattr(bundle.golden, output).copy()
    values.flat[place] += 2.5 * GOLDEN_TOLERANCE
    with pytest.raises(BundleError, match=r"for its known images it does not give the expected probabilities \(off by 0\.00[23]\)"):
        Classifier(replace(bundle, golden=replace(bundle.golden, **{output: values})), engine)
    values.flat[place] -= 2 * GOLDEN_TOLERANCE
    assert Classifier(replace(bundle, golden=replace(bundle.golden, **{output: values})), engine).golden_images == len(values)


def times_nan(graph: bytes, output: str) -> bytes:
    """Multiply the named output of a graph by NaN."""
    model = onnx.load_from_string(graph)
    for node in model.graph.node:
        node.output[:] = [f"{name}_before" if name == output else name for name in node.output]
    model.graph.initializer.append(numpy_helper.from_array(np.array([np.nan], np.float32), "nan"))
    model.graph.node.append(helper.make_node("Mul", [f"{output}_before", "nan"], [output]))
    data: bytes = model.SerializeToString()
    return data


def put_graph(models: Path, graph: bytes) -> None:
    (models / "joint.onnx").write_bytes(graph)
    card = json.loads((models / "card.json").read_text(encoding="utf-8"))
    card["derived"]["joint.onnx"]["sha256"] = hashlib.sha256(graph).hexdigest()
    (models / "card.json").write_text(json.dumps(card), encoding="utf-8")


@pytest.mark.slow
def test_a_graph_with_nan_subtypes_is_refused_and_auto_uses_the_networks(tmp_path: Path) -> None:
    models = Path(shutil.copytree(default_models(), tmp_path / "models"))
    put_graph(models, times_nan((models / "joint.onnx").read_bytes(), "subtype"))
    with pytest.raises(BundleError, match="values that are not probabilities"):
        load_classifier(models, engine=ONNX_RUNTIME)
    assert load_classifier(models).engine_name == "TensorFlow"


def test_the_command_line_reports_a_graph_that_gives_nan_if_no_other_engine_can_run(
    tmp_path: Path, samples: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    models = Path(shutil.copytree(default_models(), tmp_path / "models"))
    leave_out_networks(models)
    put_graph(models, times_nan((models / "joint.onnx").read_bytes(), "subtype_maps"))
    assert main([str(samples[0]), "--models", str(models)]) == NOTHING_RAN
    assert "for its known images it gives values that are not probabilities" in capsys.readouterr().err


def test_an_image_without_an_answer_becomes_a_failed_row_and_the_run_continues(
    engine: Engine, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = Changed(engine, "subtype", spoilt)
    changed.rows = slice(0, 0)

    def opened(bundle: Bundle, *_: Any) -> Classifier:
        classifier = Classifier(bundle, changed)
        changed.rows = slice(1, 2)
        return classifier

    monkeypatch.setattr(deferred, "open_networks", opened)
    assert main([str(folder)]) == SOME_NOT_DONE
    output = capsys.readouterr()
    assert "4 queued = 2 done + 2 failed" in output.err
    assert (
        output.out.count("failed: The models gave no probabilities for this image; analyse it again with the CPU as computing device.") == 1
    )


@pytest.fixture(scope="module")
def fast_engine(bundle: Bundle) -> OnnxEngine:
    return OnnxEngine(bundle)


@pytest.mark.parametrize(
    ("output", "change"),
    [
        ("malignant", lambda values: values[:, 0]),
        ("malignant", lambda values: np.repeat(values, 2, axis=1)),
        ("subtype", lambda values: values[:, :1]),
        ("subtype", lambda values: values[:1]),
        ("malignant_map", lambda values: values[..., None]),
        ("malignant_map", lambda values: values[:, :0]),
        ("subtype_maps", lambda values: values[:, 1:]),
        ("subtype_maps", lambda values: values[..., :7]),
        ("features", lambda values: values.mean(axis=(1, 2))),
        ("features", lambda values: values.astype(np.float64)),
        ("malignant", lambda values: values.astype(np.float16)),
        ("malignant", list),
        ("subtype", lambda values: values.astype(str)),
    ],
)
def test_a_graph_that_gives_outputs_of_an_unexpected_form_is_refused(
    bundle: Bundle, fast_engine: OnnxEngine, monkeypatch: pytest.MonkeyPatch, output: str, change: Change
) -> None:
    run = fast_engine._session.run

    class Session:
        """A session that runs the graph and changes one output."""

        def run(self, names: list[str], *inputs: Any) -> list[Any]:
            return [change(values) if name == output else values for name, values in zip(names, run(names, *inputs), strict=True)]

    monkeypatch.setattr(fast_engine, "_session", Session())
    with pytest.raises(BundleError, match=r"joint\.onnx gives outputs of an unexpected form"):
        fast_engine.infer(bundle.golden.images[:2])
