"""Trains a recipe on a split: features, heads, fine-tuning, pretraining and searches."""
