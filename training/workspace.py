"""The folder in which training keeps what it makes: prepared images and runs."""

from dataclasses import dataclass
from pathlib import Path

DEFAULT_ROOT = Path(__file__).parent / "work"


@dataclass(frozen=True, slots=True)
class Workspace:
    """Where each thing lies in the folder."""

    root: Path = DEFAULT_ROOT

    @property
    def index_file(self) -> Path:
        """The table of prepared images; it is written last, so where it stands the preparation is complete."""
        return self.root / "index.csv"

    @property
    def images_file(self) -> Path:
        """The prepared images as one array."""
        return self.root / "images.npy"

    @property
    def runs(self) -> Path:
        """The folder of all runs."""
        return self.root / "runs"

    def fold_run(self, recipe_name: str, fold: int) -> Path:
        """Return the folder of a recipe's run with this fold held out."""
        return self.runs / recipe_name / f"fold-{fold}"

    def final_run(self, recipe_name: str) -> Path:
        """Return the folder of a recipe's run on all images."""
        return self.runs / recipe_name / "final"

    def evaluation_file(self, recipe_name: str) -> Path:
        """Return the file of a recipe's figures."""
        return self.runs / recipe_name / "evaluation.json"
