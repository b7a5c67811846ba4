"""Turns a folder of labelled images into arrays: reads the labels, and decodes, checks and indexes each image once."""

from training.data.dataset import Dataset, load_dataset
from training.data.prepare import prepare_images
from training.data.same_pixels import CONTRADICTORY_ACCESSIONS
from training.workspace import INPUT_SIDES

__all__ = ["CONTRADICTORY_ACCESSIONS", "INPUT_SIDES", "Dataset", "load_dataset", "prepare_images"]
