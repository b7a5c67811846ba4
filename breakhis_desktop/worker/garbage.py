"""Where Python's cyclic garbage is collected in a program with a window."""

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 500

_LOOKED_THROUGH_AGAIN = 4
"""A share of one in so many that is new, from which on what has long been there is looked through again, as Python itself has it."""


class GarbageCollector(QObject):
    """Collects on the window's thread alone, by the thresholds that Python has for its generations.

    Python collects on whichever thread happens to allocate. Where that is the analysis thread, and a widget is in the garbage, Qt destroys
    the widget there, which it may not: the program crashes then or later.

    What outlives a collection of the oldest generation is set aside: with 100,000 images in the table, looking through all of them once
    a minute would let the window stall each time.
    """

    def __init__(self, parent: QObject) -> None:
        """Take the collection over from Python, as long as the program runs."""
        super().__init__(parent)
        self._set_aside = self._new = 0
        gc.disable()
        timer = QTimer(self)
        timer.setInterval(_EVERY_MS)
        timer.timeout.connect(self.collect_what_is_due)
        timer.start()

    def collect_what_is_due(self) -> None:
        """Collect the oldest generation that is due, and with it the younger ones."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if counts[generation] > thresholds[generation]:
                if generation == 2:
                    self.collect_all()
                else:
                    gc.collect(generation)
                return

    def collect_all(self) -> None:
        """Collect what is new, and what was set aside too where much is new; set aside what stays."""
        self._new += len(gc.get_objects())
        is_much = _LOOKED_THROUGH_AGAIN * self._new > self._set_aside
        if is_much:
            gc.unfreeze()
        gc.collect()
        gc.freeze()
        if is_much:
            self._set_aside, self._new = gc.get_freeze_count(), 0
