"""Checks the files of a bundle as data before anything opens them: their contents, and their size when unpacked."""

import json
import math
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO

import numpy as np

from breakhis_desktop.errors import ClauseError
from breakhis_desktop.inference.weights import WeightsError, check_weights
from breakhis_desktop.wording.bundles import BundleCode
from breakhis_desktop.wording.message import Message

LARGEST_NETWORK = 2**31
LARGEST_GOLDEN = 2**28
"""Maximum total size of an archive's unpacked members in bytes: first for a network, then for golden images and other arrays."""

UNPACKING_ERRORS = (OSError, EOFError, zipfile.BadZipFile, zlib.error)
"""The exceptions that a damaged archive may raise."""

LARGEST_FILE = LARGEST_NETWORK + 2**20
"""Maximum size of any file in a bundle, in bytes: an uncompressed network plus its list of members."""

_LARGEST_HEADER = 1024
"""Maximum length of an array's header in characters; the headers in bundles have about 100."""

_BEGINNING = b"PK\x03\x04"
"""The first bytes of an archive; if anything preceded them, another program could mistake the file for a different format."""

_KERAS_MEMBERS = ("config.json", "metadata.json", "model.weights.h5")
_ALLOWED: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "keras": frozenset({"DTypePolicy"}),
        "keras.src.models.functional": frozenset({"Functional"}),
        "keras.initializers": frozenset({"GlorotUniform", "HeNormal", "Ones", "VarianceScaling", "Zeros"}),
        "keras.layers": frozenset(
            {
                "Activation",
                "Add",
                "BatchNormalization",
                "Conv2D",
                "Dense",
                "DepthwiseConv2D",
                "GlobalAveragePooling2D",
                "InputLayer",
                "MaxPooling2D",
                "ReLU",
                "Rescaling",
                "ZeroPadding2D",
            }
        ),
    }
)
"""The Keras classes that a bundle's network may use, by module; none of them runs code from the file."""

_TENSOR = "__keras_tensor__"


class ArchiveError(ClauseError):
    """A file must not be opened; the message is a clause to be put after the file's name."""


def check_keras_file(file: Path) -> None:
    """Check that a Keras file holds a network of known layers and nothing else.

    Raises:
        ArchiveError: The file fails the check.
    """
    with _opened(file, LARGEST_NETWORK) as archive:
        if sorted(archive.namelist()) != sorted(_KERAS_MEMBERS):
            raise ArchiveError(Message.of(BundleCode.CONTENT_OF_OTHER_FILES))
        if any(member.compress_type != zipfile.ZIP_STORED for member in archive.infolist()):
            raise ArchiveError(Message.of(BundleCode.CONTENT_PACKED))
        try:
            config = json.loads(archive.read("config.json"))
            unknown = next(_unknown_parts(config), None)
        except (ValueError, RecursionError):
            raise ArchiveError(Message.of(BundleCode.CONTENT_WITHOUT_DESCRIPTION)) from None
        if unknown:
            raise ArchiveError(Message.of(BundleCode.CONTENT_OF_UNKNOWN_PART, part=unknown))


def check_keras_weights(file: Path) -> None:
    """Check the weights of a Keras file that passed `check_keras_file`.

    This check is separate because it loads HDF5, which is needed only if a network is opened.

    Raises:
        ArchiveError: The weights must not be opened.
    """
    with _opened(file, LARGEST_NETWORK) as archive:
        try:
            check_weights(archive.read("model.weights.h5"))
        except WeightsError as error:
            raise ArchiveError(error.message) from error


def check_arrays(file: Path | BinaryIO) -> None:
    """Check that every array in a NumPy archive holds plain numbers and has exactly its declared size.

    Raises:
        ArchiveError: The file fails the check.
    """
    with _opened(file, LARGEST_GOLDEN) as archive:
        for member in archive.infolist():
            with archive.open(member) as stream:
                try:
                    numbers, header = _described(stream)
                except UNPACKING_ERRORS:
                    raise
                except Exception:  # noqa: BLE001 (Python's own parser reads the header, and raises more than it documents)
                    raise ArchiveError(Message.of(BundleCode.CONTENT_NO_ARRAYS)) from None
            if member.file_size != header + numbers:
                raise ArchiveError(Message.of(BundleCode.CONTENT_ARRAYS_OF_OTHER_SIZE))


@contextmanager
def _opened(file: Path | BinaryIO, largest: int) -> Iterator[zipfile.ZipFile]:
    """Open an archive; errors in unpacking its members become an `ArchiveError`."""
    try:
        with zipfile.ZipFile(file) as archive:
            if archive.fp is None or _beginning(archive.fp) != _BEGINNING:
                raise ArchiveError(Message.of(BundleCode.CONTENT_NO_ARCHIVE))
            if sum(member.file_size for member in archive.infolist()) > largest:
                raise ArchiveError(Message.of(BundleCode.CONTENT_GROWS))
            yield archive
    except (*UNPACKING_ERRORS, RuntimeError):  # RuntimeError: encrypted or compressed with an unknown method
        raise ArchiveError(Message.of(BundleCode.CONTENT_NO_ARCHIVE)) from None


def _beginning(stream: Any) -> bytes:
    stream.seek(0)
    found: bytes = stream.read(len(_BEGINNING))
    return found


def _unknown_parts(config: Any) -> Iterator[str]:
    """Yield every class name in a configuration, at any depth, that is not allowed."""
    if isinstance(config, dict):
        if "class_name" in config and not _is_allowed(config):
            yield str(config["class_name"])[:80]
        for value in config.values():
            yield from _unknown_parts(value)
    elif isinstance(config, list):
        for value in config:
            yield from _unknown_parts(value)


def _is_allowed(part: Mapping[str, Any]) -> bool:
    name, module = part["class_name"], part.get("module")
    if name == _TENSOR:
        return True
    return isinstance(name, str) and isinstance(module, str) and name in _ALLOWED.get(module, ())


def _described(stream: Any) -> tuple[int, int]:
    """Return the number of data bytes that an array's header declares, and the length of the header in bytes.

    Raises:
        ValueError: The header is invalid, or the array holds something other than plain numbers.
    """
    major, _ = np.lib.format.read_magic(stream)
    if major != 1:
        raise ValueError("an array of another format")
    shape, _, kind = np.lib.format.read_array_header_1_0(stream, max_header_size=_LARGEST_HEADER)
    if kind.kind not in "biuf":
        raise ValueError("an array of something other than numbers")
    return math.prod(shape) * kind.itemsize, stream.tell()
