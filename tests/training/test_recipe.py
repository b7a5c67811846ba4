"""Recipes, good and bad."""

from pathlib import Path

import pytest

from breakhis_desktop.errors import UserError
from training.recipe import RECIPES, load_recipe

GOOD = (RECIPES / "lite0_staged.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("file", sorted(RECIPES.glob("*.toml")), ids=lambda file: file.stem)
def test_every_recipe_of_the_project_can_be_read(file: Path) -> None:
    assert load_recipe(file.stem).name == file.stem


def test_a_recipe_without_fine_tuning_has_no_second_stage() -> None:
    assert load_recipe("lite0_frozen").fine_tune is None


@pytest.mark.parametrize(
    ("good", "bad", "sentence"),
    [
        ("random_seed = 1", "random_sed = 1", "has an unknown key random_sed"),
        ("random_seed = 1", "", "lacks the key random_seed"),
        ("random_seed = 1", "random_seed = -1", "gives random_seed as -1, and it must lie from 0"),
        ("random_seed = 1", "random_seed = true", "gives random_seed as True, which is no int"),
        ("[head]", "[hat]", "unknown key hat"),
        ("batch_size = 32", "batch_size = 0", "gives fine_tune.batch_size as 0"),
        ("batch_size = 32", "batch_size = 3.5", "which is no int"),
        ('backbone = "efficientnet_lite0"', 'backbone = "vgg99"', "it can be efficientnet_lite0"),
        ("subtype = 1.0", 'subtype = "all"', "which is no float"),
        ("subtype = 1.0", "subtype = nan", "gives balance.subtype as nan"),
        ("[balance]", "[balance", "is not valid TOML"),
    ],
)
def test_a_bad_recipe_is_told_in_one_sentence(tmp_path: Path, good: str, bad: str, sentence: str) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(GOOD.replace(good, bad), encoding="utf-8")
    with pytest.raises(UserError) as told:
        load_recipe(str(file))
    assert sentence in str(told.value)
    assert str(told.value).endswith("correct it.")


def test_an_unknown_recipe_is_told_with_the_known_ones() -> None:
    with pytest.raises(UserError, match="choose one of lite0_frozen, lite0_staged"):
        load_recipe("lite9")


def test_the_hash_of_a_recipe_changes_with_any_value(tmp_path: Path) -> None:
    changed = tmp_path / "lite0_staged.toml"
    changed.write_text(GOOD.replace("scale = 0.2", "scale = 0.3"), encoding="utf-8")
    assert load_recipe(str(changed)).sha256 != load_recipe("lite0_staged").sha256
