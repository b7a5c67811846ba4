"""How the page of results writes numbers and names runs, and which runs its charts show."""

from dataclasses import replace
from typing import Any

import pytest
from matplotlib.figure import Figure as Picture

from breakhis_desktop.domain.figures import BinaryFigures, Difference, Figure
from tests.factories.sections import section, written
from training.comparison.charts.style import ticked_by_shares
from training.comparison.chosen import REFERENCE, Chosen, chosen_runs
from training.comparison.runs import Absent, Comparison, Done, Run
from training.comparison.sections.compared import Compared, compare_recipes
from training.comparison.sections.methods import make_methods
from training.comparison.sections.names import chosen_words, training_words
from training.comparison.words import joined
from training.evaluation import Evaluation
from training.evaluation.evaluation import ReviewFigures
from training.experiment.ensemble import known_ensembles, load_ensemble
from training.pages.filters import difference_text, figure_text, number
from training.wording import TrainingCode


def run_of(recipe: str, auc: float, protocol: str = "grouped", **facts: Any) -> Run:
    figures = Evaluation(
        recipe=recipe,
        protocol=protocol,
        task="binary",
        random_seed=1,
        entries=10,
        images=10,
        accessions=4,
        binary=BinaryFigures(by_image={"auc": Figure(auc, auc - 0.1, auc + 0.1)}),
        temperature={},
        review=ReviewFigures(curves={}),
        splits=5,
        splits_planned=5,
        epochs=20,
        epochs_planned=20,
        minutes=1.0,
        recipe_sha256="",
        description="",
        precision="",
        split_sha256="",
        trained="",
        protocol_label="",
    )
    return Run(replace(figures, **facts), [])


def difference(value: float, low: float, high: float) -> Difference:
    return Difference(value=value, low=low, high=high, a=value, b=0.0, excludes_zero=low > 0 or high < 0)


@pytest.mark.parametrize(
    ("value", "text"), [(0.85, ".850"), (1.0, "1.000"), (0.0, ".000"), (-0.034, "−.034"), (-0.0001, ".000"), (None, "–")]
)
def test_numbers_are_written_without_a_leading_zero_as_in_papers(value: float | None, text: str) -> None:
    assert number(value) == text


def test_a_difference_has_a_sign_unless_it_is_zero() -> None:
    assert [difference_text(Figure(value, None, None)) for value in (0.05, -0.05, 0.0)] == ["+.050", "−.050", ".000"]
    assert difference_text(difference(0.05, -0.01, 0.1)) == "+.050 [−.010,\N{NO-BREAK SPACE}+.100]"


def test_a_figure_without_an_interval_is_one_number_and_a_missing_figure_is_a_dash() -> None:
    assert figure_text(Figure(0.5, None, None)) == ".500"
    assert figure_text(Figure(None, None, None)) == "–"


def test_lists_are_joined_as_in_a_sentence() -> None:
    assert [joined([]), joined(["a"]), joined(["a", "b", "c"])] == ["", "a", "a, b and c"]


def sentence_about(found: Difference) -> str:
    """Return the sentence about a pair of recipes."""
    pair = Compared("a", "b", "auc", found)
    return written('{% from "results/parts.j2" import compared with context %}{{ compared(page.pair) }}', pair=pair)


def test_a_recipe_beats_another_only_if_the_interval_excludes_zero() -> None:
    assert sentence_about(difference(0.05, 0.01, 0.1)) == "`a` beats `b` (difference in AUC: +.050 [+.010,\N{NO-BREAK SPACE}+.100])."
    assert sentence_about(difference(-0.05, -0.1, -0.01)).startswith("`a` is worse than `b` (")
    assert sentence_about(difference(0.05, -0.01, 0.1)).startswith("No difference between `a` and `b` was shown (")
    assert compare_recipes(Comparison([], "mine", {}), "a", "b", "binary", "auc") is None


def test_several_runs_are_named_by_role_and_a_single_run_by_its_own_name() -> None:
    mine, other = Chosen(run_of("mine", 0.8), 2), Chosen(run_of("brief_binary_baseline", 0.7), 3)
    assert chosen_words([mine, other, mine]) == "the best other recipe of ours and the brief's best"
    assert [chosen_words([one]) for one in (mine, other)] == ["`mine`", "the brief's “baseline”"]


@pytest.mark.parametrize(
    ("ticks", "written"),
    [
        ((0, 0.5, 1), ["0", ".5", "1"]),
        ((0.05, 0.1, 0.15), [".05", ".10", ".15"]),
        ((0.75, 0.775), [".750", ".775"]),
        ((-0.5, 0.5, 1.5), ["", ".5", ""]),
    ],
)
def test_axis_ticks_have_just_enough_digits_to_tell_them_apart(ticks: tuple[float, ...], written: list[str]) -> None:
    axis = Picture().subplots().xaxis
    axis.set_ticks(ticks)
    ticked_by_shares(axis)
    assert [axis.get_major_formatter()(tick) for tick in ticks] == written


def test_a_status_says_what_was_cut_short_and_what_failed() -> None:
    cut = run_of("a", 0.8, splits=1, epochs=6)
    assert str(cut.status) == "done, at most 6 of 20 epochs, 1 of 5 folds"
    assert not cut.complete
    assert str(Run(cut.figures, [], "the disk is full").status).endswith("1 of 5 folds; failed: the disk is full")


def test_the_training_summary_lists_what_was_cut_short_but_not_the_failure() -> None:
    figures = run_of("a", 0.8, splits=1, epochs=6, minutes=12).figures
    failed = Run(figures, [], "the disk is full; make room, at most", stale=True)
    assert training_words(failed) == "12 min, 6 of 20 epochs, 1 of 5 folds, by an earlier version of the recipe"
    assert [cut.code for cut in failed.done.cuts] == [TrainingCode.EPOCHS_CUT, TrainingCode.SHARE_OF_FOLDS, TrainingCode.EARLIER_RECIPE]


def test_a_shortfall_states_cuts_and_failures_but_a_complete_run_has_no_shortfall() -> None:
    whole, cut = Done(epochs=5, epochs_planned=5), Done(epochs=5, epochs_planned=20)
    assert whole.shortfall is None
    assert str(cut.shortfall) == "at most 5 of 20 epochs"
    assert str(replace(whole, failure="the disk is full").shortfall) == "done; failed: the disk is full"
    assert str(replace(cut, failure="the disk is full").shortfall) == "at most 5 of 20 epochs; failed: the disk is full"


def test_an_ensemble_is_described_by_its_members_and_has_no_training_time() -> None:
    name = known_ensembles()[0]
    run = run_of(name, 0.8)
    page = section("methods", methods=make_methods(Comparison([run], "mine", {})))
    said = next(line for line in page.splitlines() if line.startswith("An ensemble is") and f"`{name}` of" in line)
    assert all(f"`{member}`" in said for member in load_ensemble(name).members)
    assert training_words(run) == "of its members"


def test_charts_show_the_default_recipe_and_the_reference_and_the_best_of_the_others_and_of_the_brief() -> None:
    recipes = {"mine": 0.8, REFERENCE: 0.85, "other": 0.7, "better": 0.75, "brief_binary_baseline": 0.6, "brief_binary_augmentation": 0.65}
    comparison = Comparison([run_of(name, auc) for name, auc in recipes.items()], "mine", {})
    assert [(one.run.recipe, one.place) for one in chosen_runs(comparison, "binary")] == [
        ("mine", 0),
        (REFERENCE, 1),
        ("better", 2),
        ("brief_binary_augmentation", 3),
    ]


def test_partial_and_absent_runs_are_not_chosen_for_charts() -> None:
    comparison = Comparison(
        [run_of("mine", 0.8), run_of("partial", 0.99, splits=1), Absent("gone", "binary", "grouped", "no", None)], "mine", {}
    )
    assert [one.run.recipe for one in chosen_runs(comparison, "binary")] == ["mine"]


_PARTS = '{% from "results/parts.j2" import section, picture, caption with context %}'


def test_an_empty_section_has_no_heading() -> None:
    empty = '{% call section("Empty") %}{% call picture("learning", "curves") %}Not drawn.{% endcall %}{% endcall %}'
    full = '{% call section("Full") %}Words.{% endcall %}'
    assert written(_PARTS + empty + full).split() == ["##", "Full", "Words."]


def test_tables_and_charts_are_numbered_and_missing_charts_are_left_out() -> None:
    pictures = "".join('{% call picture("' + name + '", "seen") %}Caption.{% endcall %}' for name in ("curves", "forest", "review"))
    captions = 2 * "{% call caption() %}Rows.{% endcall %}"
    page = written(_PARTS + captions + pictures, frozenset({"forest", "review"}))
    assert [line for line in page.splitlines() if line] == [
        "**Table 1.** Rows.",
        "**Table 2.** Rows.",
        "![seen](results/figures/forest.png)",
        "**Figure 1.** Caption.",
        "![seen](results/figures/review.png)",
        "**Figure 2.** Caption.",
    ]
