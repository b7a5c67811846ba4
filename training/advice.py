"""Advice that can be followed to the letter: the commands in a message take on the options of the call that it answers."""

import re
from argparse import Namespace
from pathlib import Path
from shlex import quote

from training.experiment.predictions import RESULTS
from training.workspace import DEFAULT_ROOT

_COMMAND = re.compile(r"`python -m training (prepare|train|evaluate) ([^` ]+)([^`]*)`")
_TAKES_RESULTS = ("train", "evaluate")


def completed(message: str, options: Namespace) -> str:
    """Give the commands that a message names in backticks the folders of this call, and its recipe as it was named.

    Args:
        message: Of whatever knows the command and the recipe alone.
        options: Of the call: `work`, and where it takes them `results` and `recipe`; epochs and precision are not taken on.
    """

    def complete(found: re.Match[str]) -> str:
        command, what, rest = found.groups()
        return f"`python -m training {command} {_named(what, options)}{rest}{_folders(command, options)}`"

    return _COMMAND.sub(complete, message)


def _named(what: str, options: Namespace) -> str:
    """Name a recipe by the file that was given for it."""
    given = getattr(options, "recipe", "")
    return quote(given) if given.endswith(".toml") and Path(given).stem == what else what


def _folders(command: str, options: Namespace) -> str:
    work = "" if options.work == DEFAULT_ROOT else f" --work {quote(str(options.work))}"
    results = getattr(options, "results", RESULTS)
    return work if results == RESULTS or command not in _TAKES_RESULTS else f"{work} --results {quote(str(results))}"
