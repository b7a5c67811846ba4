"""The commands that messages advise: first created without folders, then completed with the folders of the command that the user gave."""

from argparse import Namespace
from dataclasses import replace
from pathlib import Path
from shlex import quote

from breakhis_desktop.wording.message import Message
from training.wording import TrainingCode
from training.workspace import DEFAULT_ROOT, RESULTS


def command(subcommand: str, what: str, options: str = "") -> Message:
    """Create a command for a message.

    Args:
        subcommand: The subcommand, such as `train`.
        what: Its first argument, usually the recipe.
        options: Its options, such as `--final`, except those that name folders.
    """
    return Message.of(TrainingCode.COMMAND, subcommand=subcommand, what=what, options=options and f" {options}", folders="")


PREPARE = command("prepare", "DATA")


def completed(message: Message, call: Namespace) -> Message:
    """Complete the commands in a message with the folders and the recipe of the user's own command.

    Args:
        message: A message whose commands still lack the folders.
        call: The parsed arguments of the user's command, of which only `work`, `results` and `recipe` matter; the last two may be absent.
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
    """Return the recipe's file, quoted, if the user gave this recipe as a file; else return `what` as it is."""
    return quote(given) if given.endswith(".toml") and Path(given).stem == what else what
