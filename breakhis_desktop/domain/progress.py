"""Estimates the speed of a run and the time it has left."""

from collections import deque

_WINDOW_SECONDS = 30.0
_LEAST_SECONDS = 2.0


class Progress:
    """Measures how fast images are processed.

    The speed is averaged over the last 30 seconds, so that a slow start or a pause is soon forgotten. It is unknown for the
    first two seconds.
    """

    def __init__(self, now: float, ended: int = 0) -> None:
        """Start measuring.

        Args:
            now: The time of a monotonic clock, in seconds.
            ended: The number of images already finished.
        """
        self._marks = deque([(now, ended)])

    def update(self, now: float, ended: int) -> None:
        """Record how many images are finished by now."""
        self._marks.append((now, ended))
        while len(self._marks) > 2 and now - self._marks[1][0] >= _WINDOW_SECONDS:
            self._marks.popleft()

    @property
    def images_per_second(self) -> float | None:
        """The speed; None while it is too early to tell, or if no image was finished in the time measured."""
        (first, before), (last, after) = self._marks[0], self._marks[-1]
        if last - first < _LEAST_SECONDS or after == before:
            return None
        return (after - before) / (last - first)

    def seconds_left(self, to_go: int) -> float | None:
        """Return the seconds that the remaining images need; None if the speed is unknown."""
        speed = self.images_per_second
        return None if speed is None else to_go / speed


def duration_words(seconds: float) -> str:
    """Return a duration as `45 s`, `1 min 52 s` or `2 h 5 min`."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"
