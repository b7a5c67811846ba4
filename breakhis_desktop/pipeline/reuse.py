"""Images that an earlier run of the store has seen get its result instead of a second look."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from breakhis_desktop.domain.records import ImageRecord, RunInfo
from breakhis_desktop.pipeline.read_image import Answer, ReadImage
from breakhis_desktop.store.earlier import EarlierResults


@contextmanager
def earlier_answers(store_file: Path, run: RunInfo, engine: str) -> Iterator[Answer]:
    """Give what answers for images inside, on any thread.

    Args:
        store_file: The store of the runs.
        run: The run that asks, with the bundle and program that compute now.
        engine: The runtime that would compute its images.

    Raises:
        StoreError: The store cannot be read.
    """
    with closing(EarlierResults(store_file, run, engine)) as earlier:
        yield lambda record: _answer(record, earlier)


def _answer(record: ImageRecord, earlier: EarlierResults) -> ReadImage | None:
    """Give an image the result of an earlier run; place, path and patient stay its own."""
    found = earlier.find(record.sha256, record.magnification)
    if found is None:
        return None
    same = replace(found.record, position=record.position, path=record.path, identity=record.identity)
    return ReadImage(same, thumbnail=found.thumbnail, heat_maps=found.heat_maps)
