"""The choice of golden images."""

import keras
import numpy as np

from training.bundle.golden import GOLDEN_COUNT, choose_golden


def test_the_probabilities_of_golden_images_spread_from_near_0_to_near_1() -> None:
    greys = np.repeat(np.arange(256, dtype=np.uint8), 3).reshape(256, 1, 1, 3) * np.ones((1, 8, 8, 1), np.uint8)
    image = keras.Input((8, 8, 3))
    grey = keras.layers.GlobalAveragePooling2D()(keras.layers.Rescaling(1 / 255)(image))
    mean, kinds = keras.layers.Dense(1, use_bias=False), keras.layers.Dense(8, activation="softmax")
    binary, subtype = keras.Model(image, mean(grey)), keras.Model(image, kinds(grey))
    mean.set_weights([np.full((3, 1), 1 / 3)])
    golden = choose_golden(greys, binary, subtype)
    assert len({image.tobytes() for image in golden.images}) == GOLDEN_COUNT
    assert golden.binary.min() < 0.1
    assert golden.binary.max() > 0.9
    assert np.diff(np.sort(golden.binary)).max() < 0.2
