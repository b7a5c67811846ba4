"""The files in which training keeps its results do not get mixed up."""

from pathlib import Path

from training.workspace import Workspace


def test_each_cut_of_a_backbone_has_its_own_feature_file(tmp_path: Path) -> None:
    layers = ("", "conv4_block6_add", "conv4_block6_out")  # a sum and the ReLU after it have the same weights: none
    files = {Workspace(tmp_path).features_file("resnet50", layer, 224, "weights", "images") for layer in layers}
    assert len(files) == 3
