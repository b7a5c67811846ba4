"""Bytes to pixels to model input: the only decoder and the only resize, shared with training."""
