"""Reads the patients and magnifications of a run by a new rule; results stay, except those that the new magnification affects."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from breakhis_desktop.domain.card import ModelCard
from breakhis_desktop.domain.identity import Identity
from breakhis_desktop.domain.records import ImageRecord, Status
from breakhis_desktop.pipeline.discover import Asking
from breakhis_desktop.pipeline.identities import load_rule
from breakhis_desktop.pipeline.patience import patiently, without_news
from breakhis_desktop.pipeline.read_image import plan
from breakhis_desktop.store.store import Store
from breakhis_desktop.store.stored_run import StoredRun


@dataclass(frozen=True, slots=True)
class Reread:
    """The patients and magnifications that a new rule reads from the paths in a run.

    Attributes:
        rule: The rule, as the store keeps it.
        identities: The patient and magnification of each image, by position.
    """

    rule: str
    identities: Mapping[int, Identity]


def reread_identities(store_file: Path, run_id: int, rule_text: str) -> Reread:
    """Apply a new rule to the paths of a run's images, without writing anything.

    If the rule names a table on a drive that does not answer, the wait for it ends with an error.

    Raises:
        UserError: The rule cannot be used, or the store cannot be read.
    """
    return without_news(patiently(partial(_reread, store_file, run_id, rule_text), lambda: False))


def _reread(store_file: Path, run_id: int, rule_text: str, asking: Asking) -> Reread:
    rule = load_rule(rule_text, asking)
    with Store(store_file) as store:
        return Reread(rule.text, {image.position: rule.identify(image.path) for image in store.run(run_id).files()})


@dataclass(frozen=True, slots=True)
class Changed:
    """The images of a run that are affected by a change of their magnification.

    Attributes:
        again: The images that must be analysed again: their earlier status, by position.
        back: The images that no longer need to be analysed again: their records, with the earlier results. At their present magnification,
            the models would treat them as they did for these results.
    """

    again: Mapping[int, Status] = field(default_factory=dict)
    back: tuple[ImageRecord, ...] = ()


def keep_identities(
    store_file: Path, run_id: int, found: Reread, card: ModelCard | None = None, in_progress: Callable[[], bool] = lambda: False
) -> Changed:
    """Store the patients and magnifications that a new rule reads, even while the run is in progress.

    Args:
        store_file: The store.
        run_id: The number of the run.
        found: The result of `reread_identities`.
        card: The card of the loaded models; None if no image can be analysed again now.
        in_progress: Returns whether the run is in progress or about to start. If so, no image is marked to be analysed again, because the
            run has already counted its images.

    Returns:
        The images that are affected by their new magnification; empty if there is no card, or the run was made with another bundle.

    Raises:
        StoreError: The store cannot be written.
    """
    with Store(store_file) as store:
        run = store.run(run_id)
        run.identify(found.rule, found.identities)
        if card is None:
            return Changed()
        with store.as_one_change():
            if in_progress() or not _made(card, run):
                return Changed()
            again = wait_at_other_magnification(run, card)
            waiting = run.waiting_again()
            as_before = {record.position for record in waiting if not _is_affected(record, found.identities[record.position], card)}
            return Changed(again, run.give_back(as_before))


def check_magnifications(
    store_file: Path, run_id: int, card: ModelCard, in_progress: Callable[[], bool] = lambda: False
) -> dict[int, Status]:
    """Mark finished images to be analysed again if the models would treat them differently at their present magnification.

    Args:
        store_file: The store.
        run_id: The number of the run.
        card: The card of the loaded models.
        in_progress: As for `keep_identities`.

    Returns:
        The earlier status of these images, by position; empty if the run was made with another bundle.

    Raises:
        StoreError: The store cannot be read or written.
    """
    with Store(store_file) as store, store.as_one_change():
        run = store.run(run_id)
        return {} if in_progress() or not _made(card, run) else wait_at_other_magnification(run, card)


def _made(card: ModelCard, run: StoredRun) -> bool:
    run_info = run.info()
    return card.made(run_info.model_id, run_info.file_hashes)


def wait_at_other_magnification(run: StoredRun, card: ModelCard) -> dict[int, Status]:
    """Do the same as `check_magnifications`, in an open store, for a run that is known to be made with the card's bundle."""
    otherwise = run.analysed_otherwise()
    identities = {image.position: image.identity for image in run.files()} if otherwise else {}
    again = {record.position: record.status for record in otherwise if _is_affected(record, identities[record.position], card)}
    run.wait_again(again)
    return again


def _is_affected(before: ImageRecord, identity: Identity, card: ModelCard) -> bool:
    if before.size is None or before.status not in {Status.DONE, Status.REFUSED}:
        return False
    return plan(before.size, before.magnification, card) != plan(before.size, replace(before, identity=identity).magnification, card)
