"""The bundles that the user installed in addition to the shipped one, each in a folder named after its model id."""

import logging
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

from filelock import FileLock, Timeout

from breakhis_desktop.domain.card import CARD_FILE, GRAPH_FILE, ModelCard
from breakhis_desktop.errors import BundleError, UserError
from breakhis_desktop.files import delete_folder, printable, replace_folder
from breakhis_desktop.inference.archives import LARGEST_FILE
from breakhis_desktop.inference.bundle import Bundle, check_hash, read_bundle, read_card, unreadable
from breakhis_desktop.inference.classifier import Report, open_networks
from breakhis_desktop.regular_files import open_regular
from breakhis_desktop.wording.bundles import BundleCode
from breakhis_desktop.wording.message import Message

_PASSING = ".part"
"""Suffix of a folder that is being copied, replaced or removed."""

_LEFT = re.compile(r"(?P<name>.+?)(?P<former>-former)?-[0-9a-f]{8}\.part")
"""Names with the suffix `.part`.

`former` marks an old bundle that was moved aside for a new copy; it must be kept until that copy is in place.
"""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ListedBundle:
    """A bundle that the user can choose.

    Attributes:
        name: The folder's name; empty for the shipped bundle.
        folder: The bundle's folder.
        card: The bundle's card; None if it cannot be read.
        problem: Why the card cannot be read; None if it can.
    """

    name: str
    folder: Path
    card: ModelCard | None
    problem: Message | None = None


def list_bundles(shipped: Path, installed: Path) -> list[ListedBundle]:
    """Return the shipped bundle, then the installed bundles by name."""
    folders = sorted(_folders_in(installed))
    return [_listed("", shipped), *(_listed(folder.name, folder) for folder in folders)]


def _folders_in(installed: Path) -> Iterator[Path]:
    try:
        with os.scandir(installed) as entries:
            yield from (installed / entry.name for entry in entries if not entry.name.endswith(_PASSING) and _is_folder(entry))
    except OSError as error:
        if installed.exists():
            _log.warning("the installed models cannot be listed (%s)", error.strerror)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # list it, so that the user sees that it cannot be read
        return True


def _listed(name: str, folder: Path) -> ListedBundle:
    try:
        return ListedBundle(name, folder, read_card(folder))
    except BundleError as error:
        return ListedBundle(name, folder, None, error.message)


def clear_interrupted(installed: Path) -> None:
    """Clean up after a killed process: delete half-copied or half-removed bundles; restore bundles moved aside but not replaced.

    Touches nothing while another process installs or removes bundles, and skips what cannot be removed.

    Args:
        installed: The folder of installed bundles.
    """
    if not installed.is_dir():
        return
    with suppress(UserError, OSError), _sole_change(installed):
        for folder in sorted(installed.iterdir()):
            left = _LEFT.fullmatch(folder.name)
            if left is not None and folder.is_dir() and not folder.is_symlink():
                _clear(folder, installed / left["name"] if left["former"] else None)


def _clear(folder: Path, place: Path | None) -> None:
    """Move a folder back to its place if the place is free; otherwise, or if it has no place, remove it."""
    if place is not None and not place.exists():
        folder.rename(place)
    else:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _sole_change(installed: Path) -> Iterator[None]:
    """Hold the lock on the installed bundles for the duration of the `with` block.

    The lock file lies beside their folder. If the process is killed, the system releases the lock.

    Raises:
        UserError: Another window or command is changing the installed bundles.
        OSError: The lock cannot be written.
    """
    installed.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with FileLock(installed.with_name(f".{installed.name}.lock"), timeout=0, mode=0o600):
            yield
    except Timeout:
        raise UserError(Message.of(BundleCode.MODELS_BEING_CHANGED)) from None


def install_bundle(source: Path, installed: Path, report_stage: Report, engine: str) -> ModelCard:
    """Copy a bundle, and install the copy once it passes every check that loading makes, including the golden images.

    Replaces an installed copy of the same bundle if that copy is damaged, or lacks networks or a graph that `source` has.

    Args:
        source: The bundle's folder; it is only read.
        installed: The folder of installed bundles.
        report_stage: Called as each stage begins.
        engine: The engine that computes the golden images, one of `ENGINES`.

    Raises:
        BundleError: The bundle cannot be used.
        UserError: The bundle is already installed, cannot be copied, or changes meanwhile; or another process is changing the bundles.
    """
    report_stage(Message.of(BundleCode.CHECKING_MODEL_FILES))
    bundle = read_bundle(source)
    card, target = bundle.card, installed / bundle.card.model_id
    if os.path.lexists(target) and _is_no_less(target, bundle):
        raise UserError(Message.of(BundleCode.MODELS_INSTALLED_ALREADY, name=card.name, version=card.version))
    passing = installed / f"{card.model_id}-{secrets.token_hex(4)}{_PASSING}"
    try:
        with _sole_change(installed):
            try:
                _copy(source, passing, card)
                open_networks(_checked_copy(passing, card), report_stage, engine)
                replace_folder(passing, target, installed / f"{target.name}-former-{secrets.token_hex(4)}{_PASSING}")
            finally:
                shutil.rmtree(passing, ignore_errors=True)
    except OSError as error:
        raise UserError(Message.of(BundleCode.MODELS_NOT_COPIED, error=error.strerror or str(error))) from error
    return card


def _is_no_less(folder: Path, other: Bundle) -> bool:
    """Return whether a bundle is intact and has everything that another bundle of the same models has."""
    try:
        bundle = read_bundle(folder)
        if bundle.card.graph_sha256 and (other.folder / GRAPH_FILE).exists():
            check_hash(folder / GRAPH_FILE, bundle.card.graph_sha256)
    except BundleError:
        return False
    return bundle.has_networks or not other.has_networks


def _copy(source: Path, passing: Path, card: ModelCard) -> None:
    """Copy the files that the card names, and no others.

    Raises:
        BundleError: A file cannot be read, or is not a regular file.
        OSError: A file cannot be written.
    """
    passing.mkdir(mode=0o700, parents=True)
    for name in (CARD_FILE, *card.all_hashes):
        if (source / name).exists():
            with _readable(source / name) as stream, (passing / name).open("xb") as copy:
                shutil.copyfileobj(stream, copy)


@contextmanager
def _readable(file: Path) -> Iterator[BufferedReader]:
    """Open a file of a bundle; only errors in opening it become a `BundleError`.

    Raises:
        BundleError: The file cannot be opened, is not a regular file, or is too large.
    """
    with ExitStack() as opened:
        try:
            stream = opened.enter_context(open_regular(file, LARGEST_FILE))
        except OSError as error:
            raise unreadable(file, error) from error
        yield stream


def _checked_copy(passing: Path, card: ModelCard) -> Bundle:
    bundle = read_bundle(passing)
    if bundle.card.model_id != card.model_id:
        raise UserError(Message.of(BundleCode.MODELS_CHANGED_MEANWHILE))
    return bundle


def remove_bundle(bundle: ListedBundle) -> None:
    """Delete an installed bundle.

    Raises:
        UserError: The bundle cannot be deleted, or another window is changing the installed bundles; the bundle is then either intact or no
            longer listed.
    """
    passing = bundle.folder.with_name(f"{bundle.folder.name}-{secrets.token_hex(4)}{_PASSING}")
    try:
        with _sole_change(bundle.folder.parent):
            bundle.folder.rename(passing)
            delete_folder(passing)
    except OSError as error:
        why = error.strerror or str(error)
        raise UserError(Message.of(BundleCode.MODELS_NOT_REMOVED, folder=printable(bundle.folder), error=why)) from error
