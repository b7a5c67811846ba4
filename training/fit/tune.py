"""`python -m training tune`: Keras Tuner searches the settings of a recipe on validation accessions, never on a test fold."""

import logging
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import keras
import keras_tuner
import numpy as np
from keras_tuner.src import config as keras_tuner_config

from breakhis_desktop.errors import UserError
from breakhis_desktop.files import write_atomically
from breakhis_desktop.wording.message import Message
from training.counting import counted
from training.data import Dataset
from training.data.folds import FOLDS
from training.data.splits import Split, protocol_splits
from training.experiment.protocols import PRIMARY
from training.experiment.recipe import Pretrained, Recipe
from training.experiment.recipe_file import recipe_toml
from training.experiment.trials import ITSELF, trial_row, write_trials
from training.fit.fit import DivergedError
from training.fit.predict import monitored_figure
from training.fit.search_space import own_settings, search_space, with_settings
from training.fit.train import NETWORK_FILE, Budget, RunFolder, train
from training.model.networks import MALIGNANT, SUBTYPE
from training.wording import TrainingCode
from training.workspace import Workspace

_FAILED_IN_A_ROW = 3
_JUDGED_BY = {"binary": "AUC", "subtype": "macro recall", "both": "mean of AUC and macro recall"}
_SHARING = ("KERASTUNER_TUNER_ID", "KERASTUNER_ORACLE_IP", "KERASTUNER_ORACLE_PORT")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Search:
    """A search for better settings of a recipe.

    Attributes:
        recipe: The recipe from which the search starts.
        data: All images.
        fold: The grouped fold that is left out entirely; trials are evaluated on the next fold and trained on the other three.
        workspace: Where the trials are kept.
        budget: The limits of each trial.
    """

    recipe: Recipe
    data: Dataset
    fold: int
    workspace: Workspace
    budget: Budget

    @property
    def judging_fold(self) -> int:
        """The grouped fold on whose accessions the trials are evaluated."""
        return self.fold % len(FOLDS) + 1

    @property
    def split(self) -> Split:
        """The split of a trial: the trial is evaluated on the test images, and no part contains images of `fold`."""
        split = protocol_splits(PRIMARY, self.data, with_validation=True)[self.fold - 1]
        ends = split.validation if self.recipe.needs_validation else np.empty(0, np.intp)
        return Split(f"tuning-{self.fold}", self.fold, split.train, ends, split.validation)

    @property
    def found_file(self) -> Path:
        """The recipe file of the best trial."""
        return self.workspace.root / "tuning" / self.name / f"{self.recipe.name}_found.toml"

    @property
    def trials_file(self) -> Path:
        """The table of the trials."""
        return self.found_file.with_name(f"{self.recipe.name}_trials.csv")

    @property
    def name(self) -> str:
        """A name that is unique for recipe, images, fold and budget."""
        epochs = self.budget.epochs_of(self.recipe)
        parts = (self.recipe.name, self.recipe.sha256[:8], self.data.images_sha256[:8], self.fold, epochs, self.budget.precision)
        return "-".join(str(part) for part in parts if part is not None)


def tune(search: Search, trials: int) -> Path | None:
    """Search for better settings of a recipe; resume an interrupted search.

    Keras Tuner's environment variables let processes share the trials: the process whose `KERASTUNER_TUNER_ID` contains `chief` hands
    them out, and the others train them.

    Args:
        search: The search.
        trials: The total number of trials.

    Returns:
        The recipe file of the best trial; None in a process that only trains for the chief.

    Raises:
        UserError: The recipe has nothing to search or cannot be trained, the trials would be evaluated on one class only, no trial
            finishes, several in a row diverge, the disk is full, or only some of the environment variables for sharing are set.
    """
    if not isinstance(search.recipe.network, Pretrained) or search.recipe.images is None:
        raise UserError(Message.of(TrainingCode.NOTHING_TO_SEARCH, recipe=search.recipe.name))
    if search.recipe.task != "subtype" and len(set(search.data.malignant[search.split.test])) < 2:
        raise UserError(Message.of(TrainingCode.JUDGES_OF_ONE_CLASS))
    _announce_sharing()
    keras_tuner_config.DEBUG = False  # a failed trial is logged in one sentence; Keras Tuner would add the traceback
    try:
        tuner = _Tuner(search, trials)
        tuner.search()
    except keras_tuner.errors.FatalError as error:
        raise (error.__cause__ or error) from None
    except RuntimeError:
        raise UserError(Message.of(TrainingCode.TRIALS_FAILED)) from None
    return _write_best(tuner, search) if _decides() else None


class _Tuner(keras_tuner.engine.base_tuner.BaseTuner):
    """Trains a run for each trial; an interrupted trial resumes from its checkpoint."""

    def __init__(self, search: Search, trials: int) -> None:
        self._search = search
        objective = keras_tuner.Objective("figure", "max")
        in_a_row = trials + 1 if _is_shared() else _FAILED_IN_A_ROW  # a chief of Keras Tuner 1.4.8 hangs forever if it reaches the limit
        oracle = keras_tuner.oracles.BayesianOptimizationOracle(
            objective,
            max_trials=trials,
            hyperparameters=search_space(),
            seed=search.recipe.random_seed,
            max_consecutive_failed_trials=in_a_row,
        )
        oracle.verbose = 0
        super().__init__(oracle, directory=str(search.workspace.root / "tuning"), project_name=search.name)

    def run_trial(self, trial: Any) -> float:  # Keras Tuner passes no further arguments
        """Train a recipe with the settings of a trial, and return its figure."""
        search = self._search
        try:
            figure = _judge(search, with_settings(search.recipe, trial.hyperparameters.values, f"{search.name}-{trial.trial_id}"))
        except DivergedError as error:
            _log.warning("trial %s failed: %s", trial.trial_id, error)
            raise keras_tuner.errors.FailedTrialError(str(error)) from error
        except Exception as error:  # (not caused by the settings, so the search ends; when resumed, it repeats this trial)
            raise keras_tuner.errors.FatalError(str(error)) from error
        tried = ", ".join(f"{name} {value:.3g}" for name, value in trial.hyperparameters.values.items())
        _log.info("trial %s: %.4f with %s", trial.trial_id, figure, tried)
        return figure


def _judge(search: Search, recipe: Recipe) -> float:
    keras.utils.clear_session()
    folder = train(recipe, search.data, search.split, search.workspace, search.budget)
    (folder.path / NETWORK_FILE).unlink(missing_ok=True)
    return _figure(search, folder)


def _figure(search: Search, folder: RunFolder) -> float:
    """Return the AUC, the macro recall, or the mean of both if the recipe has both tasks."""
    said, data, rows = folder.predictions(), search.data, search.split.test
    outputs = {name: said[name] for name in (MALIGNANT, SUBTYPE) if name in said}
    known = data.subtype_known[rows]
    figures = []
    if MALIGNANT in outputs:
        figures.append(monitored_figure("auc", outputs, data.malignant[rows], data.subtype[rows]))
    if SUBTYPE in outputs:
        subtypes = {SUBTYPE: outputs[SUBTYPE][known]}
        figures.append(monitored_figure("macro_recall", subtypes, data.malignant[rows][known], data.subtype[rows][known]))
    return float(np.mean(figures))


def _write_best(tuner: _Tuner, search: Search) -> Path:
    best = tuner.oracle.get_best_trials()
    if not best or best[0].score is None:
        raise UserError(Message.of(TrainingCode.NO_TRIAL_ENDED))
    file = search.found_file
    recipe = with_settings(search.recipe, best[0].hyperparameters.values, file.stem)
    described = f"{search.recipe.name} with settings found on the accessions of fold {search.judging_fold}, which judged them"
    write_atomically(file, recipe_toml(replace(recipe, description=described)).encode())
    itself = _judge_itself(search)
    _write_trials(tuner, search, itself)
    trials = tuner.oracle.trials.values()
    failed = sum(trial.score is None for trial in trials)
    told = "" if itself is None else f"; {search.recipe.name} itself: {itself:.4f}"
    _log.info("best of %s: %.4f%s%s", counted(len(trials) - failed, "trial"), best[0].score, told, f"; {failed} failed" if failed else "")
    return file


def _judge_itself(search: Search) -> float | None:
    """Evaluate the original recipe in the same way as the trials, for comparison; None if it diverges."""
    try:
        return _judge(search, replace(search.recipe, name=f"{search.name}-{ITSELF}"))
    except DivergedError:
        return None


def _write_trials(tuner: _Tuner, search: Search, itself: float | None) -> None:
    judging = search.split.test
    facts = {
        "recipe": search.recipe.name,
        "fold": search.fold,
        "epochs": search.budget.epochs_of(search.recipe),
        "images": len(judging),
        "accessions": len(set(search.data.accession[judging])),
        "judged_by": _JUDGED_BY[search.recipe.task],
    }
    tried = [(trial.trial_id, trial.score, trial.hyperparameters.values) for _, trial in sorted(tuner.oracle.trials.items())]
    write_trials(search.trials_file, facts, [trial_row(*one) for one in ((ITSELF, itself, own_settings(search.recipe)), *tried)])


def _announce_sharing() -> None:
    """Log this process's role in a shared search.

    Raises:
        UserError: Only some of Keras Tuner's environment variables are set.
    """
    given = [name for name in _SHARING if name in os.environ]
    if not given:
        return
    if len(given) < len(_SHARING):
        raise UserError(Message.of(TrainingCode.SHARING_IN_PART, needed=_SHARING, given=tuple(given)))
    who, address, port = (os.environ[name] for name in _SHARING)
    if _decides():
        _log.info("%s: deals out trials at %s:%s until all are done; start each worker with another %s", who, address, port, _SHARING[0])
    else:
        _log.info("%s: asks the chief at %s:%s for trials, and waits up to an hour for it", who, address, port)


def _decides() -> bool:
    """Return whether this process hands out the trials, on its own or as the chief of others."""
    return not _is_shared() or "chief" in os.environ.get("KERASTUNER_TUNER_ID", "")


def _is_shared() -> bool:
    return _SHARING[1] in os.environ
