from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image

from breakhis_desktop.imaging.decode import decode
from breakhis_desktop.imaging.formats import FileKind, kind_of
from breakhis_desktop.imaging.prepare import prepare, thumbnail


def test_the_resize_is_the_one_of_the_contract(samples: list[Path]) -> None:
    image = decode(samples[0].read_bytes())
    expected = np.asarray(image.resize((224, 224), Image.Resampling.BICUBIC))
    assert np.array_equal(prepare(image, (224, 224)), expected)


def test_an_image_of_the_right_size_stays_as_it_is(samples: list[Path]) -> None:
    image = decode(samples[0].read_bytes())
    once = prepare(image, (224, 224))
    assert np.array_equal(prepare(Image.fromarray(once), (224, 224)), once)


def test_a_thumbnail_is_small_and_keeps_its_aspect(samples: list[Path]) -> None:
    data = thumbnail(decode(samples[0].read_bytes()))
    with Image.open(BytesIO(data)) as small:
        assert (small.format, small.size) == ("JPEG", (96, 63))
    assert len(data) < 8000


def test_a_name_tells_what_a_file_promises_to_be() -> None:
    kinds = {name: kind_of(Path(name)) for name in ("a.PNG", "a.jp2", "a.svs", "a.DCM", "a.txt", "a")}
    assert list(kinds.values()) == [
        FileKind.IMAGE,
        FileKind.IMAGE,
        FileKind.WHOLE_SLIDE,
        FileKind.DICOM,
        FileKind.OTHER,
        FileKind.OTHER,
    ]
