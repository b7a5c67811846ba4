"""Ensembles: several recipes predict the same held-out images together."""

from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pytest

from breakhis_desktop.errors import UserError
from tests.factories import there
from tests.factories.predictions import make_predictions
from training.__main__ import main
from training.comparison.judged import Judge
from training.experiment.ensemble import Ensemble, average, known_ensembles, load_ensemble
from training.experiment.predictions import Predictions, load_predictions, predictions_file, save_predictions
from training.experiment.recipe import known_recipes, load_recipe

PAIR = Ensemble("pair", "Two recipes", ("one", "two"))


def saved(results: Path, name: str, noise: float) -> Predictions:
    made = make_predictions(name, noise, "grouped", random_seed=round(noise * 10))
    save_predictions(made, results)
    return made


@pytest.mark.parametrize("name", known_ensembles())
def test_every_ensemble_has_a_name_that_no_recipe_has_and_distinct_members_with_both_tasks(name: str) -> None:
    ensemble = load_ensemble(name)
    assert len(set(ensemble.members)) == len(ensemble.members) > 1
    assert {load_recipe(member).task for member in ensemble.members} == {"both"}
    assert name not in known_recipes()


def test_an_ensemble_takes_the_geometric_mean_of_its_members_probabilities(tmp_path: Path) -> None:
    one, two = saved(tmp_path, "one", 0.5), saved(tmp_path, "two", 1.5)
    together = average(PAIR, tmp_path, "grouped")
    assert one.binary is not None
    assert two.binary is not None
    assert one.subtypes is not None
    assert two.subtypes is not None
    yes, no = np.sqrt(one.binary * two.binary), np.sqrt((1 - one.binary) * (1 - two.binary))
    np.testing.assert_allclose(there(together.binary), yes / (yes + no), atol=1e-4)
    shares = np.sqrt(one.subtypes * two.subtypes)
    np.testing.assert_allclose(there(together.subtypes), shares / shares.sum(axis=1, keepdims=True), atol=1e-4)
    assert (together.provenance.recipe, together.provenance.minutes, together.provenance.history) == ("pair", 0, [])
    np.testing.assert_array_equal(together.name, one.name)


def test_a_message_names_the_member_that_has_no_predictions(tmp_path: Path) -> None:
    saved(tmp_path, "one", 0.5)
    told = r"two has no predictions under the grouped protocol; run `\.venv/bin/uv run python -m training train two"
    with pytest.raises(UserError, match=told):
        average(PAIR, tmp_path, "grouped")


@pytest.mark.parametrize("unlike", ["name", "malignant", "fold", "split"])
def test_members_evaluated_on_different_images_or_folds_are_not_averaged(tmp_path: Path, unlike: str) -> None:
    saved(tmp_path, "one", 0.5)
    other = saved(tmp_path, "two", 1.5)
    save_predictions(replace(other, **{unlike: np.roll(getattr(other, unlike), 6)}), tmp_path)
    with pytest.raises(UserError, match="one and two, members of pair, were evaluated on different images, folds or tasks"):
        average(PAIR, tmp_path, "grouped")


def test_members_of_different_tasks_are_not_averaged(tmp_path: Path) -> None:
    saved(tmp_path, "one", 0.5)
    other = saved(tmp_path, "two", 1.5)
    save_predictions(replace(other, provenance=replace(other.provenance, task="binary"), subtypes=None), tmp_path)
    with pytest.raises(UserError, match="different images, folds or tasks"):
        average(PAIR, tmp_path, "grouped")


def test_an_ensemble_records_that_the_training_of_a_member_was_cut_short(tmp_path: Path) -> None:
    saved(tmp_path, "one", 0.5)
    other = saved(tmp_path, "two", 1.5)
    save_predictions(replace(other, provenance=replace(other.provenance, epochs=2, epochs_planned=6)), tmp_path)
    provenance = average(PAIR, tmp_path, "grouped").provenance
    assert (provenance.epochs, provenance.epochs_planned) == (2, 6)


def test_an_ensemble_is_stale_once_the_predictions_of_a_member_change(tmp_path: Path) -> None:
    name = known_ensembles()[0]
    for place, member in enumerate(load_ensemble(name).members):
        saved(tmp_path, member, 0.5 + place)
    save_predictions(average(load_ensemble(name), tmp_path, "grouped"), tmp_path)

    def stale() -> bool:
        return next(run.stale for run in Judge(tmp_path).runs({}) if run.recipe == name)

    assert not stale()
    saved(tmp_path, load_ensemble(name).members[0], 0.7)
    assert stale()


def test_an_ensemble_can_be_evaluated_but_not_trained_or_tuned_or_exported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = known_ensembles()[0]
    for place, member in enumerate(load_ensemble(name).members):
        saved(tmp_path, member, 0.5 + place)
    assert main(["evaluate", name, "--results", str(tmp_path), "--work", str(tmp_path)]) == 0
    assert load_predictions(predictions_file(tmp_path, name, "grouped")).provenance.recipe == name
    for command in (["train", name], ["tune", name], ["export", name, "--models", str(tmp_path / "models")]):
        assert main([*command, "--work", str(tmp_path)]) == 2
        assert "is an ensemble, which can only be evaluated; name one of its members" in capsys.readouterr().err


def test_unchanged_predictions_are_not_written_again(tmp_path: Path) -> None:
    made = saved(tmp_path, "one", 0.5)
    file = predictions_file(tmp_path, "one", "grouped")
    with ZipFile(file, "a") as archive:
        archive.comment = b"as another version of NumPy wrote it"
    before = file.read_bytes()
    save_predictions(made, tmp_path)
    assert file.read_bytes() == before
    save_predictions(replace(made, provenance=replace(made.provenance, minutes=made.provenance.minutes + 1)), tmp_path)
    assert file.read_bytes() != before
