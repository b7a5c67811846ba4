"""Creates images that the quality gate should refuse, to measure the gate: `python -m tests.benchmarks.negatives FOLDER`.

Kinds in `TUNE` may be used to tune the gate, kinds in `UNSEEN` only to measure it.
"""

TUNE = ("photographs", "plain_glass", "noise", "documents", "out_of_focus")
UNSEEN = ("immunohistochemistry", "wallpapers", "screenshots", "stained_glass", "other_stains")
