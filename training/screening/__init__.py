"""The screening: what a separate program on a GPU said of many ways to train, judged as the runs of the recipes are."""
