"""Turns the bytes of a file into pixels, and pixels into model input; the only decoder and the only resize, shared with training."""
