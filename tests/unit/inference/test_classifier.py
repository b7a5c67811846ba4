"""The classifier with the shipped models, on the sample images."""

import hashlib
import json
import shutil
import threading
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from breakhis_desktop.assets import default_models
from breakhis_desktop.domain.card_parts import Temperature
from breakhis_desktop.domain.decision import Prediction
from breakhis_desktop.domain.engines import TENSORFLOW
from breakhis_desktop.errors import BundleError
from breakhis_desktop.imaging.decode import decode
from breakhis_desktop.imaging.prepare import prepare
from breakhis_desktop.inference.bundle import read_bundle
from breakhis_desktop.inference.classifier import Classifier, load_classifier
from breakhis_desktop.inference.engine import RawOutput
from breakhis_desktop.inference.onnx_engine import OnnxEngine
from tests.factories import there


@pytest.fixture(scope="module")
def classifier(tmp_path_factory: pytest.TempPathFactory) -> Classifier:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BREAKHIS_HOME", str(tmp_path_factory.mktemp("home")))
        return load_classifier(default_models())


@pytest.fixture
def inputs(classifier: Classifier, samples: list[Path]) -> NDArray[np.uint8]:
    return np.stack([prepare(decode(sample.read_bytes()), classifier.card.input_size) for sample in samples])


def predictions(classifier: Classifier, inputs: NDArray[np.uint8]) -> list[Prediction]:
    return [there(findings).prediction for findings in classifier.classify(inputs)]


def test_predictions_are_probabilities(classifier: Classifier, inputs: NDArray[np.uint8]) -> None:
    for prediction in predictions(classifier, inputs):
        assert 0 <= prediction.p_malignant <= 1
        assert sum(prediction.p_subtypes) == pytest.approx(1, abs=1e-5)


def test_an_image_gets_the_same_answer_in_any_batch(classifier: Classifier, inputs: NDArray[np.uint8]) -> None:
    alone = [predictions(classifier, image[None])[0].p_malignant for image in inputs[:3]]
    together = [prediction.p_malignant for prediction in predictions(classifier, np.concatenate([inputs] * 3))]
    for first in range(0, 30, 10):
        assert together[first : first + 3] == pytest.approx(alone, abs=1e-5)


def test_a_card_can_make_the_malignant_subtypes_add_up_to_the_probability_of_malignancy(inputs: NDArray[np.uint8]) -> None:
    bundle = read_bundle(default_models())
    engine = OnnxEngine(bundle)
    found = {}
    for within in (False, True):
        card = replace(bundle.card, temperature=Temperature(binary=1.0, subtype=1.0), subtypes_within_class=within)
        found[within] = [there(one).prediction for one in Classifier(replace(bundle, card=card), engine).classify(inputs)]
    for prediction in found[True]:
        assert sum(prediction.p_subtypes[4:]) == pytest.approx(prediction.p_malignant, abs=1e-5)
    assert any(sum(one.p_subtypes[4:]) != pytest.approx(one.p_malignant, abs=1e-2) for one in found[False])


def test_a_batch_without_images_gives_no_predictions(classifier: Classifier) -> None:
    assert classifier.classify(np.zeros((0, *classifier.card.input_size[::-1], 3), np.uint8)) == []


def test_a_classifier_refuses_calls_from_another_thread(classifier: Classifier, inputs: NDArray[np.uint8]) -> None:
    caught: list[Exception] = []

    def ask() -> None:
        try:
            classifier.classify(inputs)
        except RuntimeError as error:
            caught.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    assert len(caught) == 1


class Swapped:
    """An engine that returns the subtypes in a different order."""

    name = "swapped"

    def __init__(self, classifier: Classifier) -> None:
        self._engine = classifier._engine

    def infer(self, inputs: NDArray[np.uint8]) -> RawOutput:
        inference = self._engine.infer(inputs)
        return replace(inference, subtype=inference.subtype[:, ::-1])


def test_an_engine_that_swaps_classes_does_not_pass_the_check_on_the_golden_images(classifier: Classifier) -> None:
    with pytest.raises(BundleError, match="known images"):
        Classifier(read_bundle(default_models()), Swapped(classifier))


def test_golden_probabilities_that_are_not_numbers_are_refused(classifier: Classifier) -> None:
    bundle = read_bundle(default_models())
    broken = replace(bundle, golden=replace(bundle.golden, binary=np.full_like(bundle.golden.binary, np.nan)))
    with pytest.raises(BundleError, match="known images"):
        Classifier(broken, classifier._engine)


def test_a_network_with_the_weights_of_another_network_is_refused(tmp_path: Path) -> None:
    models = tmp_path / "models"
    shutil.copytree(default_models(), models)
    file = models / "binary.keras"
    with zipfile.ZipFile(default_models() / file.name) as binary, zipfile.ZipFile(models / "subtype.keras") as subtype:
        config, metadata, weights = binary.read("config.json"), binary.read("metadata.json"), subtype.read("model.weights.h5")
    with zipfile.ZipFile(file, "w") as mixed:
        mixed.writestr("config.json", config)
        mixed.writestr("metadata.json", metadata)
        mixed.writestr("model.weights.h5", weights)
    card = json.loads((models / "card.json").read_text(encoding="utf-8"))
    card["files"][file.name] = hashlib.sha256(file.read_bytes()).hexdigest()
    (models / "card.json").write_text(json.dumps(card), encoding="utf-8")
    with pytest.raises(BundleError, match=r"Keras does not open binary\.keras"):
        load_classifier(models, engine=TENSORFLOW)
