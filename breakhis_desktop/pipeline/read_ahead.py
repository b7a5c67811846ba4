"""Images are read on other threads, some ahead of the models; a file that does not answer holds up no other."""

import os
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future, wait
from functools import partial
from itertools import islice
from pathlib import Path

from breakhis_desktop.domain.records import ImageRecord, PendingImage, Status
from breakhis_desktop.pipeline.discover import Asking
from breakhis_desktop.pipeline.events import FilesAwaited
from breakhis_desktop.pipeline.guard import guarded
from breakhis_desktop.pipeline.patience import LOOK_AGAIN, Threads, Watch
from breakhis_desktop.pipeline.read_image import ReadImage

_CHUNKS = 3
"""How many are being read: one that is waited for, and two ahead."""

_LATE = 1.0
"""Seconds after which the others no longer wait for a file that does not answer."""

_MOST_SPARE = 16
"""Threads that take the place of those that a file keeps."""

Read = Callable[[PendingImage, Asking], ReadImage]


class ReadAhead:
    """Reads images in order; those that take long come when they are read."""

    def __init__(self, images: Sequence[PendingImage], read: Read, halted: Callable[[], bool], chunk: int) -> None:
        """Start the threads.

        Args:
            images: What is to be read.
            read: Reads one image, on any thread.
            halted: Whether nothing more is to be read.
            chunk: How many images are handed on together.
        """
        self._images = iter(images)
        self._read = read
        self._halted = halted
        self._chunk = chunk
        self._watch = Watch()
        self._count = min(os.cpu_count() or 1, max(len(images), 1))
        self._threads = Threads(self._count)
        self._reading: dict[Future[ReadImage], Path] = {}

    def chunks(self) -> Generator[list[ReadImage] | FilesAwaited]:
        """Yield images that are read, a chunk at most at a time, and what does not answer."""
        try:
            while self._fill() and not self._halted():
                if ended := self._next():
                    yield [one.result() for one in ended]
                yield from self._watch.news()
        finally:
            self._threads.close()
        yield from self._watch.over()

    def _fill(self) -> bool:
        """Have enough images on the way, and a thread for each that a file keeps; return whether any is."""
        kept = min(len(self._watch.unanswered(_LATE)), _MOST_SPARE)
        self._threads.grow(self._count + kept)
        for image in islice(self._images, max(0, _CHUNKS * self._chunk + kept - len(self._reading))):
            self._reading[self._threads.submit(partial(self._read_guarded, image))] = image.path
        return bool(self._reading)

    def _read_guarded(self, image: PendingImage) -> ReadImage:
        record = ImageRecord(image.position, image.path, Status.FAILED, identity=image.identity)
        try:
            return guarded(record, lambda: self._read(image, self._watch.asking), ReadImage)
        finally:
            self._watch.asking(None)

    def _next(self) -> list[Future[ReadImage]]:
        """Take the next chunk, files that do not answer set aside; nothing where it is still being read."""
        late = self._watch.unanswered(_LATE)
        chunk = [one for one, path in self._reading.items() if path not in late][: self._chunk]
        if wait(chunk or self._reading, LOOK_AGAIN).not_done or self._halted():
            return []
        for one in chunk:
            del self._reading[one]
        return chunk
