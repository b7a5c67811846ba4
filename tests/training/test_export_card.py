"""The card of a bundle, `card.json`, and `MODEL_CARD.md`, the page that people read instead."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from breakhis_desktop.assets import default_models
from breakhis_desktop.domain.as_json import as_json
from breakhis_desktop.domain.card import ModelCard, parse_card
from breakhis_desktop.domain.card_parts import CurveColumns, CurveEvidence, DerivedFile, FinalTraining
from breakhis_desktop.errors import UserError
from breakhis_desktop.quality.gate import SHIPPED_LIMITS
from training.bundle.card import make_card
from training.bundle.export import renew_cards
from training.bundle.model_card import write_model_card
from training.bundle.operating_curve import operating_curve
from training.bundle.out_of_distribution import Limit
from training.bundle.ranking import RecipeRanking, rank_recipe
from training.comparison.chosen import SECOND_SEED
from training.comparison.results import shipped_recipe
from training.data import Dataset, load_dataset, prepare_images
from training.experiment.predictions import Predictions, TrainingProvenance, load_predictions, predictions_file, save_predictions
from training.experiment.recipe import load_recipe
from training.model.pretrained import SOURCES
from training.workspace import RESULTS, Workspace

from .conftest import write_image

RECIPE = load_recipe("lite0_staged")
SHIPPED = predictions_file(RESULTS, shipped_recipe(), "grouped")
TRAINING = FinalTraining(images=24, images_that_ended_it=0, epochs=6, minutes=4.5, precision="float32")
LIMIT = Limit(0.54, "regrouped_1", 24)
CURVE = CurveEvidence(
    protocol="grouped; 24 images",
    rule="fixed thresholds",
    thresholds=(0, 0.5, 1),
    sensitivity=CurveColumns(value=(1, 0.8, 0), low=(1, 0.7, 0), high=(1, 0.9, 0)),
    specificity=CurveColumns(value=(0, 0.6, 1), low=(0, 0.5, 1), high=(0, 0.7, 1)),
)
SOURCE = SOURCES["efficientnet_lite0"]
DERIVED = DerivedFile(
    sha256="ee",
    format="ONNX",
    opset=18,
    precision="float32",
    largest_difference_from_keras={"features": 1e-5, "malignant": 9e-7, "subtype": 2e-6},
)


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    folder = tmp_path_factory.mktemp("images")
    for number in range(12):
        for sequence in (1, 2):
            write_image(folder / "data", ("F", "TA", "DC", "MC")[number % 4], str(1001 + number), sequence)
    workspace = Workspace(folder / "work")
    prepare_images(folder / "data", workspace)
    return load_dataset(workspace)


def made_up(data: Dataset, name: str, protocol: str = "grouped", **changes: Any) -> Predictions:
    """Make up a recipe's predictions; they are better than chance, and always the same for the same name."""
    recipe = load_recipe(name)
    random = np.random.default_rng(len(name))
    subtypes = np.eye(8)[data.subtype] + random.dirichlet(np.ones(8), len(data))
    provenance = TrainingProvenance(
        name, recipe.sha256, recipe.description, recipe.task, protocol, 1, 5, 5, 6, 6, 2.0, "float32", data.split_sha256, "2026-11-23", []
    )
    return Predictions(
        replace(provenance, **changes),
        *(data.name, data.malignant, data.subtype, data.patient_id, data.accession, data.magnification, data.fold, data.fold),
        binary=None if recipe.task == "subtype" else (0.3 * data.malignant + random.uniform(0.1, 0.6, len(data))).astype(np.float32),
        subtypes=None if recipe.task == "binary" else (subtypes / 2).astype(np.float32),
    )


@pytest.fixture(scope="module")
def ranking(dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> RecipeRanking:
    results = tmp_path_factory.mktemp("results")
    for name, protocol, changes in (
        ("lite0_staged", "grouped", {"epochs": 3}),
        ("lite0_staged", "image", {}),
        ("lite0_staged", "regrouped_1", {}),
        ("lite0_frozen", "grouped", {}),
        ("resnet50_frozen", "grouped", {}),
        ("brief_binary_baseline", "grouped", {"epochs": 2}),
        ("brief_subtype_baseline", "grouped", {"splits": 1}),
        ("brief_subtype_class_weights", "grouped", {"split_sha256": "of other images"}),
    ):
        save_predictions(made_up(dataset, name, protocol, **changes), results)
    return rank_recipe(RECIPE, dataset, results)


def written(card: ModelCard) -> dict[str, Any]:
    """Return what `card.json` holds."""
    return dict(as_json(parse_card(json.dumps(as_json(card), allow_nan=False))))


def page_of(card: dict[str, Any]) -> str:
    """Return the page that is written from `card.json`."""
    return write_model_card(parse_card(json.dumps(card)))


@pytest.fixture(scope="module")
def card(dataset: Dataset, ranking: RecipeRanking, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    bundle = tmp_path_factory.mktemp("bundle")
    for name in ("binary.keras", "subtype.keras", "golden.npz", "familiarity.npz", "joint.onnx"):
        (bundle / name).write_text(name)
    made = make_card(RECIPE, dataset, ranking, bundle, source=SOURCE, training=TRAINING, derived=DERIVED, limit=LIMIT, curve=CURVE)
    return written(made)


def test_a_recipe_is_compared_only_with_the_reference_and_the_recipes_of_the_brief(ranking: RecipeRanking) -> None:
    statuses = {row.recipe: str(row.status) for row in ranking.others}
    assert len(statuses) == 15
    assert "lite0_frozen" not in statuses
    assert statuses["resnet50_frozen"] == "done"
    assert statuses["brief_binary_baseline"] == "done, at most 2 of 6 epochs"
    assert statuses["brief_subtype_baseline"] == "done, 1 of 5 folds"
    assert statuses["brief_subtype_class_weights"].startswith("not run")
    assert ranking.differences.keys() == {"resnet50_frozen", "brief_binary_baseline", "brief_subtype_baseline"}


def test_only_recipes_evaluated_on_all_of_the_same_folds_are_counted(ranking: RecipeRanking) -> None:
    assert ranking.compared == 4


def test_predictions_of_another_version_of_the_recipe_are_not_used(dataset: Dataset, tmp_path: Path) -> None:
    save_predictions(made_up(dataset, "lite0_staged", recipe_sha256="another"), tmp_path)
    command = r"`\.venv/bin/uv run python -m training {} lite0_staged`"
    with pytest.raises(UserError, match=f"run {command.format('train')} and {command.format('evaluate')} first"):
        rank_recipe(RECIPE, dataset, tmp_path)


def test_the_card_holds_figures_of_each_protocol_and_of_the_compared_recipes(card: dict[str, Any]) -> None:
    assert card["metrics"].keys() == {"grouped", "image", "regrouped_1"}
    assert card["metrics"]["image"]["protocol_label"] == "image (leaky)"
    assert (card["recipes_compared"], card["configurations_screened"]) == (4, 0)
    assert card["other_fold_assignments"] == ["regrouped_1"]
    assert any("gives the figures of this recipe on other folds" in limit for limit in card["limits"])
    other = card["comparison"]["recipes"]["resnet50_frozen"]
    difference = other["differences"]["binary"]["differences"]["auc"]
    own = card["metrics"]["grouped"]["binary"]["by_image"]["auc"]["value"]
    assert difference["value"] == pytest.approx(own - other["binary"]["auc"]["value"], abs=1e-12)
    assert difference["low"] <= difference["value"] <= difference["high"]
    assert "binary" not in card["comparison"]["recipes"]["brief_subtype_baseline"]
    assert "The networks of the folds were given at most 3 of the 6 epochs of the recipe." in card["limits"]


def test_renewing_a_card_updates_its_evaluation_and_keeps_the_rest(card: dict[str, Any], dataset: Dataset, tmp_path: Path) -> None:
    card = {**card, "operating_curve": as_json(operating_curve(made_up(dataset, "lite0_staged")))}
    (tmp_path / "card.json").write_text(json.dumps(card), encoding="utf-8")
    results = tmp_path / "results"
    save_predictions(made_up(dataset, "lite0_staged", epochs=3), results)
    save_predictions(made_up(dataset, "lite0_staged", recipe=f"lite0_staged{SECOND_SEED}", recipe_sha256="another", random_seed=2), results)
    renew_cards(RECIPE, dataset, tmp_path, results)
    renewed = json.loads((tmp_path / "card.json").read_text(encoding="utf-8"))
    assert (card["recipes_compared"], renewed["recipes_compared"]) == (4, 2)
    again = "The same recipe with another random seed: AUC "
    assert [any(limit.startswith(again) for limit in one["limits"]) for one in (card, renewed)] == [False, True]
    assert again in (tmp_path / "MODEL_CARD.md").read_text(encoding="utf-8")
    judged = {"metrics", "comparison", "recipes_compared", "other_fold_assignments", "limits", "messages"}
    assert card.keys() == renewed.keys()
    assert {key for key in card if card[key] != renewed[key]} - {"judged"} == judged


def test_a_card_that_is_missing_or_damaged_or_mismatched_is_not_renewed(card: dict[str, Any], dataset: Dataset, tmp_path: Path) -> None:
    results = tmp_path / "results"
    save_predictions(made_up(dataset, "lite0_staged", epochs=3), results)
    with pytest.raises(UserError, match="No models were found"):
        renew_cards(RECIPE, dataset, tmp_path, results)
    for damaged in ("{", "{}"):
        (tmp_path / "card.json").write_text(damaged, encoding="utf-8")
        with pytest.raises(UserError, match="cannot be used"):
            renew_cards(RECIPE, dataset, tmp_path, results)
    other_points = {**card["operating_points"], "default": card["operating_points"]["balanced"]}
    for other in ({**card, "operating_points": other_points}, {key: value for key, value in card.items() if key != "recipe"}):
        (tmp_path / "card.json").write_text(json.dumps(other), encoding="utf-8")
        with pytest.raises(
            UserError,
            match="The bundle does not match lite0_staged and its evaluation on these images; export lite0_staged without --cards",
        ):
            renew_cards(RECIPE, dataset, tmp_path, results)


def test_the_card_says_whether_the_images_are_breakhis_or_the_users_own(
    card: dict[str, Any], dataset: Dataset, ranking: RecipeRanking, tmp_path: Path
) -> None:
    assert card["training_data"]["name"] == "BreakHis"
    assert any("one laboratory" in limit for limit in card["limits"])
    for name in ("binary.keras", "subtype.keras", "golden.npz", "familiarity.npz", "joint.onnx"):
        (tmp_path / name).write_text(name)
    own = replace(dataset, name=np.array([f"{row}.png" for row in range(len(dataset))]))
    made = make_card(RECIPE, own, ranking, tmp_path, source=SOURCE, training=TRAINING, derived=DERIVED, limit=LIMIT, curve=CURVE)
    assert made.training_data.name == "Images of the user's own"
    assert "Spanhol" not in made.data_citation
    assert (card["gate_limits"], made.gate_limits) == (as_json(SHIPPED_LIMITS), None)
    assert not any("one laboratory" in limit for limit in made.limits)


def test_the_card_says_how_many_images_have_no_subtype(dataset: Dataset, ranking: RecipeRanking, tmp_path: Path) -> None:
    for name in ("binary.keras", "subtype.keras", "golden.npz", "familiarity.npz", "joint.onnx"):
        (tmp_path / name).write_text(name)
    for unknown, words in ((1, "1 image without a subtype"), (2, "2 images without a subtype")):
        subtype = np.where(np.arange(len(dataset)) < unknown, -1, dataset.subtype)
        data = replace(dataset, subtype=subtype, subtype_known=subtype >= 0)
        made = make_card(RECIPE, data, ranking, tmp_path, source=SOURCE, training=TRAINING, derived=DERIVED, limit=LIMIT, curve=CURVE)
        assert made.training_data.left_out_of_subtypes == words


def test_the_page_takes_what_was_cut_short_from_the_facts_and_not_from_the_status_text(card: dict[str, Any]) -> None:
    recipes = {name: {**one, "status": "unread"} for name, one in card["comparison"]["recipes"].items()}
    page = page_of({**card, "comparison": {**card["comparison"], "recipes": recipes}})
    assert page == page_of(card)
    assert "- `brief_binary_baseline`: at most 2 of 6 epochs." in page
    assert "- `brief_subtype_baseline`: 1 of 5 folds." in page
    assert "`brief_subtype_class_weights`" in next(line for line in page.splitlines() if line.endswith("not judged on these folds."))


def test_the_page_has_every_section_and_marks_leaky_protocols(card: dict[str, Any]) -> None:
    page = page_of(card)
    headings = re.findall(r"^## (.+)$", page, re.MULTILINE)
    assert headings == [
        "Intended use",
        "It must not be used for",
        "Networks",
        "Data",
        "Which images are accepted",
        "Benign or malignant, on unseen patients",
        "Eight subtypes, on unseen patients",
        "On other folds",
        "Under protocols that leak patients",
        "Compared with other recipes",
        "Limits",
        "Licence and sources",
        "Files",
    ]
    assert page.startswith("# breakhis-lite0-staged, ")
    assert "For research use. Not a medical device." in page
    assert "**leaky**" in page
    assert all(digest in page for digest in card["files"].values())
    assert card["derived"]["joint.onnx"]["sha256"] in page


def test_the_columns_of_every_table_line_up(card: dict[str, Any]) -> None:
    tables = re.findall(r"(?:^\|.*\n)+", page_of(card), re.MULTILINE)
    assert len(tables) >= 9
    for table in tables:
        assert len({tuple(at for at, sign in enumerate(line) if sign == "|") for line in table.splitlines()}) == 1


def test_the_page_counts_the_images_held_back_for_early_stopping(card: dict[str, Any]) -> None:
    page = page_of({**card, "training": {**card["training"], "images": 1_100, "images_that_ended_it": 287}})
    assert "learned from 1,100 of these images; the other 287 were held back to decide when to stop training" in page


def test_the_card_says_which_images_the_bundle_accepts(card: dict[str, Any]) -> None:
    read = parse_card(json.dumps(card))
    assert card["training_data"]["magnifications"] == {"200": 24}
    assert read.magnifications == (200,)
    assert read.familiarity is not None
    assert (read.familiarity.sha256, read.familiarity.limit) == (card["familiarity"]["sha256"], 0.54)
    assert read.large_fields is not None
    assert (read.large_fields.tile, read.large_fields.strongest_share) == ((700, 460), 0.25)
    page = page_of(card)
    assert "## Which images are accepted" in page
    assert "0.1 % of 24 images of unseen patients (grouped by other folds, 1)" in page


def test_a_card_without_a_familiarity_limit_does_not_mention_familiarity(
    dataset: Dataset, ranking: RecipeRanking, card: dict[str, Any], tmp_path: Path
) -> None:
    for name in ("binary.keras", "subtype.keras", "golden.npz", "joint.onnx"):
        (tmp_path / name).write_text(name)
    made = make_card(RECIPE, dataset, ranking, tmp_path, source=SOURCE, training=TRAINING, derived=DERIVED, limit=None, curve=None)
    assert "familiarity" not in written(made)
    assert made.familiarity is None
    assert "Familiarity" not in write_model_card(made)


def test_the_card_holds_the_operating_curve_and_the_page_shows_11_thresholds(card: dict[str, Any]) -> None:
    curve = parse_card(json.dumps(card)).curve
    assert curve is not None
    assert curve.at(0.5)[0].value == 0.8
    page = page_of({**card, "operating_curve": as_json(operating_curve(load_predictions(SHIPPED)))})
    rows = page[page.index("At other thresholds (") :].split("\n\n")[1].splitlines()
    assert len(rows) == 2 + 11
    assert "At other thresholds (" not in page_of({key: value for key, value in card.items() if key != "operating_curve"})


def test_the_shipped_card_holds_the_operating_curve_of_its_own_predictions() -> None:
    card = json.loads((default_models() / "card.json").read_text(encoding="utf-8"))
    assert card["operating_curve"] == as_json(operating_curve(load_predictions(SHIPPED)))
