"""Reads a model bundle from disk, and checks it as data before Keras opens any of it."""

import hashlib
import io
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.domain.card import (
    CARD_FILE,
    FAMILIARITY_FILE,
    GOLDEN_FILE,
    NETWORK_FILES,
    CardError,
    ModelCard,
    parse_card,
)
from breakhis_desktop.domain.taxonomy import SUBTYPES
from breakhis_desktop.errors import BundleError, ClauseError
from breakhis_desktop.files import printable
from breakhis_desktop.imaging.prepare import PREPROCESSING_VERSION
from breakhis_desktop.inference.archives import LARGEST_FILE, LARGEST_GOLDEN, UNPACKING_ERRORS, ArchiveError, check_arrays, check_keras_file
from breakhis_desktop.inference.out_of_distribution import OodDetector
from breakhis_desktop.regular_files import open_regular, read_regular, why_unreadable_file
from breakhis_desktop.wording.bundles import BundleCode
from breakhis_desktop.wording.message import Message

_LARGEST_CARD = 2**24
"""Maximum size of a card in bytes."""

_SUM_SLACK = 1e-3
"""Maximum deviation from 1 of the sum of an image's golden subtype probabilities."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Golden:
    """Golden images with the probabilities that the networks gave at export.

    Attributes:
        images: The images, uint8, images x height x width x 3.
        binary: The probability of the class malignant for each image, float32, before temperature scaling.
        subtype: The probabilities of the subtypes, float32, images x 8, before temperature scaling.
    """

    images: NDArray[np.uint8]
    binary: NDArray[np.float32]
    subtype: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle whose files match its card.

    Attributes:
        folder: The bundle's folder.
        card: The bundle's card.
        golden: The golden images, whose probabilities the networks must reproduce.
        detector: The out-of-distribution detector; None if the bundle has none.
        has_networks: Whether both Keras networks are present; a bundle without them runs only from its derived graph.
    """

    folder: Path
    card: ModelCard
    golden: Golden
    detector: OodDetector | None
    has_networks: bool


def read_bundle(folder: Path) -> Bundle:
    """Read and check a bundle.

    Raises:
        BundleError: The bundle is missing, incomplete, damaged, or made for another version of this program or of Keras.
    """
    card = read_card(folder)
    try:
        return _read_files(folder, card)
    except (BundleError, MemoryError):
        raise
    except Exception as error:  # an unexpected error, too, means that a file of the bundle is faulty
        _log.warning("a bundle could not be read", exc_info=True)
        raise damaged(folder, Message.of(BundleCode.FILES_OF_NO_BUNDLE)) from error


def _read_files(folder: Path, card: ModelCard) -> Bundle:
    _check_versions(card, folder)
    present = [name for name in NETWORK_FILES if name not in card.left_out or (folder / name).exists()]
    for name in present:
        check_hash(folder / name, card.file_hashes[name])
        _check_content(folder / name, partial(check_keras_file, folder / name))
    golden = _read_golden(folder / GOLDEN_FILE, card)
    detector = _read_detector(folder / FAMILIARITY_FILE, card)
    return Bundle(folder, card, golden, detector, has_networks=set(NETWORK_FILES) <= set(present))


def damaged(folder: Path, what: Message) -> BundleError:
    """Return the error for an unusable bundle: what is wrong with it, and what to do.

    Args:
        folder: The bundle.
        what: What is wrong, as a clause.
    """
    return BundleError(Message.of(BundleCode.MODELS_UNUSABLE, folder=printable(folder), what=what), what)


def read_card(folder: Path) -> ModelCard:
    """Read the card of a bundle, without checking that the files match it.

    Raises:
        BundleError: The card is missing, or this program cannot read it.
    """
    try:
        with open_regular(folder / CARD_FILE) as file:
            content = file.read(_LARGEST_CARD + 1)
        if len(content) > _LARGEST_CARD:
            raise CardError(Message.of(BundleCode.CARD_TOO_LARGE))
        return parse_card(content.decode())
    except (FileNotFoundError, NotADirectoryError):
        if not folder.is_dir():
            raise _no_folder(folder) from None
        raise BundleError(Message.of(BundleCode.NO_MODELS_FOUND, folder=printable(folder), file=CARD_FILE)) from None
    except UnicodeDecodeError:
        raise damaged(folder, Message.of(BundleCode.CARD_NO_TEXT)) from None
    except OSError as error:
        raise damaged(folder, why_unreadable_file(folder / CARD_FILE, error)) from error
    except CardError as error:
        _log.warning("a card could not be read", exc_info=True)
        raise damaged(folder, error.message) from error
    except ValueError:  # a path that no folder can have
        raise _no_folder(folder) from None


def _no_folder(folder: Path) -> BundleError:
    return BundleError(Message.of(BundleCode.MODEL_FOLDER_MISSING, folder=printable(folder)))


def _check_versions(card: ModelCard, folder: Path) -> None:
    installed = version("keras")
    if _minor(card.keras_version) > _minor(installed):
        raise BundleError(
            Message.of(BundleCode.MODELS_OF_NEWER_KERAS, folder=printable(folder), made_with=card.keras_version, installed=installed)
        )
    if card.preprocessing_version != PREPROCESSING_VERSION:
        raise BundleError(
            Message.of(
                BundleCode.MODELS_OF_OTHER_PREPROCESSING,
                folder=printable(folder),
                expected=card.preprocessing_version,
                own=PREPROCESSING_VERSION,
            )
        )


def _minor(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", text)[:2])


def check_hash(file: Path, expected: str) -> None:
    """Check that a file of a bundle matches its card.

    Raises:
        BundleError: The file does not match, or cannot be read.
    """
    try:
        with open_regular(file, LARGEST_FILE) as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise unreadable(file, error) from error
    if found != expected:
        raise _replaced(file)


def unreadable(file: Path, error: OSError) -> BundleError:
    """Return the error for a bundle with an unreadable file."""
    if isinstance(error, FileNotFoundError):
        return damaged(file.parent, Message.of(BundleCode.BUNDLE_FILE_MISSING, file=file.name))
    return damaged(file.parent, why_unreadable_file(file, error))


def _replaced(file: Path) -> BundleError:
    return damaged(file.parent, Message.of(BundleCode.BUNDLE_FILE_REPLACED, file=file.name))


def _check_content(file: Path, check: Callable[[], None]) -> None:
    try:
        check()
    except ArchiveError as error:
        raise refused(file, error) from error


def refused(file: Path, error: ClauseError) -> BundleError:
    """Return the error for a bundle with a file that must not be opened."""
    return damaged(file.parent, Message.of(BundleCode.BUNDLE_FILE_REFUSED, file=file.name, trouble=error.message))


def _arrays_in(file: Path, expected: str) -> BinaryIO:
    """Open arrays from the very bytes that were hashed and checked, so that the file cannot be swapped in between."""
    try:
        content = read_regular(file, LARGEST_GOLDEN)
    except OSError as error:
        raise unreadable(file, error) from error
    if hashlib.sha256(content).hexdigest() != expected:
        raise _replaced(file)
    _check_content(file, partial(check_arrays, io.BytesIO(content)))
    return io.BytesIO(content)


def _read_golden(file: Path, card: ModelCard) -> Golden:
    try:
        with np.load(_arrays_in(file, card.file_hashes[GOLDEN_FILE]), allow_pickle=False) as arrays:
            golden = Golden(arrays["images"], arrays["binary"], arrays["subtype"])
    except (*UNPACKING_ERRORS, KeyError, ValueError) as error:
        raise damaged(file.parent, Message.of(BundleCode.GOLDEN_MISSING, file=file.name)) from error
    width, height = card.input_size
    count = golden.binary.size
    shapes = (golden.images.shape, golden.binary.shape, golden.subtype.shape)
    if count == 0 or shapes != ((count, height, width, 3), (count,), (count, len(SUBTYPES))):
        raise damaged(file.parent, Message.of(BundleCode.GOLDEN_OF_OTHER_SHAPE, file=file.name))
    if not _holds_probabilities(golden):
        raise damaged(file.parent, Message.of(BundleCode.GOLDEN_OF_OTHER_KIND, file=file.name))
    return golden


def _holds_probabilities(golden: Golden) -> bool:
    if golden.images.dtype.str != "|u1" or any(values.dtype.kind != "f" for values in (golden.binary, golden.subtype)):
        return False
    ranges = all(((values >= 0) & (values <= 1)).all() for values in (golden.binary, golden.subtype))
    return ranges and bool((np.abs(golden.subtype.sum(axis=1) - 1) <= _SUM_SLACK).all())


def _read_detector(file: Path, card: ModelCard) -> OodDetector | None:
    if card.familiarity is None:
        return None
    content = _arrays_in(file, card.familiarity.sha256)
    try:
        return OodDetector.load(content)
    except ClauseError as error:
        raise damaged(file.parent, Message.of(BundleCode.FAMILIARITY_UNUSABLE, file=file.name, what=error.message)) from error
