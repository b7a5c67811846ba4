"""The names of feature files: files of different features must have different names."""

from pathlib import Path

from training.workspace import Workspace


def test_a_backbone_has_a_feature_file_for_each_layer_at_which_it_can_end(tmp_path: Path) -> None:
    # The weights are the same whether a backbone ends at the Add layer or at the ReLU after it, since neither of these layers has weights.
    layers = ("", "conv4_block6_add", "conv4_block6_out")
    files = {Workspace(tmp_path).features_file("resnet50", layer, 224, "weights", "images") for layer in layers}
    assert len(files) == 3
