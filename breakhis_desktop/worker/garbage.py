"""Where Python's cyclic garbage is collected in a program with a window."""

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 500


class GarbageCollector(QObject):
    """Collects on the window's thread alone, by the thresholds that Python has for its generations.

    Python collects on whichever thread happens to allocate. Where that is the analysis thread, and a widget is in the garbage, Qt destroys
    the widget there, which it may not: the program crashes then or later.
    """

    def __init__(self, parent: QObject) -> None:
        """Take the collection over from Python, as long as the program runs."""
        super().__init__(parent)
        gc.disable()
        timer = QTimer(self)
        timer.setInterval(_EVERY_MS)
        timer.timeout.connect(collect_what_is_due)
        timer.start()


def collect_what_is_due() -> None:
    """Collect the oldest generation that is due, and with it the younger ones."""
    counts, thresholds = gc.get_count(), gc.get_threshold()
    for generation in (2, 1, 0):
        if counts[generation] > thresholds[generation]:
            gc.collect(generation)
            return
