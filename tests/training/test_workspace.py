"""The files in which training keeps its results do not get mixed up."""

from pathlib import Path

from training.workspace import Workspace


def test_a_backbone_has_a_feature_file_for_each_layer_at_which_it_can_end(tmp_path: Path) -> None:
    # The last two give the same weights, because neither a sum nor a ReLU has any: only the name of the layer tells them apart.
    layers = ("", "conv4_block6_add", "conv4_block6_out")
    files = {Workspace(tmp_path).features_file("resnet50", layer, 224, "weights", "images") for layer in layers}
    assert len(files) == 3
