"""Small trees of made-up images, under official names or in a user's own folders."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from breakhis_desktop.domain.taxonomy import SUBTYPES, Decision
from training.data import Dataset, load_dataset, prepare_images
from training.workspace import Workspace


def write_image(folder: Path, code: str, accession: str, sequence: int) -> Path:
    """Write a made-up image of a subtype; each accession has its own colour, each image its own noise."""
    random = np.random.default_rng(int(accession) * 100 + sequence)
    colour = np.random.default_rng(int(accession)).integers(90, 230, 3)
    letter = "M" if next(one for one in SUBTYPES if one.code == code).decision is Decision.MALIGNANT else "B"
    path = folder / f"SOB_{letter}_{code}-14-{accession}AB-200-{sequence:03d}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.clip(colour + random.normal(0, 25, (46, 70, 3)), 0, 255).astype(np.uint8)).save(path)
    return path


def write_tree(folder: Path) -> Path:
    """Write 24 images of twelve accessions."""
    for number in range(12):
        for sequence in (1, 2):
            write_image(folder / "some" / "where", ("F", "TA", "DC", "MC")[number % 4], str(1001 + number), sequence)
    return folder


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return a folder with 24 images of twelve accessions."""
    return write_tree(tmp_path / "data")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Return an empty workspace for one test."""
    return Workspace(tmp_path / "work")


@pytest.fixture(scope="session")
def prepared_tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the work folder after the tree has been prepared; tests use copies of this folder."""
    folder = tmp_path_factory.mktemp("prepared")
    prepare_images(write_tree(folder / "data"), Workspace(folder / "work"))
    return folder / "work"


@pytest.fixture
def dataset(prepared_tree: Path, workspace: Workspace) -> Dataset:
    """Return the 24 images of the tree, prepared in the workspace of the test."""
    shutil.copytree(prepared_tree, workspace.root)
    return load_dataset(workspace)


def write_plain_image(path: Path, seed: int) -> Path:
    """Write a made-up image under any name, in the format of its extension; the same seed gives the same pixels."""
    random = np.random.default_rng(seed)
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.clip(random.integers(90, 230, 3) + random.normal(0, 25, (46, 70, 3)), 0, 255).astype(np.uint8)).save(path)
    return path


@pytest.fixture
def own_tree(tmp_path: Path) -> Path:
    """Return a user's own folder, with four classes, three patients in each class, and two images of each patient."""
    folder = tmp_path / "own"
    classes = ("benign", "Tubular_Adenoma", "malignant", "DC")
    for number in range(24):
        write_plain_image(folder / classes[number % 4] / f"patient {number % 12}" / f"{number}.tif", seed=5000 + number)
    return folder
