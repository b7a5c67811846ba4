"""The search for settings of a recipe: which images it uses, what it writes, and where it resumes."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from breakhis_desktop.errors import UserError
from training.comparison.runs import Comparison
from training.comparison.sections.search import make_searches, read_searches
from training.data import Dataset
from training.experiment.recipe import ImageStage, Pretrained, Recipe, known_recipes, load_recipe
from training.experiment.recipe_file import recipe_toml
from training.fit.fit import DivergedError
from training.fit.train import Budget
from training.workspace import Workspace

pytest.importorskip("keras_tuner")

import training.fit.tune
from tests.factories import said
from tests.factories.sections import section
from training.experiment.trials import ITSELF, trial_row, write_trials
from training.fit.search_space import own_settings, search_space, with_settings
from training.fit.tune import Search, tune

SETTINGS = {"rate": 0.5, "dropout": 0.2, "trainable_share": 0.75, "augmentation": 2.0}


def search_of(recipe: str, dataset: Dataset, workspace: Workspace) -> Search:
    return Search(load_recipe(recipe), dataset, 2, workspace, Budget(epochs=1))


@pytest.mark.parametrize("name", known_recipes())
def test_a_recipe_is_the_same_after_it_is_written_and_read_back(name: str, tmp_path: Path) -> None:
    recipe = load_recipe(name)
    file = tmp_path / "mine.toml"
    file.write_text(recipe_toml(recipe), encoding="utf-8")
    assert load_recipe(str(file)).sha256 == replace(recipe, name="mine").sha256


def test_the_settings_of_a_trial_multiply_rate_and_augmentation_but_replace_the_rest() -> None:
    recipe = load_recipe("resnet50_tuned")
    found = with_settings(recipe, SETTINGS, "found")
    assert isinstance(found.network, Pretrained)
    assert isinstance(found.images, ImageStage)
    assert (found.network.dropout, found.images.learning_rate, found.images.trainable_share) == (0.2, 2.5e-5, 0.75)
    assert (found.augmentation.zoom, found.augmentation.stain, found.augmentation.symmetries) == (0.4, 0.2, True)
    assert found.head == recipe.head


def test_augmentation_never_exceeds_the_limits_of_a_recipe() -> None:
    for name in ("lite0_accessions_stain_mixup", "resnet50_staged"):
        strongest = with_settings(load_recipe(name), {**SETTINGS, "augmentation": 10.0}, "found").augmentation
        assert strongest.zoom == strongest.shift == 0.9


@pytest.mark.parametrize("name", ["lite0_staged", "resnet50_160_staged_found"])
def test_with_its_own_settings_a_recipe_stays_the_same(name: str) -> None:
    recipe = load_recipe(name)
    assert with_settings(recipe, own_settings(recipe), recipe.name).sha256 == recipe.sha256


def test_the_defaults_of_the_search_space_are_the_settings_of_lite0_staged() -> None:
    assert search_space().values == own_settings(load_recipe("lite0_staged"))


def test_the_page_lists_trials_best_first_together_with_the_recipe_itself(tmp_path: Path) -> None:
    facts = {"recipe": "a", "fold": 1, "epochs": 2, "images": 12, "accessions": 3, "judged_by": "macro recall"}
    tried = {ITSELF: (0.4, SETTINGS), "00": (0.41234, {**SETTINGS, "rate": 2.0}), "01": (None, SETTINGS), "02": (0.5, SETTINGS)}
    (tmp_path / "searches").mkdir()
    for fold in (1, 2):
        rows = [trial_row(trial, figure, settings) for trial, (figure, settings) in tried.items()]
        write_trials(tmp_path / "searches" / f"a_{fold}_trials.csv", {**facts, "fold": fold}, rows)
    searches = make_searches(Comparison([], "mine", {}), read_searches(tmp_path))
    first, second = section("search", searches=searches).split("**Table ")[1:]
    assert first.startswith(
        "1.** 3 trials of 2 epochs around `a`, evaluated on 12 images of 3 accessions, best first; fold 1 was not used."
    )
    assert "fold 2 was not used" in second
    lines = [line for line in first.splitlines() if line.startswith("| ")]
    assert lines[0].startswith("| macro recall | learning rate")
    assert lines[2:] == [
        "| .500 | 0.5 | 0.2 | 0.75 | 2 |",
        "| .412 | 2 | 0.2 | 0.75 | 2 |",
        "| .400 (the recipe itself) | 0.5 | 0.2 | 0.75 | 2 |",
        "| diverged | 0.5 | 0.2 | 0.75 | 2 |",
    ]


def test_a_table_that_tune_did_not_write_is_refused(tmp_path: Path) -> None:
    (tmp_path / "searches").mkdir()
    (tmp_path / "searches" / "a_trials.csv").write_text("trial,figure\n00,0.5\n", encoding="utf-8")
    with pytest.raises(UserError, match=r"a_trials\.csv is not a table of trials; delete it"):
        read_searches(tmp_path)


def test_a_search_ignores_the_left_out_fold_and_evaluates_trials_on_unseen_accessions(dataset: Dataset, workspace: Workspace) -> None:
    split = search_of("lite0_staged", dataset, workspace).split
    assert 2 not in dataset.fold[np.concatenate([split.train, split.validation, split.test])]
    assert len(split.test)
    assert not set(dataset.accession[split.train]) & set(dataset.accession[split.test])


def test_a_recipe_without_fine_tuning_is_refused(dataset: Dataset, workspace: Workspace) -> None:
    with pytest.raises(UserError, match=r"lite0_frozen does not fine-tune a backbone; tune a recipe"):
        tune(search_of("lite0_frozen", dataset, workspace), 1)


@pytest.mark.filterwarnings("ignore:(currentThread|getName):DeprecationWarning")  # Keras Tuner 1.4.8 still calls them
@pytest.mark.slow
def test_an_error_unrelated_to_the_settings_ends_the_search_but_uses_up_no_trial(
    dataset: Dataset, workspace: Workspace, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    small = replace(load_recipe("lite0_staged"), name="small", network=Pretrained("efficientnet_lite0", input_side=150))
    search = Search(small, dataset, 2, workspace, Budget(epochs=1))
    for _ in range(4):
        with pytest.raises(UserError, match="takes images of 224 pixels"):
            tune(search, 2)
    asked: list[str] = []

    def diverging(recipe: Recipe, *_: object) -> None:
        asked.append(recipe.name.rpartition("-")[2])
        raise DivergedError(said("The loss is nan after an epoch"))

    monkeypatch.setattr(training.fit.tune, "train", diverging)
    with pytest.raises(UserError, match=r"No trial of the search finished"):
        tune(search, 2)
    assert asked == ["0", "1"]


def test_searches_that_differ_in_recipe_or_fold_or_epochs_use_separate_files(dataset: Dataset, workspace: Workspace) -> None:
    search = search_of("lite0_staged", dataset, workspace)
    others = (replace(search, fold=3), replace(search, budget=Budget(epochs=2)), replace(search, recipe=load_recipe("resnet50_staged")))
    assert len({one.found_file for one in (search, *others)} | {one.trials_file for one in (search, *others)}) == 8


def test_a_search_whose_trials_would_be_evaluated_on_only_one_class_is_refused(dataset: Dataset, workspace: Workspace) -> None:
    judging = search_of("lite0_staged", dataset, workspace).split.test
    same = replace(dataset, malignant=np.where(np.isin(np.arange(len(dataset)), judging), True, dataset.malignant))
    with pytest.raises(UserError, match="are all of one class; choose another --fold"):
        tune(search_of("lite0_staged", same, workspace), 1)


def test_a_search_with_only_some_of_the_variables_for_sharing_is_refused(
    dataset: Dataset, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KERASTUNER_TUNER_ID", "chief")
    with pytest.raises(UserError, match=r"are set \(KERASTUNER_TUNER_ID\); set all of them"):
        tune(search_of("lite0_staged", dataset, workspace), 1)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept a copy keyword:DeprecationWarning")
@pytest.mark.filterwarnings("ignore:(currentThread|getName):DeprecationWarning")  # Keras Tuner 1.4.8 still calls them
def test_a_search_resumes_and_writes_the_best_trial_as_a_recipe(
    dataset: Dataset, workspace: Workspace, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    search = search_of("lite0_staged", dataset, workspace)
    tune(search, 1)
    assert "best of 1 trial:" in caplog.text
    caplog.clear()
    file = tune(search, 2)
    tried = [line.split(":")[0] for line in caplog.messages if line.startswith("trial ")]
    assert tried == ["trial 1"]
    assert "best of 2 trials" in caplog.text
    assert file is not None
    found = load_recipe(str(file))
    assert "judged" in found.description
    assert found.head == search.recipe.head
    assert len(file.with_name("lite0_staged_trials.csv").read_text().splitlines()) == 4  # including the header and the recipe itself
