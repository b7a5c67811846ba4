"""An image of a run is opened again, with its stored heat maps only if the file is still the one that the models saw."""

import hashlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from breakhis_desktop.domain.records import ImageRecord, Status
from breakhis_desktop.errors import ImageError, UserError
from breakhis_desktop.pipeline.open_image import open_image
from breakhis_desktop.store.store import Store
from breakhis_desktop.wording.runs import RunCode
from tests.conftest import small_field
from tests.factories import there
from tests.factories.runs import done, run_info

MAPS = np.linspace(-3, 3, 2 * 7 * 7, dtype=np.float32).reshape(2, 7, 7)


@pytest.fixture
def image(tmp_path: Path) -> Path:
    file = tmp_path / "a.png"
    small_field(0).save(file)
    return file


@pytest.fixture
def record(image: Path) -> ImageRecord:
    return replace(done(0), path=image, size=(224, 224), sha256=hashlib.sha256(image.read_bytes()).hexdigest())


@pytest.fixture
def store_file(tmp_path: Path, record: ImageRecord) -> Path:
    """Return a store whose run 1 has the image with its heat maps."""
    with Store(tmp_path / "store.sqlite") as store:
        store.run(store.begin_run(run_info(), [record.path])).write([record], heat_maps={0: MAPS})
    return tmp_path / "store.sqlite"


def test_an_image_is_opened_with_its_pixels_and_heat_maps(record: ImageRecord, store_file: Path) -> None:
    opened = open_image(record, store_file, 1)
    np.testing.assert_array_equal(np.asarray(opened.image), np.asarray(small_field(0)))
    np.testing.assert_allclose(there(opened.heat_maps), MAPS, atol=2e-3)
    assert opened.trouble is None


def test_the_maps_of_an_earlier_file_are_not_shown_on_the_present_one(record: ImageRecord, store_file: Path) -> None:
    small_field(50).save(record.path)
    opened = open_image(record, store_file, 1)
    np.testing.assert_array_equal(np.asarray(opened.image), np.asarray(small_field(50)))
    assert opened.heat_maps is None
    assert there(opened.trouble).code is RunCode.HEAT_MAP_OF_EARLIER_FILE


@pytest.mark.parametrize("lacking", ["prediction", "size"])
def test_an_image_without_a_result_is_opened_without_maps_and_without_asking_the_store(
    record: ImageRecord, tmp_path: Path, lacking: str
) -> None:
    unfinished = replace(record, status=Status.REFUSED, prediction=None) if lacking == "prediction" else replace(record, size=None)
    opened = open_image(unfinished, tmp_path / "absent" / "store.sqlite", 1)
    assert opened.image.size == (224, 224)
    assert (opened.heat_maps, opened.trouble) == (None, None)


def test_an_image_whose_maps_cannot_be_read_is_opened_without_them_and_with_the_reason(record: ImageRecord, tmp_path: Path) -> None:
    opened = open_image(record, tmp_path / "absent" / "store.sqlite", 1)
    assert opened.image.size == (224, 224)
    assert opened.heat_maps is None
    assert "Check that its folder exists" in str(there(opened.trouble))


def test_a_file_that_has_gone_is_reported(record: ImageRecord, store_file: Path) -> None:
    record.path.unlink()
    with pytest.raises(UserError, match="It is not there"):
        open_image(record, store_file, 1)


def test_a_file_that_is_no_image_is_reported(record: ImageRecord, store_file: Path) -> None:
    record.path.write_bytes(b"letters" * 100)
    with pytest.raises(ImageError):
        open_image(record, store_file, 1)
