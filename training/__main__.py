"""The command line `python -m training`: prepare, train, tune, evaluate, compare, export."""

import argparse
import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path
from shlex import quote

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from breakhis_desktop.assets import default_models
from breakhis_desktop.console import path_argument
from breakhis_desktop.errors import UserError
from breakhis_desktop.wording.message import Message
from training.commands import command, completed
from training.data import load_dataset, prepare_images
from training.data.folds import FOLDS
from training.experiment.ensemble import average, known_ensembles, load_ensemble
from training.experiment.predictions import Predictions, find_predictions, save_predictions
from training.experiment.protocols import PRIMARY, PROTOCOLS
from training.experiment.recipe import PRECISIONS, Recipe, load_recipe
from training.model.quiet_start import import_keras, start_keras
from training.wording import TrainingCode
from training.workspace import DEFAULT_ROOT, RESULTS, NotMadeError, Workspace

_NAMED = "the name of a file in training/recipes, or a .toml file"

_log = logging.getLogger("training")


def main(arguments: list[str] | None = None) -> int:
    """Run one subcommand.

    Returns:
        The exit status: 0 on success, 2 if the input or the environment is at fault, 130 if interrupted.
    """
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
    logging.getLogger("tensorflow").setLevel(logging.ERROR)  # it warns of retracing if the last batch is smaller
    options = _parser().parse_args(arguments)
    try:
        options.run(options, Workspace(options.work))
    except UserError as error:
        print(completed(error.message, options), file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(options.interrupted, file=sys.stderr)
        return 130
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m training", description="From images to a model bundle.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    prepare = _command(commands.add_parser("prepare", help="decode the images below a folder once"), _prepare)
    prepare.add_argument(
        "data",
        type=path_argument,
        metavar="DATA",
        help="folder with official BreakHis names anywhere below it, or a folder for each class",
    )
    _add_train(commands.add_parser("train", help="train a recipe on the splits of a protocol, or on all images"))
    _add_tune(commands.add_parser("tune", help="search for better settings of a recipe, and write the best ones as a recipe"))
    evaluate = commands.add_parser("evaluate", help="pool the predictions of a recipe, or average those of an ensemble's members")
    _add_recipe_and_protocol(_command(evaluate, _evaluate), f"{_NAMED}, or the name of a file in training/ensembles")
    compare = _command(commands.add_parser("compare", help="write the leaderboard, charts and results page"), _compare)
    _add_results(compare)
    export = _command(commands.add_parser("export", help="write the bundle of a recipe that was trained and evaluated"), _export)
    export.add_argument("recipe", metavar="RECIPE")
    export.add_argument("--models", type=Path, default=default_models(), metavar="DIR", help="default: the program's own bundle")
    export.add_argument("--cards", action="store_true", help="only write the cards of that bundle again, with what was evaluated since")
    _add_results(export)
    return parser


def _add_train(train: argparse.ArgumentParser) -> None:
    _add_recipe_and_protocol(_command(train, _train))
    only = train.add_mutually_exclusive_group()
    only.add_argument("--fold", type=int, choices=FOLDS, help="train only on this split of the protocol")
    only.add_argument("--final", action="store_true", help="train on all images, for a bundle")
    train.add_argument("--epochs", type=_positive, metavar="N", help="at most N epochs on images; the results say so")
    train.set_defaults(interrupted=Message.of(TrainingCode.INTERRUPTED_TRAINING))
    _add_precision(train)


def _add_tune(tune: argparse.ArgumentParser) -> None:
    _command(tune, _tune).add_argument("recipe", metavar="RECIPE", help="one that fine-tunes a backbone")
    tune.add_argument("--trials", type=_positive, default=20, metavar="N", help="trials in all, earlier ones included (default: 20)")
    tune.add_argument(
        "--fold", type=int, choices=FOLDS, default=FOLDS[0], help="left out of the search; the next one judges the trials (default: 1)"
    )
    tune.add_argument("--epochs", type=_positive, metavar="N", help="at most N epochs on images in each trial")
    _add_precision(tune)
    tune.set_defaults(interrupted=Message.of(TrainingCode.INTERRUPTED_SEARCH))


def _add_precision(command: argparse.ArgumentParser) -> None:
    command.add_argument("--precision", choices=PRECISIONS, help="default: mixed on a GPU, full elsewhere")


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(Message.of(TrainingCode.NO_COUNT, text=text))
    return int(text)


def _add_recipe_and_protocol(command: argparse.ArgumentParser, named: str = _NAMED) -> None:
    command.add_argument("recipe", metavar="RECIPE", help=named)
    command.add_argument("--protocol", choices=tuple(PROTOCOLS), default=PRIMARY, help=f"default: {PRIMARY}")
    _add_results(command)


def _add_results(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--results", type=Path, default=RESULTS, metavar="DIR", help="default: training/results; the page RESULTS.md lies beside it"
    )


def _command(command: argparse.ArgumentParser, run: Callable[[argparse.Namespace, Workspace], None]) -> argparse.ArgumentParser:
    command.add_argument("--work", type=Path, default=DEFAULT_ROOT, metavar="DIR", help="default: training/work")
    command.set_defaults(run=run, interrupted=Message.of(TrainingCode.INTERRUPTED))
    return command


def _prepare(options: argparse.Namespace, workspace: Workspace) -> None:
    count = prepare_images(options.data, workspace)
    data = load_dataset(workspace)
    _log.info("%s images of %d accessions prepared in %s", f"{count:,}", len(set(data.accession)), workspace.root)


def _trainable(name: str) -> Recipe:
    """Load a recipe; reject an ensemble, since only its members are trained."""
    if name in known_ensembles():
        raise UserError(Message.of(TrainingCode.ENSEMBLE_ONLY_EVALUATED, ensemble=name, members=load_ensemble(name).members))
    return load_recipe(name)


def _train(options: argparse.Namespace, workspace: Workspace) -> None:
    recipe, data = _trainable(options.recipe), load_dataset(workspace)  # before Keras, so that an error does not wait for its slow import

    start_keras()

    from training.data.splits import final_split, protocol_splits
    from training.disk import DiskError
    from training.experiment.failures import forget_failure, note_failure
    from training.fit.train import Budget, train

    budget = Budget(options.epochs, options.precision)
    if options.final:
        train(recipe, data, final_split(data, with_validation=recipe.needs_validation), workspace, budget)
        return
    splits = protocol_splits(options.protocol, data, with_validation=recipe.needs_validation)
    try:
        for split in splits if options.fold is None else splits[options.fold - 1 : options.fold]:
            _log.info("%s: %s, %d of %d", recipe.name, split.name, split.number, len(splits))
            train(recipe, data, split, workspace, budget)
    except DiskError:
        raise
    except UserError as error:
        note_failure(recipe.name, options.protocol, str(error), options.results)
        raise
    if options.fold is None:
        forget_failure(recipe.name, options.protocol, options.results)


def _tune(options: argparse.Namespace, workspace: Workspace) -> None:
    recipe, data = _trainable(options.recipe), load_dataset(workspace)

    start_keras()

    from training.fit.train import Budget
    from training.fit.tune import Search, tune

    search = Search(recipe, data, options.fold, workspace, Budget(options.epochs, options.precision))
    if file := tune(search, options.trials):
        written = Message.of(TrainingCode.BEST_WRITTEN, file=file, command=command("train", quote(str(file))))
        _log.info("%s", completed(written, options))


def _evaluate(options: argparse.Namespace, workspace: Workspace) -> None:
    predictions = _average(options) if options.recipe in known_ensembles() else _pool(options, workspace)

    from training.evaluation import evaluate, readable

    _log.info("%s", readable(evaluate(predictions)))


def _average(options: argparse.Namespace) -> Predictions:
    predictions = average(load_ensemble(options.recipe), options.results, options.protocol)
    save_predictions(predictions, options.results)
    return predictions


def _pool(options: argparse.Namespace, workspace: Workspace) -> Predictions:
    """Pool and save the predictions of a recipe's finished runs; if there is no such run, load the saved predictions.

    If images are prepared, the saved predictions must be of these images.
    """
    recipe, split_sha256 = load_recipe(options.recipe), None
    try:
        data = load_dataset(workspace)
        split_sha256 = data.split_sha256
        import_keras()

        from training.fit.pool import pool

        predictions = pool(recipe, data, workspace, options.protocol)
    except NotMadeError:
        saved = find_predictions(options.results, recipe.name, options.protocol, recipe.sha256)
        if saved is None or split_sha256 not in {None, saved.provenance.split_sha256}:
            raise
        _log.info("%s has no finished run here; these are the figures of the predictions in %s.", recipe.name, options.results)
        return saved
    save_predictions(predictions, options.results)
    return predictions


def _compare(options: argparse.Namespace, _: Workspace) -> None:
    from training.comparison import compare

    compare(options.results)
    _log.info("The leaderboard, charts and results page are written to %s", options.results)


def _export(options: argparse.Namespace, workspace: Workspace) -> None:
    recipe, data = _trainable(options.recipe), load_dataset(workspace)

    start_keras()

    from training.bundle.export import export, renew_cards

    if options.cards:
        renew_cards(recipe, data, options.models, options.results)
        _log.info("The cards are written to %s", options.models)
        return
    export(recipe, data, workspace, options.models, options.results)
    _log.info("The bundle is written to %s", options.models)


if __name__ == "__main__":
    sys.exit(main())
