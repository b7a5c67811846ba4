from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from breakhis_desktop.inference.familiarity import COMPONENTS, Familiarity

CHANNELS = 200


def spanned(images: int, seed: int, dimensions: int = 20) -> NDArray[np.float32]:
    """Return features that lie near a space of few dimensions, the same one for every seed."""
    basis = np.random.default_rng(0).normal(size=(dimensions, CHANNELS))
    random = np.random.default_rng(seed)
    points = random.normal(size=(images, dimensions)) @ basis + random.normal(size=(images, CHANNELS)) / 100
    return (5 + points).astype(np.float32)


@pytest.fixture(scope="module")
def familiarity() -> Familiarity:
    return Familiarity.fit(spanned(400, seed=1))


def test_more_of_what_was_learned_lies_near_and_other_things_lie_far(familiarity: Familiarity) -> None:
    foreign = (5 + np.random.default_rng(3).normal(size=(50, CHANNELS)) * 4).astype(np.float32)
    assert familiarity.distances(spanned(50, seed=2)).max() < 0.01
    assert familiarity.distances(foreign).min() > 0.1


def test_no_distance_depends_on_the_company(familiarity: Familiarity) -> None:
    features = spanned(8, seed=4)
    alone = np.concatenate([familiarity.distances(one[None]) for one in features])
    np.testing.assert_allclose(familiarity.distances(features), alone, atol=1e-5)


def test_features_of_nothing_are_no_number_of_their_own(familiarity: Familiarity) -> None:
    assert np.isfinite(familiarity.distances(np.zeros((1, CHANNELS), np.float32))).all()


def test_a_file_gives_the_distances_of_what_was_saved(familiarity: Familiarity, tmp_path: Path) -> None:
    familiarity.save(tmp_path / "familiarity.npz")
    features = spanned(5, seed=5)
    np.testing.assert_array_equal(Familiarity.load(tmp_path / "familiarity.npz").distances(features), familiarity.distances(features))
    assert familiarity.axes.shape == (CHANNELS, COMPONENTS)


def test_a_file_of_other_arrays_is_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "other.npz", centre=np.zeros(3))
    np.savez(tmp_path / "shapes.npz", centre=np.zeros(3), axes=np.zeros((4, 2)))
    (tmp_path / "text.npz").write_text("no archive")
    for name in ("other.npz", "shapes.npz", "text.npz"):
        with pytest.raises(ValueError, match="it holds"):
            Familiarity.load(tmp_path / name)
