"""Recipes for networks that train in seconds."""

SMALL = """
description = "A very small network with all that has a state: momentum, averaging, dropout, batch norm, augmentation, early stopping"
task = "subtype"
random_seed = 3

[network]
input_side = 150
filters = [4, 4]
dense = 8
batch_norm = "after_convolutions"
dropout_after_dense = 0.5

[images]
optimiser = "adamw"
schedule = "cosine"
learning_rate = 1e-2
head_rate = 3.0
averaging = 0.9
epochs = 6
batch_size = 8
monitor = "macro_recall"
patience = 6

[augmentation]
rotation = 20
stain = 0.1
"""
