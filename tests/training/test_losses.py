"""Losses, compared with their formulas."""

import numpy as np
import pytest
from keras import losses
from numpy.typing import NDArray

from training.experiment.recipe import Loss
from training.model.losses import losses_of

RANDOM = np.random.default_rng(0)
SUBTYPE = np.array([0, 5, 7])
SHARES = np.eye(8, dtype=np.float32)[SUBTYPE]
SAID = RANDOM.dirichlet(np.ones(8), 3).astype(np.float32)
MALIGNANT, SAID_MALIGNANT = np.array([[1], [0], [1]], np.float32), np.array([[0.9], [0.4], [0.2]], np.float32)


def subtype_loss(how: Loss, *, shares: bool = False) -> NDArray[np.float32]:
    return np.asarray(losses_of(["subtype"], how, shares=shares)["subtype"](SHARES if shares else SUBTYPE, SAID))


def malignant_loss(how: Loss) -> NDArray[np.float32]:
    return np.asarray(losses_of(["malignant"], how, shares=False)["malignant"](MALIGNANT, SAID_MALIGNANT))


def test_the_plain_loss_is_the_cross_entropy() -> None:
    np.testing.assert_allclose(subtype_loss(Loss()), losses.sparse_categorical_crossentropy(SUBTYPE, SAID), rtol=1e-5)
    np.testing.assert_allclose(malignant_loss(Loss()), -np.log([0.9, 0.6, 0.2]), rtol=1e-5)


def test_label_smoothing_spreads_part_of_the_truth_over_all_classes() -> None:
    smoothed = 0.8 * SHARES + 0.2 / 8
    np.testing.assert_allclose(subtype_loss(Loss(label_smoothing=0.2)), -(smoothed * np.log(SAID)).sum(axis=1), rtol=1e-4)
    np.testing.assert_allclose(malignant_loss(Loss(label_smoothing=0.2))[0], -0.9 * np.log(0.9) - 0.1 * np.log(0.1), rtol=1e-4)


def test_the_focal_loss_gives_well_recognised_images_less_weight() -> None:
    right = SAID[np.arange(3), SUBTYPE]
    np.testing.assert_allclose(subtype_loss(Loss(focal=2.0)), -((1 - right) ** 2) * np.log(right), rtol=1e-4)
    np.testing.assert_allclose(malignant_loss(Loss(focal=2.0))[0], -(0.1**2) * np.log(0.9), rtol=1e-3)


@pytest.mark.parametrize("how", [Loss(), Loss(label_smoothing=0.1), Loss(focal=2.0), Loss(label_smoothing=0.1, focal=1.0)])
def test_the_loss_is_the_same_for_subtypes_given_as_shares_or_positions(how: Loss) -> None:
    np.testing.assert_allclose(subtype_loss(how, shares=True), subtype_loss(how), rtol=1e-6)
