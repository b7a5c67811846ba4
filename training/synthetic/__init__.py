"""Draws synthetic H&E fields from noise and geometry; they contain no pixel and no patient of any data set."""

from training.synthetic.draw import draw_field
from training.synthetic.field import PRESETS, SAMPLE_SEEDS, Architecture, Field, vary

__all__ = ["PRESETS", "SAMPLE_SEEDS", "Architecture", "Field", "draw_field", "vary"]
