"""Commands that messages advise: named where a message arises, completed with the options of the call that it answers."""

from argparse import Namespace
from dataclasses import replace
from pathlib import Path
from shlex import quote

from breakhis_desktop.wording.message import Message
from training.wording import TrainingCode
from training.workspace import DEFAULT_ROOT, RESULTS


def command(subcommand: str, what: str, options: str = "") -> Message:
    """Name a command in a message.

    Args:
        subcommand: Such as `train`.
        what: The recipe, or whatever else it takes first.
        options: What it must be given besides, without the folders of a call.
    """
    return Message.of(TrainingCode.COMMAND, subcommand=subcommand, what=what, options=options and f" {options}", folders="")


PREPARE = command("prepare", "DATA")


def completed(message: Message, call: Namespace) -> Message:
    """Give the commands in a message the folders of a call, and its recipe as it was named there.

    Args:
        message: Of whatever knows the command and the recipe alone.
        call: Its `work`, and where it takes them `results` and `recipe`; epochs and precision are not taken on.
    """
    if message.code is TrainingCode.COMMAND:
        return _completed_command(message, call)
    values = tuple((name, completed(value, call) if isinstance(value, Message) else value) for name, value in message.values)
    return replace(message, values=values)


def _completed_command(message: Message, call: Namespace) -> Message:
    values = dict(message.values)
    folders = "" if call.work == DEFAULT_ROOT else f" --work {quote(str(call.work))}"
    results = getattr(call, "results", RESULTS)
    if values["subcommand"] != "prepare":
        values["what"] = _named(str(values["what"]), getattr(call, "recipe", ""))
        folders += "" if results == RESULTS else f" --results {quote(str(results))}"
    return replace(message, values=tuple({**values, "folders": folders}.items()))


def _named(what: str, given: str) -> str:
    """Name a recipe by the file that was given for it."""
    return quote(given) if given.endswith(".toml") and Path(given).stem == what else what
