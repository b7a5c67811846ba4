"""Commands in messages, and the codes of training's messages."""

from argparse import Namespace
from pathlib import Path

from breakhis_desktop.wording.codes import CODES
from breakhis_desktop.wording.message import Message
from training.commands import PREPARE, command, completed
from training.wording import TrainingCode
from training.workspace import DEFAULT_ROOT, RESULTS

NOT_TRAINED = Message.of(
    TrainingCode.NOT_TRAINED, recipe="my own", protocol="image", command=command("train", "my own", "--protocol image")
)


def test_a_command_in_a_message_repeats_the_folders_and_recipe_file_that_the_user_gave() -> None:
    call = Namespace(work=Path("my work"), results=Path("out"), recipe="recipes/my own.toml")
    assert str(completed(NOT_TRAINED, call)) == (
        "my own has not been trained under the image protocol; run `.venv/bin/uv run python -m training train 'recipes/my own.toml' "
        "--protocol image --work 'my work' --results out` first."
    )


def test_a_command_in_a_nested_message_repeats_the_work_folder_that_the_user_gave() -> None:
    call = Namespace(work=Path("w"), results=RESULTS)
    nested = Message.of(TrainingCode.RECIPE_AT_FAULT, file="a.toml", fault=NOT_TRAINED)
    assert "train my own --protocol image --work w`" in str(completed(nested, call))


def test_the_prepare_command_repeats_neither_the_results_folder_nor_the_recipe() -> None:
    assert str(completed(PREPARE, Namespace(work=DEFAULT_ROOT, results=Path("out"), recipe="DATA.toml"))) == (
        "`.venv/bin/uv run python -m training prepare DATA`"
    )


def test_text_that_looks_like_a_command_is_left_unchanged() -> None:
    odd = Message.of(TrainingCode.PREDICTIONS_DAMAGED, file="`python -m training train a`")
    assert completed(odd, Namespace(work=Path("w"), results=Path("out"), recipe="a.toml")) == odd


def test_the_message_codes_of_training_are_unique_and_distinct_from_those_of_the_program() -> None:
    assert not CODES.keys() & TrainingCode.__members__.keys()
    assert len({code.value for code in TrainingCode}) == len(TrainingCode.__members__)
