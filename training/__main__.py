"""`python -m training`: prepare, train, evaluate, export."""

import argparse
import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from breakhis_desktop.assets import default_models
from breakhis_desktop.errors import UserError
from training.data import load_dataset, prepare_images
from training.recipe import load_recipe
from training.splits import FOLDS
from training.workspace import DEFAULT_ROOT, Workspace

_log = logging.getLogger("training")


def main(arguments: list[str] | None = None) -> int:
    """Run one subcommand.

    Returns:
        The exit status: 0, or 2 where input or environment are at fault.
    """
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
    options = _parser().parse_args(arguments)
    try:
        options.run(options, Workspace(options.work))
    except UserError as error:
        _log.error("%s", error)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m training", description="From images to a model bundle.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    prepare = _command(commands.add_parser("prepare", help="decode the images below a folder once"), _prepare)
    prepare.add_argument("data", type=Path, metavar="DATA", help="a folder with official BreakHis names")
    train = _command(commands.add_parser("train", help="train a recipe on every fold and on all images, or on one of these"), _train)
    train.add_argument("recipe", metavar="RECIPE", help="the name of a file in training/recipes, or a .toml file")
    only = train.add_mutually_exclusive_group()
    only.add_argument("--fold", type=int, choices=FOLDS, help="this fold alone")
    only.add_argument("--final", action="store_true", help="all images alone")
    evaluate = _command(commands.add_parser("evaluate", help="compute all figures of the grouped protocol"), _evaluate)
    evaluate.add_argument("recipe", metavar="RECIPE")
    export = _command(commands.add_parser("export", help="write the bundle of a recipe that was trained and evaluated"), _export)
    export.add_argument("recipe", metavar="RECIPE")
    export.add_argument("--models", type=Path, default=default_models(), metavar="DIR", help="default: the program's own bundle")
    return parser


def _command(command: argparse.ArgumentParser, run: Callable[[argparse.Namespace, Workspace], None]) -> argparse.ArgumentParser:
    command.add_argument("--work", type=Path, default=DEFAULT_ROOT, metavar="DIR", help="default: training/work")
    command.set_defaults(run=run)
    return command


def _prepare(options: argparse.Namespace, workspace: Workspace) -> None:
    count = prepare_images(options.data, workspace)
    data = load_dataset(workspace)
    _log.info("%d images of %d accessions prepared in %s", count, len(set(data.accession)), workspace.root)


def _train(options: argparse.Namespace, workspace: Workspace) -> None:
    from training.train import train

    recipe, data = load_recipe(options.recipe), load_dataset(workspace)
    runs = (options.fold,) if options.fold else (None,) if options.final else (*FOLDS, None)
    for held_out in runs:
        train(recipe, data, workspace, held_out)


def _evaluate(options: argparse.Namespace, workspace: Workspace) -> None:
    from training.evaluate import evaluate, readable

    evaluation = evaluate(load_recipe(options.recipe), load_dataset(workspace), workspace)
    _log.info("%s", readable(evaluation))


def _export(options: argparse.Namespace, workspace: Workspace) -> None:
    from training.export import export

    export(load_recipe(options.recipe), load_dataset(workspace), workspace, options.models)
    _log.info("The bundle is written to %s", options.models)


if __name__ == "__main__":
    sys.exit(main())
