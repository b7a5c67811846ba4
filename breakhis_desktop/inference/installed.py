"""The bundles that the user installed beside the one that ships: a folder for each, named by its model id."""

import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from breakhis_desktop.domain.filenames import printable
from breakhis_desktop.domain.model_card import CARD_FILE, ModelCard
from breakhis_desktop.errors import BundleError, UserError
from breakhis_desktop.inference.bundle import Bundle, read_bundle, read_card
from breakhis_desktop.inference.classifier import Report, open_networks

_PASSING = ".part"
"""The ending of a folder that is being copied or removed."""


@dataclass(frozen=True, slots=True)
class ListedBundle:
    """A bundle that can be chosen.

    Attributes:
        name: Its folder's name; empty for the one that ships.
        folder: Where it lies.
        card: What it says of itself; None where that cannot be read.
        problem: Why its card cannot be read, in a sentence; else empty.
    """

    name: str
    folder: Path
    card: ModelCard | None
    problem: str = ""


def list_bundles(shipped: Path, installed: Path) -> list[ListedBundle]:
    """Return the bundle that ships, then those that are installed, by name."""
    folders = sorted(_folders_in(installed))
    return [_listed("", shipped), *(_listed(folder.name, folder) for folder in folders)]


def _folders_in(installed: Path) -> Iterator[Path]:
    if installed.is_dir():
        yield from (folder for folder in installed.iterdir() if folder.is_dir() and not folder.name.endswith(_PASSING))


def _listed(name: str, folder: Path) -> ListedBundle:
    try:
        return ListedBundle(name, folder, read_card(folder))
    except BundleError as error:
        return ListedBundle(name, folder, None, str(error))


def install_bundle(source: Path, installed: Path, report_stage: Report, engine: str) -> ModelCard:
    """Copy a bundle, and take it in once the copy has passed every check that loading makes, known images among them.

    The whole bundle takes the place of one whose networks were left out.

    Args:
        source: The folder that holds it; it is only read.
        installed: Where the installed ones lie.
        report_stage: Is told, in words for the user, which stage begins.
        engine: What computes the known images, one of `ENGINES`.

    Raises:
        BundleError: It cannot be used.
        UserError: It is installed already, or cannot be copied.
    """
    report_stage("Checking the model files")
    bundle = read_bundle(source)
    card, target = bundle.card, installed / bundle.card.model_id
    if target.exists() and not (bundle.has_networks and _lacks_networks(target)):
        raise UserError(f"These models ({card.name} {card.version}) are installed already; choose them in the list.")
    passing = installed / f"{card.model_id}-{secrets.token_hex(4)}{_PASSING}"
    try:
        _copy(source, passing, card)
        open_networks(_checked_copy(passing, card), report_stage, engine)
        replace_folder(passing, target, installed / f"{target.name}-former-{secrets.token_hex(4)}{_PASSING}")
    except OSError as error:
        raise UserError(f"The models could not be copied ({error.strerror or error}); make room on the disk and try again.") from error
    finally:
        shutil.rmtree(passing, ignore_errors=True)
    return card


def replace_folder(finished: Path, target: Path, former: Path) -> None:
    """Move a folder to its place; what stands there is moved aside first, and comes back where the move fails.

    Args:
        finished: What takes the place.
        target: The place, on the same disk; it may be empty.
        former: Where what stood there waits; this must be free.

    Raises:
        OSError: It cannot be moved; what stood at the target stands there again, or at `former` where it cannot be moved back.
    """
    if target.exists():
        target.rename(former)
    try:
        finished.rename(target)
    except OSError:
        if former.exists():
            former.rename(target)
        raise
    shutil.rmtree(former, ignore_errors=True)


def _lacks_networks(folder: Path) -> bool:
    try:
        return bool(read_card(folder).left_out)
    except BundleError:
        return False


def _copy(source: Path, passing: Path, card: ModelCard) -> None:
    """Copy the files that the card names, and nothing else that lies beside them."""
    passing.mkdir(mode=0o700, parents=True)
    for name in (CARD_FILE, *card.all_hashes):
        if (source / name).exists():
            shutil.copyfile(source / name, passing / name)


def _checked_copy(passing: Path, card: ModelCard) -> Bundle:
    bundle = read_bundle(passing)
    if bundle.card.model_id != card.model_id:
        raise UserError("The models were changed while they were copied; install them again.")
    return bundle


def remove_bundle(bundle: ListedBundle) -> None:
    """Delete an installed bundle.

    Raises:
        UserError: It cannot be deleted; it is then whole, or no longer listed.
    """
    passing = bundle.folder.with_name(f"{bundle.folder.name}-{secrets.token_hex(4)}{_PASSING}")
    try:
        bundle.folder.rename(passing)
        shutil.rmtree(passing)
    except OSError as error:
        what = printable(bundle.folder)
        raise UserError(f"{what} could not be removed ({error.strerror or error}); close what uses it, or delete the folder.") from error
