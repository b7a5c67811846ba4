"""Gives images the results of an earlier run in the store instead of analysing them again."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from breakhis_desktop.domain.records import ImageRecord, RunInfo
from breakhis_desktop.pipeline.read_image import Answer, ReadImage
from breakhis_desktop.store.earlier import EarlierResults


@contextmanager
def earlier_answers(store_file: Path, run: RunInfo, engine: str) -> Iterator[Answer]:
    """Provide a function that looks up an image's earlier result; it works on any thread, until the `with` block ends.

    Args:
        store_file: The store that holds the runs.
        run: The current run, with the bundle and program version in use now.
        engine: The runtime that would compute the run's images.

    Raises:
        StoreError: The store cannot be read.
    """
    with closing(EarlierResults(store_file, run, engine)) as earlier:
        yield lambda record: _answer(record, earlier)


def _answer(record: ImageRecord, earlier: EarlierResults) -> ReadImage | None:
    """Return an image with the result of an earlier run; the image keeps its own position, path and identity."""
    found = earlier.find(record.sha256, record.magnification)
    if found is None:
        return None
    same = replace(found.record, position=record.position, path=record.path, identity=record.identity)
    return ReadImage(same, thumbnail=found.thumbnail, heat_maps=found.heat_maps)
