"""Advice that can be followed to the letter: the commands in a message take on the options of the call that it answers."""

import re
from argparse import Namespace
from pathlib import Path

from training.predictions import RESULTS
from training.workspace import DEFAULT_ROOT

_COMMAND = re.compile(r"`python -m training (prepare|train|evaluate)([^`]*)`")
_TAKES_RESULTS = ("train", "evaluate")


def completed(message: str, options: Namespace) -> str:
    """Give the commands that a message names in backticks the folders of this call, and its recipe as it was named.

    Args:
        message: Of whatever knows the command and the recipe alone.
        options: Of the call: `work`, and where it takes them `results` and `recipe`.
    """
    return _COMMAND.sub(lambda found: f"`python -m training {found[1]}{_named(found[2], options)}{_folders(found[1], options)}`", message)


def _named(arguments: str, options: Namespace) -> str:
    """Name a recipe by the file that was given for it."""
    given = getattr(options, "recipe", "")
    return arguments.replace(f" {Path(given).stem}", f" {given}") if given.endswith(".toml") and given not in arguments else arguments


def _folders(command: str, options: Namespace) -> str:
    work = "" if options.work == DEFAULT_ROOT else f" --work {options.work}"
    results = getattr(options, "results", RESULTS)
    return work if results == RESULTS or command not in _TAKES_RESULTS else f"{work} --results {results}"
