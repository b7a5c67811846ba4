"""The work folder of training: prepared images, features and runs."""

from dataclasses import dataclass
from pathlib import Path

from breakhis_desktop.errors import UserError

DEFAULT_ROOT = Path(__file__).parent / "work"

RESULTS = Path(__file__).parent / "results"
"""The folder of the project's own predictions and figures."""

INPUT_SIDES = (150, 160, 192, 224)
"""The sides, in pixels, among which a recipe can choose for the square input of its network."""


class NotMadeError(UserError):
    """The work folder lacks something that a command needs and that another command must create first."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """The paths in a work folder."""

    root: Path = DEFAULT_ROOT

    @property
    def index_file(self) -> Path:
        """The table of prepared images; it is written last, so its presence means that the preparation is complete."""
        return self.root / "index.csv"

    @property
    def report_file(self) -> Path:
        """The report that preparation writes about the images."""
        return self.root / "data_report.md"

    def images_file(self, side: int) -> Path:
        """Return the path of the file that holds all prepared images at this side, as one array."""
        return self.root / f"images-{side}.npy"

    def features_file(self, backbone: str, last_layer: str, side: int, weights_sha256: str, images_sha256: str) -> Path:
        """Return the path of the features that a backbone with exactly these weights computes from exactly these images at this side.

        If a recipe ends the backbone at an inner layer, the name includes that layer, because the hash of the weights does not identify
        the layer: an Add layer and the ReLU after it have no weights, so a backbone that ends at one has the same hash as a backbone that
        ends at the other.
        """
        cut = f"{backbone}-{last_layer}" if last_layer else backbone
        return self.root / "features" / f"{cut}-{side}-{weights_sha256[:12]}-{images_sha256[:12]}.npy"

    @property
    def runs(self) -> Path:
        """The folder of all runs."""
        return self.root / "runs"

    def run(self, recipe_name: str, split_name: str) -> Path:
        """Return the folder of a recipe's run on a split, such as `grouped-1`, `official-5`, `image` or `final`."""
        return self.runs / recipe_name / split_name
