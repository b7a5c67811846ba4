"""Trains recipes on splits: pretraining, features, heads, fine-tuning, predictions and searches."""
