"""Pictures that are no field to judge, for measuring the quality gate: `python -m tests.benchmarks.negatives FOLDER`.

The kinds of `TUNE` may be looked at while the gate is tuned; those of `UNSEEN` are for measuring it alone.
"""

TUNE = ("photographs", "plain_glass", "noise", "documents", "out_of_focus")
UNSEEN = ("immunohistochemistry", "wallpapers", "screenshots", "stained_glass", "other_stains")
