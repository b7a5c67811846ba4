"""Synthetic H&E fields, drawn from noise and geometry: no pixel and no patient of any data set stands behind them."""

from training.synthetic.draw import draw_field
from training.synthetic.field import PRESETS, SAMPLE_SEEDS, Architecture, Field, vary

__all__ = ["PRESETS", "SAMPLE_SEEDS", "Architecture", "Field", "draw_field", "vary"]
