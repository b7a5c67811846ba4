"""Provides figures and paired differences of saved predictions, computed again only if the predictions or the evaluation's code change."""

import hashlib
import json
import logging
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from msgspec import ValidationError, convert

import breakhis_desktop.evaluation
import training.evaluation
from breakhis_desktop.domain.as_json import as_json
from breakhis_desktop.files import write_atomically
from training.comparison.runs import Run, predictions_files
from training.evaluation import Evaluation, PairedDifferences, compare_pairs, evaluate
from training.experiment.ensemble import identity, known_ensembles, load_ensemble
from training.experiment.predictions import load_predictions, predictions_file
from training.experiment.recipe import known_recipes, load_recipe
from training.source_code import code_of

_log = logging.getLogger(__name__)
_Figures = TypeVar("_Figures")


@dataclass(frozen=True, slots=True)
class Judge:
    """Evaluates the predictions in a folder of results, and stores the figures in its subfolder `figures/`.

    Attributes:
        results: The folder, which contains `predictions/`.
    """

    results: Path

    def runs(self, failures: Mapping[tuple[str, str], str]) -> list[Run]:
        """Evaluate all predictions; `failures` gives the reasons why runs failed, keyed by recipe and protocol."""
        return [self._run(file, failures) for file in predictions_files(self.results)]

    def differences(self, pairs: Iterable[tuple[str, str, str]]) -> dict[tuple[str, str, str], PairedDifferences]:
        """Compare pairs of recipes; each pair is given as the names of both recipes and the protocol."""
        return {pair: self._difference(*pair) for pair in pairs}

    def keep_only(self, runs: Iterable[Run], pairs: Iterable[tuple[str, str, str]]) -> None:
        """Delete the stored figures of all other runs and pairs."""
        names = {f"{run.recipe}.{run.protocol}" for run in runs} | {_pair_name(*pair) for pair in pairs}
        for file in (self.results / "figures").glob("*.json"):
            if file.stem not in names:
                file.unlink()

    def _run(self, file: Path, failures: Mapping[tuple[str, str], str]) -> Run:
        figures = self._kept(Evaluation, file.stem, [file], lambda: evaluate(load_predictions(file)))
        history = load_predictions(file).provenance.history
        return Run(figures, history, failures.get((figures.recipe, figures.protocol)), self._is_stale(figures))

    def _is_stale(self, figures: Evaluation) -> bool:
        name, made_by = figures.recipe, figures.recipe_sha256
        if name in known_ensembles():
            return identity(load_ensemble(name), self.results, figures.protocol) != made_by
        return name in known_recipes() and load_recipe(name).sha256 != made_by

    def _difference(self, recipe: str, other: str, protocol: str) -> PairedDifferences:
        files = [predictions_file(self.results, name, protocol) for name in (recipe, other)]
        return self._kept(
            PairedDifferences,
            _pair_name(recipe, other, protocol),
            files,
            lambda: compare_pairs(*(load_predictions(file) for file in files)),
        )

    def _kept(self, kind: type[_Figures], name: str, sources: list[Path], make: Callable[[], _Figures]) -> _Figures:
        """Return the stored figures if the same code computed them from the same files; otherwise compute and store them."""
        file = self.results / "figures" / f"{name}.json"
        made_from = {"predictions_sha256": [_sha256(one) for one in sources], "evaluation_sha256": _evaluation_sha256()}
        kept = _read(file)
        if kept.get("made_from") == made_from:
            with suppress(ValidationError):
                return convert(kept, kind)
        _log.info("evaluating %s", name)
        made = make()
        file.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(file, (json.dumps({"made_from": made_from, **as_json(made)}, indent=1, allow_nan=False) + "\n").encode())
        return made


def _pair_name(recipe: str, other: str, protocol: str) -> str:
    return f"{recipe}.minus.{other}.{protocol}"


@cache
def _evaluation_sha256() -> str:
    """Hash the code that computes the figures; if the hash changes, all stored figures are computed again."""
    files = (file for package in (breakhis_desktop.evaluation, training.evaluation) for file in Path(package.__path__[0]).glob("*.py"))
    return hashlib.sha256("".join(code_of(file.read_text(encoding="utf-8")) for file in sorted(files)).encode()).hexdigest()


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _read(file: Path) -> dict[str, Any]:
    """Read stored figures; return an empty dictionary if they are missing or damaged, so that they are computed again."""
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}
