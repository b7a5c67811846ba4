"""Cyclic garbage collection on the window's thread."""

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 500

_RESCAN_FACTOR = 4
"""Frozen objects are rescanned once there are more than a quarter as many new objects, as in CPython."""


class GarbageCollector(QObject):
    """Collects garbage on the window's thread only, using Python's generation thresholds.

    Python collects on whichever thread happens to allocate. If that is the analysis thread and the garbage includes a widget, Qt destroys
    the widget outside its own thread, and the program crashes then or later.

    Objects that survive a collection of the oldest generation are frozen: with 100,000 images in the table, scanning all objects once a
    minute would stall the window each time.
    """

    def __init__(self, parent: QObject) -> None:
        """Take over collection from Python for as long as the program runs."""
        super().__init__(parent)
        self._frozen = self._new = 0
        gc.disable()
        timer = QTimer(self)
        timer.setInterval(_EVERY_MS)
        timer.timeout.connect(self.collect_what_is_due)
        timer.start()

    def collect_what_is_due(self) -> None:
        """Collect the oldest generation that is due and all younger generations."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if counts[generation] > thresholds[generation]:
                if generation == 2:
                    self.collect_all()
                else:
                    gc.collect(generation)
                return

    def collect_all(self) -> None:
        """Collect the new objects, and the frozen objects too if there are many new ones; then freeze the survivors."""
        self._new += len(gc.get_objects())
        rescans = _RESCAN_FACTOR * self._new > self._frozen
        if rescans:
            gc.unfreeze()
        gc.collect()
        gc.freeze()
        if rescans:
            self._frozen, self._new = gc.get_freeze_count(), 0
