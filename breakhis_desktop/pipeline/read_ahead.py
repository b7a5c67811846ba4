"""Reads images on other threads, ahead of the models; an image that does not answer or decodes slowly does not delay the others."""

import math
import os
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, wait
from functools import partial
from itertools import islice
from pathlib import Path

from breakhis_desktop.domain.records import PendingImage
from breakhis_desktop.pipeline.discover import Asking
from breakhis_desktop.pipeline.events import FilesAwaited
from breakhis_desktop.pipeline.guard import guarded
from breakhis_desktop.pipeline.patience import LOOK_AGAIN, Threads, Watch
from breakhis_desktop.pipeline.read_image import ReadImage

_CHUNKS = 3
"""Number of chunks being read: the one awaited, and two ahead."""

_LATE = 1.0
"""Seconds after which an image that is still being read counts as late: the other images no longer wait for it."""

_HANDED_ON_AFTER = 2.0
"""Seconds after which finished images no longer wait for slow images to complete their chunk."""

_MOST_SPARE = 100
"""Maximum number of extra threads to replace threads that a file blocks; these extra threads cost only their stacks."""

_MOST_SPARE_DECODING = 4
"""Maximum number of extra threads to replace threads that decode slowly; these extra threads cost memory and processor time."""

Read = Callable[[PendingImage, Asking], ReadImage]


class ReadAhead:
    """Reads images in order, except that slow images follow once they are read."""

    def __init__(self, images: Sequence[PendingImage], read: Read, halted: Callable[[], bool], chunk: int) -> None:
        """Start the threads.

        Args:
            images: The images to read.
            read: Reads one image, on any thread.
            halted: Returns True once reading should stop.
            chunk: The number of images handed on together.
        """
        self._images = iter(images)
        self._read = read
        self._halted = halted
        self._chunk = chunk
        self._watch = Watch()
        self._count = min(os.cpu_count() or 1, max(len(images), 1))
        self._threads = Threads(self._count)
        self._reading: dict[Future[ReadImage | None], PendingImage] = {}
        self._put_off: deque[PendingImage] = deque()
        self._silent: frozenset[Path] = frozenset()
        self._handed_on = time.monotonic()

    def chunks(self) -> Generator[list[ReadImage] | FilesAwaited]:
        """Yield finished images, up to one chunk at a time, and events for files that do not answer or take long."""
        try:
            while self._fill() and not self._halted():
                if ended := self._next():
                    yield ended
                yield from self._watch.news(waits=0.0 if self._is_any_thread_free() else math.inf)
        finally:
            self._threads.close()
        yield from self._watch.over()

    def _fill(self) -> bool:
        """Queue enough images, and replace each blocked thread; return whether any image is being read."""
        late = self._watch.unanswered(_LATE)
        self._silent |= {path.parent for path in late}
        kept = min(len(late), _MOST_SPARE) + min(len(self._watch.slow()), _MOST_SPARE_DECODING)
        self._threads.grow(self._count + kept)
        wanted = max(0, _CHUNKS * self._chunk + kept - len(self._reading))
        for image in islice(self._images, wanted):
            self._reading[self._threads.submit(partial(self._read_unless_silent, image))] = image
            wanted -= 1
        for image in islice(_taken(self._put_off), wanted):
            self._reading[self._threads.submit(partial(self._read_guarded, image))] = image
        return bool(self._reading)

    def _is_any_thread_free(self) -> bool:
        return len(self._watch.unanswered(_LATE)) < self._count + _MOST_SPARE

    def _read_unless_silent(self, image: PendingImage) -> ReadImage | None:
        """Read an image; if another file in its folder does not answer, return None, so that the image is read after the others."""
        return None if image.path.parent in self._silent else self._read_guarded(image)

    def _read_guarded(self, image: PendingImage) -> ReadImage:
        with self._watch.working_on(image.path):
            return guarded(image, lambda: self._read(image, self._watch.asking), ReadImage)

    def _next(self) -> list[ReadImage]:
        """Take the next finished images; empty if none is ready or the run is halted."""
        ready = self._ready()
        if not ready or self._halted():
            return []
        self._handed_on = time.monotonic()
        ended = [(self._reading.pop(one), one.result()) for one in ready]
        self._put_off.extend(image for image, read in ended if read is None)
        return [read for _, read in ended if read is not None]

    def _ready(self) -> list[Future[ReadImage | None]]:
        """Return the images to hand on next: a whole chunk, not counting late images, once all of it is read.

        Until then, return none; but if an image is late and the next chunk is overdue, return the images that are finished.
        """
        late = self._watch.unfinished(_LATE)
        chunk = [one for one, image in self._reading.items() if image.path not in late][: self._chunk]
        if not wait(chunk or self._reading, LOOK_AGAIN).not_done:
            return chunk
        is_due = time.monotonic() - self._handed_on > _HANDED_ON_AFTER or not self._is_any_thread_free()
        return [one for one in self._reading if one.done()][: self._chunk] if late and is_due else []


def _taken(images: deque[PendingImage]) -> Iterator[PendingImage]:
    while images:
        yield images.popleft()
