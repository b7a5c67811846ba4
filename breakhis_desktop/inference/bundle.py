"""A model bundle on disk: checked as data, before Keras opens any of it."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.domain.filenames import printable
from breakhis_desktop.domain.model_card import (
    CARD_FILE,
    FAMILIARITY_FILE,
    GOLDEN_FILE,
    NETWORK_FILES,
    CardError,
    ModelCard,
    parse_card,
)
from breakhis_desktop.domain.taxonomy import SUBTYPES
from breakhis_desktop.errors import BundleError
from breakhis_desktop.imaging.prepare import PREPROCESSING_VERSION
from breakhis_desktop.inference.archives import UNPACKING_ERRORS, ArchiveError, check_arrays, check_keras_file
from breakhis_desktop.inference.familiarity import Familiarity

_LARGEST_CARD = 2**24
"""Bytes."""


@dataclass(frozen=True, slots=True)
class Golden:
    """Known images with the probabilities that the networks gave for them when they were exported.

    Attributes:
        images: uint8, images x height x width x 3.
        binary: float32, one per image, before temperature.
        subtype: float32, images x 8, before temperature.
    """

    images: NDArray[np.uint8]
    binary: NDArray[np.float32]
    subtype: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle whose files are the ones that its card names.

    Attributes:
        folder: Where it lies.
        card: What it says of itself.
        golden: What its networks must reproduce.
        familiarity: What is familiar to them; None where the card does not say.
        has_networks: Whether both networks are there; a bundle whose card leaves them out runs by its derived graph alone.
    """

    folder: Path
    card: ModelCard
    golden: Golden
    familiarity: Familiarity | None
    has_networks: bool


def read_bundle(folder: Path) -> Bundle:
    """Read and check a bundle.

    Raises:
        BundleError: It is missing, incomplete, damaged, or made for another version of this program or of Keras.
    """
    card = read_card(folder)
    _check_versions(card, folder)
    present = [name for name in card.file_hashes if name not in card.left_out or (folder / name).exists()]
    for name in present:
        _check_hash(folder / name, card.file_hashes[name])
        _check_content(folder / name, check_arrays if name == GOLDEN_FILE else check_keras_file)
    golden, familiarity = _read_golden(folder / GOLDEN_FILE, card), _read_familiarity(folder / FAMILIARITY_FILE, card)
    return Bundle(folder, card, golden, familiarity, has_networks=set(NETWORK_FILES) <= set(present))


def damaged(folder: Path, what: str) -> BundleError:
    """Return the error for a bundle that must not be used: what is wrong with it, and what to do."""
    return BundleError(
        f"The models in {printable(folder)} cannot be used: {what}. Install the program again, or choose another model folder.", what
    )


def read_card(folder: Path) -> ModelCard:
    """Read the card of a bundle; nothing says yet that its files are the ones that the card names.

    Raises:
        BundleError: There is none, or it is none that this program reads.
    """
    try:
        with (folder / CARD_FILE).open("rb") as file:
            content = file.read(_LARGEST_CARD + 1)
        if len(content) > _LARGEST_CARD:
            raise CardError("its card is larger than any card")
        return parse_card(content.decode())
    except (FileNotFoundError, NotADirectoryError):
        if not folder.is_dir():
            raise BundleError(f"There is no model folder {printable(folder)}; check its name, or install the program again.") from None
        raise BundleError(
            f"No models were found in {printable(folder)}: {CARD_FILE} is missing. "
            "Install the program again, or choose another model folder."
        ) from None
    except UnicodeDecodeError:
        raise damaged(folder, "its card is no text") from None
    except (OSError, CardError) as error:
        raise damaged(folder, str(error)) from error


def _check_versions(card: ModelCard, folder: Path) -> None:
    installed = version("keras")
    if _minor(card.keras_version) > _minor(installed):
        raise BundleError(
            f"The models in {printable(folder)} were made with Keras {card.keras_version}, newer than the {installed} of this program. "
            "Install a newer version of the program."
        )
    if card.preprocessing_version != PREPROCESSING_VERSION:
        raise BundleError(
            f"The models in {printable(folder)} expect preprocessing version {card.preprocessing_version}, and this program has version "
            f"{PREPROCESSING_VERSION}. Install the version of the program that they were made for."
        )


def _minor(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(".")[:2])


def _check_hash(file: Path, expected: str) -> None:
    try:
        with file.open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
    except FileNotFoundError:
        raise damaged(file.parent, f"{file.name} is missing") from None
    except OSError as error:
        raise damaged(file.parent, f"{file.name} cannot be read ({error.strerror})") from error
    if found != expected:
        raise damaged(file.parent, f"{file.name} is not the file that its card names")


def _check_content(file: Path, check: Callable[[Path], None]) -> None:
    try:
        check(file)
    except ArchiveError as error:
        raise damaged(file.parent, f"{file.name} {error}") from error


def _read_golden(file: Path, card: ModelCard) -> Golden:
    try:
        with np.load(file, allow_pickle=False) as arrays:
            golden = Golden(arrays["images"], arrays["binary"], arrays["subtype"])
    except (*UNPACKING_ERRORS, KeyError, ValueError) as error:
        raise damaged(file.parent, f"{file.name} holds no golden images") from error
    width, height = card.input_size
    count = len(golden.binary)
    shapes = (golden.images.shape, golden.binary.shape, golden.subtype.shape)
    if count == 0 or shapes != ((count, height, width, 3), (count,), (count, len(SUBTYPES))):
        raise damaged(file.parent, f"{file.name} has golden images of another shape")
    return golden


def _read_familiarity(file: Path, card: ModelCard) -> Familiarity | None:
    if card.familiarity is None:
        return None
    _check_hash(file, card.familiarity.sha256)
    _check_content(file, check_arrays)
    try:
        return Familiarity.load(file)
    except ValueError as error:
        raise damaged(file.parent, f"{file.name} cannot be used: {error}") from error
