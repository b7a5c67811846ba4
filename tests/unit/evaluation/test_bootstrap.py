"""Intervals from resamples of whole accessions."""

import numpy as np
import pytest

from breakhis_desktop.evaluation import bootstrap
from breakhis_desktop.evaluation.bootstrap import Values, Weights, estimate

ACCESSIONS = np.array(["a"] * 10 + ["b"] * 10 + ["c"] * 10)
NUMBERS = np.arange(30.0)


def mean(weight: Weights) -> dict[str, Values]:
    return {"mean": (weight @ NUMBERS) / weight.sum(axis=-1)}


def test_the_value_covers_all_images_and_lies_in_its_interval() -> None:
    found = estimate(ACCESSIONS, mean)["mean"]
    assert found.value == 14.5
    assert found.low == 4.5  # the mean of a resample that draws the first accession three times
    assert found.high == 24.5


def test_each_resample_draws_as_many_whole_accessions_as_there_are() -> None:
    seen: list[np.ndarray] = []

    def figures(weight: Weights) -> dict[str, Values]:
        seen.append(np.atleast_2d(weight))
        return {"total": weight.sum(axis=-1)}

    assert estimate(ACCESSIONS, figures, resamples=20)["total"].low == 30
    weights = np.concatenate(seen)
    assert len(weights) == 21
    for accession in "abc":
        of_one = weights[:, accession == ACCESSIONS]
        assert (of_one == of_one[:, :1]).all()


def test_the_interval_does_not_depend_on_how_many_resamples_are_in_memory_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    at_once = estimate(ACCESSIONS, mean, resamples=50)
    monkeypatch.setattr(bootstrap, "_WEIGHTS_AT_ONCE", 70)
    assert estimate(ACCESSIONS, mean, resamples=50) == at_once


def test_resamples_with_an_undefined_figure_are_left_out() -> None:
    def once(weight: Weights) -> dict[str, Values]:
        return {"b": np.where(weight[..., 10] > 0, 1.0, np.nan), "never": np.full(weight.shape[:-1], np.nan)}

    found = estimate(ACCESSIONS, once)
    assert (found["b"].low, found["b"].high) == (1.0, 1.0)
    assert np.isnan(found["never"].low)


def test_one_accession_has_no_interval() -> None:
    found = estimate(np.full(30, "a"), mean)["mean"]
    assert found.value == 14.5
    assert np.isnan([found.low, found.high]).all()


def test_the_interval_comes_from_2000_draws_with_the_seed_used_for_the_cards() -> None:
    accessions, numbers = np.repeat([f"{one:02}" for one in range(15)], 2), np.random.default_rng(0).normal(size=30)
    drawn = np.random.default_rng(20160701).integers(15, size=(2000, 15))
    means = numbers.reshape(15, 2).mean(axis=1)[drawn].mean(axis=1)
    found = estimate(accessions, lambda weight: {"mean": (weight @ numbers) / weight.sum(axis=-1)})["mean"]
    assert (found.low, found.high) == pytest.approx((np.percentile(means, 2.5), np.percentile(means, 97.5)))


def test_two_accessions_have_an_interval() -> None:
    found = estimate(np.array(["a"] * 10 + ["b"] * 20), mean)["mean"]
    assert (found.low, found.high) == (4.5, 19.5)


def test_resamples_that_exceed_the_memory_limit_are_drawn_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    at_once = estimate(ACCESSIONS, mean, resamples=50)
    monkeypatch.setattr(bootstrap, "_WEIGHTS_AT_ONCE", 7)
    assert estimate(ACCESSIONS, mean, resamples=50) == at_once
