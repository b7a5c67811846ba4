"""Experiments and their outcomes: recipes, protocols, ensembles, predictions and failures."""
