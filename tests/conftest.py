"""Fixtures and helpers for all tests: a private home folder, images, a fake classifier, and a guard against network access."""

import logging
import os
import signal
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # `breakhis_desktop` sets this too, but the tests import NumPy before it

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from breakhis_desktop import paths
from breakhis_desktop.assets import sample_images
from breakhis_desktop.domain.card import CARD_FORMAT, ModelCard
from breakhis_desktop.domain.card_parts import (
    LargeFields,
    OodRule,
    PointEvidence,
    ReviewEvidence,
    ShareFigure,
    Temperature,
    TrainingData,
)
from breakhis_desktop.domain.decision import Prediction
from breakhis_desktop.domain.taxonomy import SUBTYPE_CODES
from breakhis_desktop.inference.model_output import ModelOutput
from breakhis_desktop.wording.message import Message
from tests import SOCKET_ATTEMPTS

DATA = Path(__file__).parents[2] / "shared" / "data" / "BreaKHis_v1"


@pytest.hookimpl(wrapper=True)
def pytest_report_to_serializable() -> Generator[None, dict[str, Any], dict[str, Any]]:
    """Escape undecodable bytes in a test's report, because pytest-xdist cannot send them."""
    report: dict[str, Any] = _printable((yield))
    return report


def _printable(part: Any) -> Any:
    match part:
        case str():
            return part.encode(errors="backslashreplace").decode()
        case dict():
            return {_printable(key): _printable(value) for key, value in part.items()}
        case list() | tuple():
            return type(part)(map(_printable, part))
    return part


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give every test its own `BREAKHIS_HOME`."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("BREAKHIS_HOME", str(folder))
    return folder


@pytest.fixture
def log(home: Path) -> Iterator[Path]:
    """Return the path of the log; remove the test's log handlers afterwards."""
    loggers = [logging.getLogger(name) for name in ("breakhis_desktop", "py.warnings")]
    before = [list(logger.handlers) for logger in loggers]
    yield paths.log_file()
    logging.captureWarnings(capture=False)
    for logger, handlers in zip(loggers, before, strict=True):
        for handler in set(logger.handlers) - set(handlers):
            logger.removeHandler(handler)
            handler.close()


@pytest.fixture(autouse=True)
def offline() -> Iterator[None]:
    """Fail a test if any code in it tried to reach a network."""
    yield
    attempts = SOCKET_ATTEMPTS.read_text(encoding="utf-8")
    SOCKET_ATTEMPTS.write_text("", encoding="utf-8")
    assert not attempts, f"something asked for a network: {attempts}"


@pytest.fixture(autouse=True)
def signals_are_heard() -> Iterator[None]:
    """Reset signals that this process ignores (under `nohup`, say), since the child processes of tests would ignore them too."""
    numbers = [getattr(signal, name) for name in ("SIGINT", "SIGHUP") if hasattr(signal, name)]
    ignored = [number for number in numbers if signal.getsignal(number) is signal.SIG_IGN]
    for number in ignored:
        signal.signal(number, signal.SIG_DFL)
    yield
    for number in ignored:
        signal.signal(number, signal.SIG_IGN)


@pytest.fixture
def data() -> Path:
    """Return the folder of the BreakHis images, or skip."""
    if not DATA.is_dir():
        pytest.skip("the BreakHis images are not in ../shared/data")
    return DATA


@pytest.fixture(scope="session")
def samples() -> list[Path]:
    """Return the program's own sample images."""
    return sorted(sample_images().glob("*.png"))


@pytest.fixture
def folder(tmp_path: Path, samples: list[Path]) -> Path:
    """Return a folder with three valid images, one of them with an official name, and a truncated image."""
    target = tmp_path / "fields"
    target.mkdir()
    names = ("SOB_M_DC-14-2523-400-001.png", "b.png", "c.png")
    familiar = [sample for sample in samples if sample.name.startswith(("synthetic-01", "synthetic-05", "synthetic-07"))]
    for name, sample in zip(names, familiar, strict=True):
        (target / name).write_bytes(sample.read_bytes())
    (target / "broken.png").write_bytes(samples[0].read_bytes()[:5000])
    return target


@pytest.fixture
def save_image(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a small picture, given its mode, its name and options for Pillow's `save`."""

    def save(mode: str, name: str, **options: Any) -> Path:
        gradient = np.linspace(0, 255, 240 * 160 * 3).reshape(160, 240, 3).astype(np.uint8)
        image = Image.fromarray(gradient).convert(mode)
        path = tmp_path / name
        image.save(path, **options)
        return path

    return save


@contextmanager
def small_disk(largest: int = 1000) -> Iterator[None]:
    """Limit the size of files, in bytes, to simulate a full disk; the limit applies to pytest's own output too."""
    resource = pytest.importorskip("resource", reason="only Unix can limit the size of files")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@cache
def _sample() -> Image.Image:
    with Image.open(next(iter(sorted(sample_images().glob("*.png"))))) as image:
        return image.convert("RGB").resize((224, 224))


def small_field(number: int) -> Image.Image:
    """Return a picture (224 x 224 pixels) that passes the quality gate; each number from 0 to 200 gives a different picture."""
    return Image.blend(_sample(), Image.new("RGB", (224, 224), "white"), number / 500)


CARD = ModelCard(
    format=CARD_FORMAT,
    name="fake",
    version="1",
    created="2026-01-01T00:00:00+00:00",
    class_order=SUBTYPE_CODES,
    input_size=(224, 224),
    preprocessing_version=1,
    keras_version="3.0.0",
    files={"binary.keras": "aa", "subtype.keras": "bb", "golden.npz": "cc"},
    temperature=Temperature(binary=1.0, subtype=1.0),
    review=ReviewEvidence(margin=0.1),
    operating_points={
        "default": PointEvidence(
            threshold=0.5, sensitivity=ShareFigure(0.95, 0.9, 0.98), specificity=ShareFigure(0.6, 0.4, 0.8), protocol="grouped folds"
        )
    },
    familiarity=OodRule(sha256="dd", limit=1.0),
    large_fields=LargeFields((700, 460), 0.25),
    training_data=TrainingData(magnifications={"40": 10, "100": 10, "200": 10, "400": 10}),
)


class FakeClassifier:
    """A classifier without a neural network: the darker an image, the higher the probability that it is malignant."""

    card = CARD
    golden_images = 1
    engine_name = "fake"
    device_trouble: Message | None = None

    def classify(self, inputs: NDArray[np.uint8]) -> list[ModelOutput]:
        """Return a prediction for each image: the probability that it is malignant is one minus its mean brightness.

        Ductal carcinoma has the same probability, and fibroadenoma has the rest.
        """
        return [self._classify(image) for image in inputs]

    def _classify(self, image: NDArray[np.uint8]) -> ModelOutput:
        darkness = 1 - image.astype(np.float32).mean(axis=2) / 255
        p = float(darkness.mean())
        side = image.shape[0] // 7
        cells = darkness[: 7 * side, : 7 * side].reshape(7, side, 7, side).mean(axis=(1, 3))
        return ModelOutput(Prediction(p, (0.0, 1 - p, 0.0, 0.0, p, 0.0, 0.0, 0.0)), 0.5, cells, np.repeat(cells[..., None], 8, axis=2))


@pytest.fixture
def fake_classifier() -> FakeClassifier:
    """Return a classifier without a neural network."""
    return FakeClassifier()
