"""What is tried and what came of it: recipes, protocols, ensembles, predictions and failures."""
