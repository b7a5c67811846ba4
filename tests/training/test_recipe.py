"""Valid and invalid recipes."""

from dataclasses import replace
from pathlib import Path

import pytest

from breakhis_desktop.errors import UserError
from training.experiment.recipe import RECIPES, Convolutional, known_recipes, load_recipe

GOOD = (RECIPES / "lite0_staged.toml").read_text(encoding="utf-8")
CONTRASTIVE = (RECIPES / "lite0_contrastive.toml").read_text(encoding="utf-8")
NETWORK = '[network]\nbackbone = "efficientnet_lite0"'
BRIEF = (RECIPES / "brief_subtype_undersampling_regularisation.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", known_recipes())
def test_every_recipe_of_the_project_can_be_read(name: str) -> None:
    assert load_recipe(name).name == name


def test_the_brief_has_five_binary_recipes_and_nine_subtype_recipes() -> None:
    tasks = [load_recipe(name).task for name in known_recipes() if name.startswith("brief_")]
    assert (tasks.count("binary"), tasks.count("subtype")) == (5, 9)


def test_a_recipe_without_fine_tuning_has_no_image_stage() -> None:
    assert load_recipe("lite0_frozen").images is None


def test_the_regularised_network_of_the_brief_is_read_with_all_its_settings() -> None:
    network = load_recipe("brief_subtype_undersampling_regularisation").network
    assert network == Convolutional(
        input_side=224,
        filters=(32, 64, 128, 256),
        dense=512,
        batch_norm="after_convolutions",
        batch_norm_momentum=0.94,
        l2_convolutions=0.001,
        l2_dense=0.001,
        dropout_before_dense=0.25,
        dropout_after_dense=0.5,
    )


@pytest.mark.parametrize(
    ("text", "good", "bad", "sentence"),
    [
        (GOOD, "random_seed = 1", "random_sed = 1", "has an unknown key random_sed"),
        (GOOD, "random_seed = 1", "", "lacks the key random_seed"),
        (GOOD, "random_seed = 1", "random_seed = -1", "gives random_seed as -1; it must be between 0"),
        (GOOD, "random_seed = 1", "random_seed = true", "gives random_seed as True, which is not a whole number"),
        (GOOD, "[head]", "[hat]", "unknown key hat"),
        (GOOD, "batch_size = 32", "batch_size = 0", "gives images.batch_size as 0"),
        (GOOD, "batch_size = 32", "batch_size = 3.5", "which is not a whole number"),
        (GOOD, 'backbone = "efficientnet_lite0"', 'backbone = "vgg99"', "it can be efficientnet_lite0, resnet50, vgg16"),
        (GOOD, 'task = "both"', 'task = "all"', "it can be binary, subtype, both"),
        (GOOD, "subtype = 1.0", 'subtype = "all"', "which is not a number"),
        (GOOD, "subtype = 1.0", "subtype = nan", "gives balance.subtype as nan"),
        (GOOD, "symmetries = true", "symmetries = 1", "gives augmentation.symmetries as 1, which is not true or false"),
        (GOOD, "[balance]", "[balance", "is not valid TOML"),
        (GOOD, NETWORK, 'network = "lite0"', "needs a section [network]"),
        (GOOD, NETWORK, "", "lacks the key network"),
        (BRIEF, "input_side = 224", "input_side = 96", "gives network.input_side as 96; it can be 150, 160, 192, 224"),
        (
            BRIEF,
            "random_seed = 42",
            "random_seed = 42\nsubtypes_within_class = true",
            "sets subtypes_within_class, which needs the task",
        ),
        (BRIEF, "batch_size", "head_rate = 3.0\nbatch_size", "gives images.head_rate, which needs the optimiser 'adamw'"),
        (BRIEF, "undersample = true", "undersample = true\noversample = true", "undersamples and oversamples at once; choose one"),
        (BRIEF, "filters = [32, 64, 128, 256]", "filters = 32", "which is not a list of numbers"),
        (BRIEF, "filters = [32, 64, 128, 256]", "filters = [32, 0]", "gives network.filters as 0"),
        (BRIEF, 'monitor = "macro_recall"', 'monitor = "luck"', "it can be accuracy, auc, macro_recall, loss"),
        (BRIEF, 'monitor = "macro_recall"', 'monitor = "auc"', "monitors auc, which its task does not have"),
        (
            GOOD,
            'backbone = "efficientnet_lite0"',
            "input_side = 224\nfilters = [8]\ndense = 8",
            "needs a section [images] and allows no [pretraining]",
        ),
        (CONTRASTIVE, "temperature = 0.1", "temperature = 0", "gives pretraining.temperature as 0; it must be between 0.01"),
    ],
)
def test_the_refusal_of_an_invalid_recipe_names_its_fault(tmp_path: Path, text: str, good: str, bad: str, sentence: str) -> None:
    file = tmp_path / "mine.toml"
    assert good in text
    file.write_text(text.replace(good, bad), encoding="utf-8")
    with pytest.raises(UserError) as told:
        load_recipe(str(file))
    assert sentence in str(told.value)
    assert str(told.value).endswith("correct it.")


def test_an_unknown_recipe_is_refused_and_similar_names_are_suggested() -> None:
    with pytest.raises(UserError, match=r"did you mean lite0_"):
        load_recipe("lite0")


def test_the_hash_of_a_recipe_changes_if_a_setting_changes() -> None:
    recipe = load_recipe("lite0_staged")
    assert replace(recipe, augmentation=replace(recipe.augmentation, zoom=0.3)).sha256 != recipe.sha256


def test_a_recipe_with_several_views_makes_no_bundle() -> None:
    assert load_recipe("resnet50_frozen").makes_bundle
    assert not load_recipe("resnet50_frozen_views").makes_bundle
