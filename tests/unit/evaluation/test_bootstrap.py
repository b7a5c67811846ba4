"""Intervals by accession."""

import numpy as np

from breakhis_desktop.evaluation.bootstrap import estimate

ACCESSIONS = np.array(["a"] * 10 + ["b"] * 10 + ["c"] * 10)


def test_the_value_is_that_of_all_images_and_lies_in_its_interval() -> None:
    values = np.arange(30.0)
    mean = estimate(ACCESSIONS, lambda rows: {"mean": float(values[rows].mean())})["mean"]
    assert mean.value == 14.5
    assert mean.low == 4.5  # the first accession drawn three times
    assert mean.high == 24.5


def test_images_of_one_accession_stay_together() -> None:
    seen = []

    def figures(rows: np.ndarray) -> dict[str, float]:
        seen.append(np.bincount(rows, minlength=30))
        return {}

    estimate(ACCESSIONS, figures, resamples=20)
    assert all((counts[accession == ACCESSIONS] == counts[accession == ACCESSIONS][0]).all() for counts in seen for accession in "abc")


def test_the_same_call_gives_the_same_interval() -> None:
    values = np.random.default_rng(0).random(30)
    first, second = (estimate(ACCESSIONS, lambda rows: {"mean": float(values[rows].mean())}, resamples=50) for _ in range(2))
    assert first == second


def test_resamples_without_a_meaning_are_left_out() -> None:
    once = estimate(ACCESSIONS, lambda rows: {"b": 1.0 if (rows == 10).any() else float("nan")})["b"]
    assert (once.low, once.high) == (1.0, 1.0)
    assert np.isnan(estimate(ACCESSIONS, lambda _: {"never": float("nan")}, resamples=5)["never"].low)
