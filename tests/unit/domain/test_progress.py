"""The speed of a run and the time remaining."""

import pytest

from breakhis_desktop.domain.progress import Progress, duration_words


def test_the_speed_counts_from_what_had_ended_before() -> None:
    progress = Progress(0.0, ended=50)
    progress.update(4.0, 70)
    assert progress.images_per_second == 5.0


def test_a_speed_is_told_from_two_seconds_on() -> None:
    early, in_time = Progress(0.0), Progress(0.0)
    early.update(1.99, 100)
    in_time.update(2.0, 100)
    assert (early.images_per_second, in_time.images_per_second) == (None, 50.0)


def test_no_speed_is_told_while_nothing_ends() -> None:
    progress = Progress(0.0, ended=7)
    progress.update(10.0, 7)
    assert progress.images_per_second is None


def test_the_speed_is_that_of_the_last_half_minute() -> None:
    progress = Progress(0.0)
    for now, ended in ((1.0, 100), (2.0, 200), (31.0, 229)):
        progress.update(now, ended)
    assert progress.images_per_second == 129 / 30  # from the mark at 1 s, exactly half a minute old, on
    progress.update(31.5, 230)
    assert progress.images_per_second == 130 / 30.5
    progress.update(32.0, 231)
    assert progress.images_per_second == 31 / 30


def test_a_start_that_is_older_than_half_a_minute_is_forgotten_at_the_second_mark() -> None:
    progress = Progress(0.0)
    progress.update(1.0, 100)
    progress.update(41.0, 140)
    assert progress.images_per_second == 1.0


def test_after_a_pause_the_speed_counts_from_before_it() -> None:
    progress = Progress(0.0)
    progress.update(100.0, 10)
    assert progress.images_per_second == 0.1
    progress.update(200.0, 20)
    assert progress.images_per_second == 0.1


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.4, "0 s"),
        (59.4, "59 s"),
        (59.6, "1 min 0 s"),
        (60, "1 min 0 s"),
        (3599, "59 min 59 s"),
        (3600, "1 h 0 min"),
        (3659, "1 h 0 min"),
        (7140, "1 h 59 min"),
        (90_000, "25 h 0 min"),
    ],
)
def test_a_duration_goes_on_to_minutes_at_60_seconds_and_to_hours_at_60_minutes(seconds: float, words: str) -> None:
    assert duration_words(seconds) == words
