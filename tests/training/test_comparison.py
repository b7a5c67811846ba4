"""Leaderboard, charts and page of results, from made-up predictions."""

import csv
import json
import logging
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from msgspec import convert
from PIL import Image

import training
from breakhis_desktop.domain.as_json import as_json
from breakhis_desktop.domain.figures import Figure
from breakhis_desktop.errors import UserError
from tests.factories.predictions import make_predictions
from tests.factories.references import assert_is_reference
from training.comparison import compare
from training.comparison.charts.confusion import draw_confusion
from training.comparison.judged import Judge
from training.comparison.published import PUBLISHED
from training.comparison.results import compared_rows, shipped_recipe, written_page
from training.comparison.runs import Run, all_rows, read_failures
from training.evaluation import Evaluation, compare_pairs, evaluate
from training.experiment.failures import note_failure
from training.experiment.predictions import Predictions, load_predictions, predictions_file, save_predictions
from training.experiment.recipe import known_recipes, load_recipe
from training.pages.filters import figure_text
from training.workspace import RESULTS


class KeptFigures(Judge):
    """Uses the stored figures, even if another version of the code computed them."""

    def _kept(self, kind: type[Any], name: str, sources: list[Path], make: Callable[[], Any]) -> Any:
        return convert(json.loads((self.results / "figures" / f"{name}.json").read_text(encoding="utf-8")), kind)


DEFAULT, REFERENCE, STALE = "lite0_staged", "resnet50_frozen", "lite0_frozen"
PARTIAL = "resnet50_staged"
BINARY_PAIR = ("brief_binary_class_weights", "brief_binary_augmentation_class_weights")
HISTORY = [
    {"split": f"grouped-{fold}", "epoch": epoch, "loss": 1 / epoch, "figure": 0.5 + epoch / 10} for fold in (1, 2) for epoch in (1, 2, 3)
]


def predictions_of(recipe: str, protocol: str, noise: float, task: str = "both", **provenance: Any) -> Predictions:
    made = make_predictions(recipe, noise, protocol, random_seed=len(recipe))
    provenance = {"history": HISTORY, "task": task, "recipe_sha256": load_recipe(recipe).sha256, **provenance}
    given = replace(made, provenance=replace(made.provenance, **provenance))
    return replace(given, subtypes=None) if task == "binary" else given


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of results after `compare`."""
    folder = tmp_path_factory.mktemp("training") / "results"
    save_predictions(predictions_of(DEFAULT, "grouped", 0.6), folder)
    save_predictions(predictions_of(REFERENCE, "grouped", 1.4, epochs=2, epochs_planned=20), folder)
    save_predictions(predictions_of(STALE, "grouped", 1.0, recipe_sha256="of another day", precision="mixed_bfloat16"), folder)
    for recipe, noise in zip(BINARY_PAIR, (3.0, 2.0), strict=True):
        save_predictions(predictions_of(recipe, "grouped", noise, "binary"), folder)
        save_predictions(predictions_of(recipe, "image", noise / 2, "binary", splits=1, splits_planned=1), folder)
    for recipe, noise in ((DEFAULT, 0.7), (REFERENCE, 1.3)):
        save_predictions(predictions_of(recipe, "regrouped_1", noise), folder)
    save_predictions(predictions_of(DEFAULT, "image", 0.3, splits=1, splits_planned=1), folder)
    save_predictions(predictions_of(PARTIAL, "grouped", 1.0, splits=1), folder)
    note_failure("brief_subtype_vgg16", "grouped", "the weights are not at hand", folder)
    compare(folder, DEFAULT)
    return folder


def figures_of(predictions: Predictions) -> dict[str, Any]:
    figures: dict[str, Any] = as_json(evaluate(predictions))
    return figures


def differences_of(a: Predictions, b: Predictions) -> dict[str, Any]:
    found: dict[str, Any] = as_json(compare_pairs(a, b))
    return found


def leaderboard(results: Path) -> dict[tuple[str, str], dict[str, str]]:
    with (results / "leaderboard.csv").open(encoding="utf-8", newline="") as file:
        return {(row["recipe"], row["protocol"]): row for row in csv.DictReader(file)}


def page_of(results: Path) -> str:
    return (results.parent / "RESULTS.md").read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_page_of_made_up_predictions_matches_the_reference(results: Path) -> None:
    assert_is_reference(page_of(results), "RESULTS.md")


def test_the_results_page_of_the_project_matches_its_saved_figures() -> None:
    judge = KeptFigures(RESULTS)
    failures = read_failures(RESULTS)
    comparison = compared_rows(judge, all_rows(judge.runs(failures), failures), shipped_recipe())
    pictures = frozenset(file.stem for file in (RESULTS / "figures").glob("*.png"))
    assert page_of(RESULTS) == written_page(comparison, RESULTS, pictures)


def test_every_recipe_has_a_leaderboard_row_for_the_grouped_and_for_the_image_protocol(results: Path) -> None:
    expected = {(recipe, protocol) for recipe in known_recipes() for protocol in ("grouped", "image")}
    assert leaderboard(results).keys() == expected | {(DEFAULT, "regrouped_1"), (REFERENCE, "regrouped_1")}


def test_a_leaderboard_row_holds_each_figure_with_its_interval(results: Path) -> None:
    figures = figures_of(load_predictions(predictions_file(results, DEFAULT, "grouped")))
    row = leaderboard(results)[DEFAULT, "grouped"]
    wanted = {
        "auc": figures["binary"]["by_image"]["auc"],
        "by_patient_auc": figures["binary"]["by_patient"]["auc"],
        "by_magnification_200_auc": figures["binary"]["by_magnification"]["200"]["figures"]["auc"],
        "at_half_accuracy": figures["binary"]["at_half"]["accuracy"],
        "subtype_macro_recall": figures["subtype"]["figures"]["macro_recall"],
        "subtype_recall_DC": figures["subtype"]["recall"]["DC"],
        "review_share_sent_to_review": figures["review"]["figures"]["share_sent_to_review"],
    }
    for name, figure in wanted.items():
        written = [float(row[column]) for column in (name, f"{name}_low", f"{name}_high")]
        assert written == [round(figure[key], 4) for key in ("value", "low", "high")]


def test_a_figure_on_the_page_is_rounded_only_once() -> None:
    results = Path(training.__file__).parent / "results"
    page = (results.parent / "RESULTS.md").read_text(encoding="utf-8")
    table = [line.split(" | ") for line in page.splitlines() if line.startswith("| `")]
    for name, task, part, shown in (
        ("resnet50_frozen_label_smoothing", "binary", "by_image", ".865"),
        ("resnet50_frozen_focal", "subtype", "figures", ".282"),
    ):
        kept = json.loads((results / "figures" / f"{name}.grouped.json").read_text(encoding="utf-8"))
        figure = kept[task][part]["auc" if task == "binary" else "macro_recall"]
        assert figure["value"] != round(figure["value"], 8)
        assert f"{figure['value']:.3f}" == f"0{shown}"
        assert [row for row in table if row[0] == f"| `{name}`" and row[1] == figure_text(Figure(**figure))]


def test_a_leaderboard_row_also_holds_facts_such_as_task_and_seed_and_status(results: Path) -> None:
    row = leaderboard(results)[DEFAULT, "grouped"]
    assert [row[name] for name in ("task", "images", "accessions", "random_seed", "minutes", "status")] == [
        "both",
        "150",
        "25",
        "1",
        "1.5",
        "done",
    ]


def test_figures_of_a_task_that_a_recipe_lacks_are_empty(results: Path) -> None:
    row = leaderboard(results)[BINARY_PAIR[0], "grouped"]
    assert row["auc"]
    assert not row["subtype_accuracy"]


def test_the_status_says_if_a_run_was_cut_short_or_is_outdated_or_missing(results: Path) -> None:
    rows = leaderboard(results)
    assert rows[REFERENCE, "grouped"]["status"] == "done, at most 2 of 20 epochs"
    assert rows[STALE, "grouped"]["status"] == "done, by an earlier version of the recipe"
    assert rows[STALE, "grouped"]["computed_in"] == "mixed_bfloat16"
    assert rows["brief_subtype_vgg16", "grouped"]["random_seed"] == "42"
    assert rows["brief_subtype_vgg16", "image"]["protocol_label"] == "image (leaky)"
    assert rows["brief_subtype_vgg16", "grouped"]["status"] == "not run: the weights are not at hand"
    assert rows["brief_subtype_vgg16", "image"]["status"].startswith("not run: ")


@pytest.mark.slow
def test_a_second_comparison_recomputes_no_figures_and_changes_no_file(results: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    before = {file: file.read_bytes() for file in results.rglob("*") if file.is_file()}
    compare(results, DEFAULT)
    assert not [record for record in caplog.records if "evaluating" in record.message]
    assert {file: file.read_bytes() for file in results.rglob("*") if file.is_file()} == before


def test_the_page_is_marked_for_research_use_and_gives_the_figures_of_the_runs(results: Path) -> None:
    text = page_of(results)
    assert "for research use only" in text.lower().split("\n## ")[0]
    for recipe in (DEFAULT, REFERENCE, *BINARY_PAIR):
        auc = figures_of(load_predictions(predictions_file(results, recipe, "grouped")))["binary"]["by_image"]["auc"]
        shown = [f"{auc[key]:.3f}".removeprefix("0") for key in ("value", "low", "high")]
        assert f"{shown[0]} [{shown[1]},\N{NO-BREAK SPACE}{shown[2]}]" in text


def test_the_page_gives_the_paired_difference_from_the_reference(results: Path) -> None:
    runs = [load_predictions(predictions_file(results, recipe, "grouped")) for recipe in (DEFAULT, REFERENCE)]
    difference = differences_of(*runs)["binary"]["differences"]["auc"]
    assert difference["excludes_zero"]
    assert f"`{DEFAULT}` beats `{REFERENCE}` (difference in AUC: +{difference['value']:.3f}".replace("+0.", "+.") in page_of(results)


def test_our_recipes_are_listed_with_their_differences_from_the_reference(results: Path) -> None:
    table = page_of(results).split(f"Recipes of ours minus `{REFERENCE}`")[1].split("**Table")[0]
    rows = {line.split("`")[1]: line for line in table.splitlines() if "`" in line and line.startswith("|")}
    assert set(rows) == {DEFAULT, STALE}
    runs = [load_predictions(predictions_file(results, recipe, "grouped")) for recipe in (STALE, REFERENCE)]
    difference = differences_of(*runs)["binary"]["differences"]["auc"]["value"]
    assert f"{difference:+.3f}".replace("0.", ".") in rows[STALE]


@pytest.mark.slow
def test_the_page_names_recipes_that_beat_the_default_one_and_shows_another_seed(results: Path, tmp_path: Path) -> None:
    assert "**The default bundle.**" not in page_of(results)
    shutil.copytree(results, tmp_path / "results")
    again = predictions_of(STALE, "grouped", 1.1)
    save_predictions(replace(again, provenance=replace(again.provenance, recipe=f"{STALE}_seed2")), tmp_path / "results")
    compare(tmp_path / "results", STALE)
    said = next(line for line in page_of(tmp_path / "results").splitlines() if "**The default bundle.**" in line)
    runs = [load_predictions(predictions_file(results, recipe, "grouped")) for recipe in (DEFAULT, STALE)]
    assert differences_of(*runs)["binary"]["differences"]["auc"]["excludes_zero"]
    assert f"shown to rank better: `{DEFAULT}` in AUC" in said
    assert REFERENCE not in said
    other_seed = next(line for line in page_of(tmp_path / "results").splitlines() if "**Another random seed.**" in line)
    auc = figures_of(again)["binary"]["by_image"]["auc"]["value"]
    assert f"`{STALE}_seed2`, the recipe of the default bundle, has AUC {auc:.3f}".replace("0.", ".") in other_seed
    assert f"between `{STALE}_seed2` and `{REFERENCE}`" in other_seed or f"`{STALE}_seed2` beats `{REFERENCE}`" in other_seed


def test_the_page_shows_figures_on_other_folds_beside_those_on_the_grouped_folds(results: Path) -> None:
    section = page_of(results).split("## On other folds")[1].split("\n## ")[0]
    runs = [load_predictions(predictions_file(results, recipe, "regrouped_1")) for recipe in (DEFAULT, REFERENCE)]
    difference = differences_of(*runs)["binary"]["differences"]["auc"]["value"]
    assert [line.split(" | ")[1] for line in section.splitlines() if DEFAULT in line] == ["grouped folds", "other grouped folds, 1"]
    assert f"{difference:+.3f}".replace("0.", ".") in section


def test_the_page_says_which_aims_are_reached_and_which_are_missed(results: Path) -> None:
    unseen, known = (
        next(line for line in page_of(results).splitlines() if f"**Aims for {whom}**" in line)
        for whom in ("unseen patients", "images of known patients")
    )
    figures = {protocol: figures_of(load_predictions(predictions_file(results, DEFAULT, protocol))) for protocol in ("grouped", "image")}
    for line, words, least, figure in (
        (unseen, "AUC of .92", 0.92, figures["grouped"]["binary"]["by_image"]["auc"]),
        (unseen, "macro recall of .45", 0.45, figures["grouped"]["subtype"]["figures"]["macro_recall"]),
        (known, "recall at threshold .5 of .99", 0.99, figures["image"]["binary"]["at_half"]["sensitivity"]),
        (known, "accuracy over the eight subtypes of .95", 0.95, figures["image"]["subtype"]["figures"]["accuracy"]),
    ):
        reached, _, missed = line.partition("it misses")
        assert words in (reached if figure["value"] >= least else missed)


def test_no_table_gives_a_macro_recall_over_only_some_folds(results: Path) -> None:
    row = f"| `{PARTIAL}` (1 of 5 folds: 150 images of 25 accessions) | "
    binary, subtypes, *_ = (line for line in page_of(results).splitlines() if line.startswith(row))
    assert not binary.removeprefix(row).startswith("–")
    assert subtypes.removeprefix(row).startswith("– | – | .")


def test_published_figures_are_in_the_row_below_ours(results: Path) -> None:
    published = PUBLISHED[BINARY_PAIR[1]]
    lines = page_of(results).splitlines()
    row = next(number for number, line in enumerate(lines) if line.startswith("| *as published*") and "*.858*" in line)
    assert [f"*{published[name]:.3f}*".replace("0.", ".") in lines[row] for name in ("accuracy", "sensitivity", "precision", "auc")] == [
        True
    ] * 4
    assert lines[row - 1].startswith("| brief: augmentation + class weights |")


def test_the_image_split_is_always_called_leaky(results: Path) -> None:
    mentions = re.findall(r"image split.{0,8}", page_of(results), re.IGNORECASE)
    assert mentions
    assert all(" (leaky)" in one for one in mentions)


def test_every_chart_is_on_the_page_and_no_link_to_a_chart_is_broken(results: Path) -> None:
    linked = set(re.findall(r"!\[[^]]+\]\(([^)]+)\)", page_of(results)))
    assert {results.parent / link for link in linked} == set((results / "figures").glob("*.png"))
    assert {Path(link).stem for link in linked} >= {
        "confusion_binary",
        "curves",
        "coverage",
        "review",
        "forest",
        "learning",
        "magnification",
        "reliability",
    }


def test_charts_contain_no_date_and_are_small(results: Path) -> None:
    files = list((results / "figures").glob("*.png"))
    assert sum(file.stat().st_size for file in files) < 2_500_000
    for file in files:
        with Image.open(file) as image:
            assert image.info.keys() <= {"dpi"}


def test_a_chart_changes_only_when_its_figures_change(results: Path, tmp_path: Path) -> None:
    figures = json.loads((results / "figures" / f"{BINARY_PAIR[0]}.grouped.json").read_text(encoding="utf-8"))
    other = json.loads(json.dumps(figures))
    other["binary"]["at_half"]["confusion"]["tp"] += 1
    for name, shown in (("one", figures), ("same", figures), ("other", other)):
        runs = [Run(convert(one, Evaluation), []) for one in (shown, figures)]
        draw_confusion(tmp_path / f"{name}.png", [runs], "binary")
    one, same, changed = ((tmp_path / f"{name}.png").read_bytes() for name in ("one", "same", "other"))
    assert one == same
    assert one != changed


@pytest.mark.slow
def test_figures_of_deleted_predictions_are_removed(tmp_path: Path) -> None:
    for recipe in (DEFAULT, REFERENCE):
        save_predictions(predictions_of(recipe, "grouped", 1.0), tmp_path)
    compare(tmp_path, DEFAULT)
    predictions_file(tmp_path, REFERENCE, "grouped").unlink()
    compare(tmp_path, DEFAULT)
    assert [file.name for file in (tmp_path / "figures").glob("*.json")] == [f"{DEFAULT}.grouped.json"]


def test_predictions_of_other_images_are_not_replaced(tmp_path: Path) -> None:
    save_predictions(predictions_of(DEFAULT, "grouped", 1.0), tmp_path)
    with pytest.raises(UserError, match="predictions of other images, which would be lost; choose another folder with --results"):
        save_predictions(predictions_of(DEFAULT, "grouped", 1.0, split_sha256="of mine"), tmp_path)


def test_damaged_figures_are_recomputed(tmp_path: Path) -> None:
    save_predictions(predictions_of(DEFAULT, "image", 1.0, "binary", splits=1, splits_planned=1), tmp_path / "results")
    compare(tmp_path / "results", DEFAULT)
    kept = tmp_path / "results" / "figures" / f"{DEFAULT}.image.json"
    good = kept.read_bytes()
    kept.write_bytes(good[:100])
    compare(tmp_path / "results", DEFAULT)
    assert kept.read_bytes() == good


def test_figures_are_recomputed_for_new_predictions(tmp_path: Path) -> None:
    kept = tmp_path / "results" / "figures" / f"{DEFAULT}.image.json"
    shares = []
    for noise in (0.5, 3.0):
        save_predictions(predictions_of(DEFAULT, "image", noise, "binary", splits=1, splits_planned=1), tmp_path / "results")
        compare(tmp_path / "results", DEFAULT)
        shares.append(json.loads(kept.read_text(encoding="utf-8"))["binary"]["by_image"]["auc"]["value"])
    assert shares[0] > shares[1]


def test_damaged_predictions_are_reported(tmp_path: Path) -> None:
    file = save_predictions(predictions_of(DEFAULT, "grouped", 1.0), tmp_path)
    file.write_bytes(file.read_bytes()[:200])
    with pytest.raises(UserError, match="is damaged; delete it and evaluate its recipe again"):
        compare(tmp_path, DEFAULT)


def test_comparing_without_any_run_gives_advice(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="training train"):
        compare(tmp_path)


def test_a_damaged_record_of_a_failure_is_reported(tmp_path: Path) -> None:
    save_predictions(predictions_of(DEFAULT, "grouped", 1.0), tmp_path)
    note_failure("brief_subtype_vgg16", "grouped", "no weights", tmp_path)
    (tmp_path / "failures" / "brief_subtype_vgg16.grouped.json").write_text("{", encoding="utf-8")
    with pytest.raises(UserError, match="damaged"):
        compare(tmp_path)
