"""Turns a file on disk into model input, on any thread."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from breakhis_desktop.domain.card import ModelCard
from breakhis_desktop.domain.records import ImageRecord, PendingImage, Status
from breakhis_desktop.errors import ImageError, ImageRefusedError
from breakhis_desktop.files import read_bytes, why_unreadable
from breakhis_desktop.imaging.decode import decode
from breakhis_desktop.imaging.prepare import prepare, thumbnail
from breakhis_desktop.imaging.tiles import Box
from breakhis_desktop.pipeline.discover import Asking
from breakhis_desktop.pipeline.guard import guarded
from breakhis_desktop.pipeline.plan_tiles import Layout, plan_tiles
from breakhis_desktop.pipeline.tile_rejections import TileRejections
from breakhis_desktop.quality.gate import MEASURED_SIZE, SHIPPED_LIMITS, reason_of_magnification, reason_of_pixels, reason_of_size
from breakhis_desktop.wording.message import Message


@dataclass(frozen=True, slots=True)
class ReadImage:
    """The result of reading a file.

    Attributes:
        record: The image's record; if there are boxes, the prediction is still missing.
        boxes: The parts to classify; empty if the models are not called.
        model_inputs: The model input for each box, height x width x 3, 0-255.
        thumbnail: A small JPEG copy; empty if the file could not be decoded.
        heat_maps: The heat maps of an earlier run, if the image takes its result from there; else None.
    """

    record: ImageRecord
    boxes: tuple[Box, ...] = ()
    model_inputs: tuple[NDArray[np.uint8], ...] = ()
    thumbnail: bytes = b""
    heat_maps: NDArray[np.float32] | None = None


Answer = Callable[[ImageRecord], ReadImage | None]
"""Returns the known result for an image, given a record with its file, hash and identity; None if no result is known."""


def read_image(
    image: PendingImage,
    card: ModelCard,
    *,
    gate: bool,
    answer: Answer | None = None,
    asking: Asking = lambda _: None,
) -> ReadImage:
    """Read and hash an image, then decode, check and resize it unless its result is known; errors go into its record.

    Args:
        image: The image.
        card: The models' card, which describes their input.
        gate: Whether images that the quality gate rejects are refused; otherwise they are analysed anyway.
        answer: Looks up known results by hash, which saves decoding; None to decode every image.
        asking: Called with the file before it is read, and with None afterwards.
    """
    try:
        asking(image.path)
        data = read_bytes(image.path)
        asking(None)
    except ImageRefusedError as error:
        return ReadImage(image.ended(Status.REFUSED, error.message))
    except OSError as error:
        return ReadImage(image.failed(why_unreadable(error)))
    record = image.ended(Status.DONE, sha256=hashlib.sha256(data).hexdigest())
    answered = answer(record) if answer else None
    return answered or guarded(record, lambda: _decoded_and_divided(record, data, card, gate=gate), ReadImage)


def _decoded_and_divided(record: ImageRecord, data: bytes, card: ModelCard, *, gate: bool) -> ReadImage:
    try:
        image = decode(data)
    except ImageError as error:
        status = Status.REFUSED if isinstance(error, ImageRefusedError) else Status.FAILED
        return ReadImage(replace(record, status=status, reason=error.message))
    return _divided(replace(record, size=image.size), image, card, gate=gate)


def plan(size: tuple[int, int], magnification: int | None, card: ModelCard) -> tuple[Layout, Message | None]:
    """Return how an image is divided, and why it is refused (None if it is not), judged by its size and magnification alone."""
    layout = plan_tiles(size, magnification, card.large_fields)
    return layout, reason_of_size(size) or reason_of_magnification(magnification, card.magnifications) or layout.refusal


def _divided(record: ImageRecord, image: Image.Image, card: ModelCard, *, gate: bool) -> ReadImage:
    """Cut an image into the parts to classify, leaving out the parts that the quality gate rejects."""
    (layout, reason), small = plan(image.size, record.magnification, card), thumbnail(image)
    if layout.refusal or (reason and gate):
        return ReadImage(replace(record, status=Status.REFUSED, reason=reason), thumbnail=small)
    parts = [image.crop(box) if len(layout.boxes) > 1 else image for box in layout.boxes]
    inputs = [prepare(part, card.input_size) for part in parts]
    measured = inputs if card.input_size == MEASURED_SIZE else [prepare(part, MEASURED_SIZE) for part in parts]
    limits = card.gate_limits or SHIPPED_LIMITS
    rejections = TileRejections.of([reason_of_pixels(one, limits) for one in measured])
    if gate and rejections.all:
        return ReadImage(replace(record, status=Status.REFUSED, reason=rejections.reason), thumbnail=small)
    kept = [place for place, found in enumerate(rejections.reasons) if not (gate and found)]
    record = replace(
        record,
        gate_override=reason or (None if gate else rejections.found),
        tiles=len(kept),
        review_flags=(*layout.review_flags, *rejections.review_flags) if gate else layout.review_flags,
    )
    return ReadImage(record, tuple(layout.boxes[place] for place in kept), tuple(inputs[place] for place in kept), small)
