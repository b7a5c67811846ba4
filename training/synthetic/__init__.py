"""Draws synthetic H&E fields from noise and geometry; none of their pixels comes from a patient or a data set."""

from training.synthetic.draw import draw_field
from training.synthetic.field import PRESETS, SAMPLE_SEEDS, Architecture, Field, vary

__all__ = ["PRESETS", "SAMPLE_SEEDS", "Architecture", "Field", "draw_field", "vary"]
