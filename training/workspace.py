"""The folder in which training keeps what it makes: prepared images, features and runs."""

from dataclasses import dataclass
from pathlib import Path

from breakhis_desktop.errors import UserError

DEFAULT_ROOT = Path(__file__).parent / "work"

RESULTS = Path(__file__).parent / "results"
"""The project's own predictions and figures."""

INPUT_SIDES = (150, 160, 192, 224)
"""Width and height of the square inputs that recipes take."""


class NotMadeError(UserError):
    """What a command works from was not made in this folder yet."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """Where each thing lies in the folder."""

    root: Path = DEFAULT_ROOT

    @property
    def index_file(self) -> Path:
        """The table of prepared images; it is written last, so where it stands the preparation is complete."""
        return self.root / "index.csv"

    @property
    def report_file(self) -> Path:
        """What was noticed of the images while they were prepared."""
        return self.root / "data_report.md"

    def images_file(self, side: int) -> Path:
        """Return the file of all prepared images of this width and height, as one array."""
        return self.root / f"images-{side}.npy"

    def features_file(self, backbone: str, last_layer: str, side: int, weights_sha256: str, images_sha256: str) -> Path:
        """Return the file of the features of just these images, of this width and height, by a backbone of just these weights.

        The layer that it is cut after is named too, where it is: a ReLU has no weights that would tell it from the sum before it.
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
