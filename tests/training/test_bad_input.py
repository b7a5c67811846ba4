"""Users' mistakes on training's command line: each gives a sentence with advice and exit status 2, and leaves no half-written file."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import keras
import pytest

from tests.factories.predictions import make_predictions
from tests.factories.recipes import SMALL
from tests.training.conftest import write_image, write_plain_image
from training.__main__ import main
from training.experiment.ensemble import known_ensembles, load_ensemble
from training.experiment.failures import load_failures
from training.experiment.predictions import save_predictions
from training.fit.train import CHECKPOINT_FILE, DONE_FILE
from training.model import pretrained
from training.workspace import Workspace


class CommandLine:
    """`python -m training` with a workspace and a folder of results for one test."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.workspace, self.results = Workspace(folder / "work"), folder / "results"
        self._capsys = capsys

    def __call__(self, *arguments: str | Path) -> int:
        return main([*map(str, arguments), "--work", str(self.workspace.root)])

    def refuses(self, *arguments: str | Path) -> str:
        """Return the one sentence with which a command is refused."""
        self._capsys.readouterr()
        assert self(*arguments) == 2
        (sentence,) = self._capsys.readouterr().err.splitlines()
        assert sentence.endswith(".")
        return sentence


@pytest.fixture
def training(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(tmp_path, capsys)


@pytest.fixture
def prepared(training: CommandLine, tree: Path) -> CommandLine:
    assert training("prepare", tree) == 0
    return training


@contextmanager
def files_limited_to(size: int) -> Iterator[None]:
    """Make the system refuse to let a file grow beyond `size` bytes, as a full disk would."""
    resource = pytest.importorskip("resource", reason="this system limits no file sizes")
    former = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, former[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, former)


def write_recipe(folder: Path, text: str) -> Path:
    file = folder / "mine.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_folder_without_images_is_refused(training: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "no image" in training.refuses("prepare", tmp_path / "empty")
    assert not training.workspace.index_file.exists()


def test_images_of_one_class_are_refused(training: CommandLine, tmp_path: Path) -> None:
    for number in range(6):
        write_image(tmp_path / "data", "DC", str(1001 + number), 1)
    assert "All images are malignant" in training.refuses("prepare", tmp_path / "data")


def test_fewer_accessions_than_folds_are_refused(training: CommandLine, tmp_path: Path) -> None:
    for number in range(4):
        write_image(tmp_path / "data", ("F", "DC")[number % 2], str(1001 + number), 1)
    assert "4 accessions, and 5 folds need at least 5" in training.refuses("prepare", tmp_path / "data")


def test_training_before_preparing_is_refused(training: CommandLine) -> None:
    assert "training prepare DATA" in training.refuses("train", "lite0_frozen")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (("dense = 8", "dence = 8"), "has an unknown key network.dence; correct it"),
        (("dense = 8", "dense = 0"), "gives network.dense as 0; it must be between 1 and"),
        (("[network]", "[network"), "is not valid TOML"),
    ],
)
def test_an_invalid_recipe_is_refused(prepared: CommandLine, tmp_path: Path, changed: tuple[str, str], said: str) -> None:
    assert said in prepared.refuses("train", write_recipe(tmp_path, SMALL.replace(*changed)))


def test_a_recipe_that_does_not_exist_is_refused(prepared: CommandLine) -> None:
    assert "the project's are in training/recipes" in prepared.refuses("train", "no_such")
    assert "did you mean lite0_frozen" in prepared.refuses("train", "lite0_frozn")
    assert "There is no file mine.toml" in prepared.refuses("train", "mine.toml")


# When it saves, Keras 3.15 copies its variables in a way that NumPy 2 deprecates (seen 2026-11 with NumPy 2.4).
@pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept a copy keyword:DeprecationWarning")
def test_weights_of_another_architecture_are_refused(prepared: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pretrained, "FOLDER", tmp_path)
    other = keras.Sequential([keras.Input((4,)), keras.layers.Dense(2)])
    other.save_weights(tmp_path / "resnet50.weights.h5")
    said = prepared.refuses("train", "resnet50_frozen", "--results", prepared.results)
    assert "does not hold the weights of the backbone (ResNet50" in said
    assert [failure.reason for failure in load_failures(prepared.results)] == [said]


@pytest.mark.parametrize("name", ["lite0_frozen", known_ensembles()[0]])
def test_a_recipe_file_with_the_name_of_a_recipe_or_ensemble_of_the_project_is_refused(
    prepared: CommandLine, tmp_path: Path, name: str
) -> None:
    file = tmp_path / f"{name}.toml"
    file.write_text(SMALL, encoding="utf-8")
    assert "rename the file" in prepared.refuses("train", file)


@pytest.mark.parametrize("epochs", ["0", "-3", "some"])
def test_an_invalid_number_of_epochs_is_refused(prepared: CommandLine, epochs: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        prepared("train", "lite0_frozen", "--epochs", epochs)
    assert stopped.value.code == 2
    assert "is not a whole number of 1 or more" in capsys.readouterr().err


@pytest.mark.parametrize("recipe", ["brief_subtype_undersampling", "lite0_frozen"])
def test_recipes_that_learn_subtypes_refuse_images_without_subtypes(training: CommandLine, tmp_path: Path, recipe: str) -> None:
    for number in range(24):
        name = f"{('benign', 'malignant')[number % 2]}/patient {number % 12}/{number}.png"
        write_plain_image(tmp_path / "own" / name, seed=number)
    assert training("prepare", tmp_path / "own") == 0
    assert "choose a recipe of the task 'binary'" in training.refuses("train", recipe, "--results", training.results)


def test_a_damaged_backbone_is_refused(prepared: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pretrained, "FOLDER", tmp_path)
    (tmp_path / "efficientnet_lite0.keras").write_bytes(b"PK damaged")
    assert "efficientnet_lite0.keras" in prepared.refuses("train", "lite0_frozen", "--results", prepared.results)


def test_an_untrained_recipe_is_neither_evaluated_nor_exported(prepared: CommandLine, tmp_path: Path) -> None:
    assert "training train lite0_frozen" in prepared.refuses("evaluate", "lite0_frozen", "--results", prepared.results)
    assert "lite0_frozen --final" in prepared.refuses("export", "lite0_frozen", "--models", tmp_path / "models")
    assert "cannot be exported" in prepared.refuses("export", "brief_binary_baseline", "--models", tmp_path / "models")
    assert not (tmp_path / "models").exists()


def test_advised_commands_repeat_the_folders_and_the_recipe_file_that_the_user_gave(prepared: CommandLine, tmp_path: Path) -> None:
    recipe, results = write_recipe(tmp_path, SMALL), f"--work {prepared.workspace.root} --results {prepared.results}"
    said = prepared.refuses("evaluate", recipe, "--results", prepared.results)
    assert f"`.venv/bin/uv run python -m training train {recipe} --protocol grouped {results}`" in said
    said = prepared.refuses("evaluate", known_ensembles()[0], "--protocol", "image", "--results", prepared.results)
    member = load_ensemble(known_ensembles()[0]).members[0]
    assert f"`.venv/bin/uv run python -m training evaluate {member} --protocol image {results}`" in said
    own = tmp_path / "my recipes" / "image.toml"
    own.parent.mkdir()
    own.write_text(SMALL, encoding="utf-8")
    said = prepared.refuses("evaluate", own, "--protocol", "image", "--results", prepared.results)
    assert f"`.venv/bin/uv run python -m training train '{own}' --protocol image {results}`" in said
    prepared.workspace.index_file.unlink()
    assert f"`.venv/bin/uv run python -m training prepare DATA --work {prepared.workspace.root}`" in prepared.refuses(
        "tune", "lite0_staged"
    )


def test_saved_predictions_are_evaluated_if_there_was_no_training_here(training: CommandLine, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO"):
        assert training("evaluate", "lite0_frozen") == 0
    assert "lite0_frozen has no finished run here; these are the figures of the predictions in" in caplog.text
    assert "1,387 images of 50 accessions" in caplog.text


def test_saved_predictions_of_other_images_are_not_used_for_the_users_images(prepared: CommandLine) -> None:
    assert "lite0_frozen has not been trained under the grouped protocol" in prepared.refuses("evaluate", "lite0_frozen")


def test_saved_predictions_of_another_version_of_a_recipe_are_not_used(training: CommandLine) -> None:
    save_predictions(make_predictions("lite0_frozen"), training.results)
    assert "holds no prepared images" in training.refuses("evaluate", "lite0_frozen", "--results", training.results)


@pytest.mark.slow
def test_training_reports_a_full_disk_and_finishes_once_there_is_room(prepared: CommandLine, tmp_path: Path) -> None:
    recipe, results = write_recipe(tmp_path, SMALL), ("--fold", "1", "--results", prepared.results)
    run = prepared.workspace.run("mine", "grouped-1")
    assert prepared("train", recipe, *results, "--epochs", "1") == 0
    assert (run / DONE_FILE).exists()
    with files_limited_to(4096):
        said = prepared.refuses("train", recipe, *results)
    assert "the disk is full; make room, and run the same command again" in said
    assert not list(run.glob("*.part*"))
    assert not (run / DONE_FILE).exists()
    assert prepared("train", recipe, *results) == 0
    assert (run / DONE_FILE).exists()


@pytest.mark.slow
def test_an_interrupted_training_says_how_to_resume(prepared: CommandLine, tmp_path: Path) -> None:
    arguments = ["train", str(write_recipe(tmp_path, SMALL.replace("epochs = 6", "epochs = 60"))), "--fold", "1"]
    command = [sys.executable, "-m", "training", *arguments, "--results", str(prepared.results), "--work", str(prepared.workspace.root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as interrupted:
        assert interrupted.stdout is not None
        next(line for line in interrupted.stdout if "epoch 2 of 60" in line)
        interrupted.send_signal(signal.SIGINT)
        _, errors = interrupted.communicate()
    assert interrupted.returncode == 130
    assert errors.splitlines()[-1] == "Interrupted; the last checkpoint is kept. The same command continues from it."
    assert "Traceback" not in errors
    run = prepared.workspace.run("mine", "grouped-1")
    assert (run / CHECKPOINT_FILE).exists()
    assert not (run / DONE_FILE).exists()
