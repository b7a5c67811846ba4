"""Takes a folder of labelled images to arrays: labels are read, images decoded once, checked and indexed."""

from training.data.dataset import Dataset, load_dataset
from training.data.prepare import prepare_images
from training.data.same_pixels import CONTRADICTORY_ACCESSIONS
from training.workspace import INPUT_SIDES

__all__ = ["CONTRADICTORY_ACCESSIONS", "INPUT_SIDES", "Dataset", "load_dataset", "prepare_images"]
