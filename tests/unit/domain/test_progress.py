"""The speed of a run and the time remaining."""

import pytest

from breakhis_desktop.domain.progress import Progress, duration_words


def test_images_finished_before_the_start_do_not_count_towards_the_speed() -> None:
    progress = Progress(0.0, ended=50)
    progress.update(4.0, 70)
    assert progress.images_per_second == 5.0


def test_a_speed_is_given_only_after_two_seconds() -> None:
    early, in_time = Progress(0.0), Progress(0.0)
    early.update(1.99, 100)
    in_time.update(2.0, 100)
    assert (early.images_per_second, in_time.images_per_second) == (None, 50.0)


def test_no_speed_is_given_while_no_image_finishes() -> None:
    progress = Progress(0.0, ended=7)
    progress.update(10.0, 7)
    assert progress.images_per_second is None


def test_the_speed_covers_the_last_half_minute() -> None:
    progress = Progress(0.0)
    for now, ended in ((1.0, 100), (2.0, 200), (31.0, 229)):
        progress.update(now, ended)
    assert progress.images_per_second == 129 / 30  # measured from 1 s on, which is exactly half a minute earlier
    progress.update(31.5, 230)
    assert progress.images_per_second == 130 / 30.5
    progress.update(32.0, 231)
    assert progress.images_per_second == 31 / 30


def test_the_start_no_longer_counts_once_a_later_measurement_is_half_a_minute_old() -> None:
    progress = Progress(0.0)
    progress.update(1.0, 100)
    progress.update(41.0, 140)
    assert progress.images_per_second == 1.0


def test_the_speed_after_a_pause_includes_the_pause() -> None:
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
def test_durations_switch_to_minutes_at_60_seconds_and_to_hours_at_60_minutes(seconds: float, words: str) -> None:
    assert duration_words(seconds) == words
