"""Reads the patients and magnifications of a run by another rule; what the models found stays, unless it depends on the magnification."""

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


@dataclass(frozen=True, slots=True)
class Reread:
    """What another rule reads of a run.

    Attributes:
        rule: The rule, as the store keeps it.
        identities: What it reads from each image, by position.
    """

    rule: str
    identities: Mapping[int, Identity]


def reread_identities(store_file: Path, run_id: int, rule_text: str) -> Reread:
    """Read all images of a run by another rule, without writing anything; a table on a silent drive is given up.

    Raises:
        UserError: The rule cannot be used, or the store cannot be read.
    """
    return without_news(patiently(partial(_reread, store_file, run_id, rule_text), lambda: False))


def _reread(store_file: Path, run_id: int, rule_text: str, asking: Asking) -> Reread:
    rule = load_rule(rule_text, asking)
    with Store(store_file) as store:
        return Reread(rule.text, {image.position: rule.identify(image.path) for image in store.files(run_id)})


@dataclass(frozen=True, slots=True)
class Changed:
    """The images of a run that another magnification affects.

    Attributes:
        again: How the images had ended, by position, that wait to be analysed again.
        back: The images that waited so and have their former results back, since the models treat them as in that analysis.
    """

    again: Mapping[int, Status] = field(default_factory=dict)
    back: tuple[ImageRecord, ...] = ()


def keep_identities(
    store_file: Path, run_id: int, found: Reread, card: ModelCard | None = None, in_progress: Callable[[], bool] = lambda: False
) -> Changed:
    """Write what another rule reads of a run, even while the run is in progress.

    Args:
        store_file: The store.
        run_id: The number of the run.
        found: What the rule reads.
        card: The card of the loaded models; None if no image can be analysed again now.
        in_progress: Returns whether the run is in progress, or about to be; then no image is made to wait, since the run has counted its
            images by then.

    Returns:
        The images that the models treat otherwise at the magnification that the rule reads; none if other models made the run.

    Raises:
        StoreError: The store cannot be written.
    """
    with Store(store_file) as store:
        store.identify(run_id, found.rule, found.identities)
        if card is None:
            return Changed()
        with store.as_one_change():
            if in_progress() or not _made(card, store, run_id):
                return Changed()
            again = wait_at_other_magnification(store, run_id, card)
            waiting = store.waiting_again(run_id)
            as_before = {record.position for record in waiting if not _is_affected(record, found.identities[record.position], card)}
            return Changed(again, store.give_back(run_id, as_before))


def check_magnifications(
    store_file: Path, run_id: int, card: ModelCard, in_progress: Callable[[], bool] = lambda: False
) -> dict[int, Status]:
    """Make the finished images of a run wait that the models treat otherwise at their present magnification than in their analysis.

    Args:
        store_file: The store.
        run_id: The number of the run.
        card: The card of the loaded models.
        in_progress: As for `keep_identities`.

    Returns:
        How these images had ended, by position; none if other models made the run.

    Raises:
        StoreError: The store cannot be read or written.
    """
    with Store(store_file) as store, store.as_one_change():
        return {} if in_progress() or not _made(card, store, run_id) else wait_at_other_magnification(store, run_id, card)


def _made(card: ModelCard, store: Store, run_id: int) -> bool:
    run_info = store.run_info(run_id)
    return card.made(run_info.model_id, run_info.file_hashes)


def wait_at_other_magnification(store: Store, run_id: int, card: ModelCard) -> dict[int, Status]:
    """Do as `check_magnifications`, in an open store, for a run of these models."""
    otherwise = store.analysed_otherwise(run_id)
    identities = {image.position: image.identity for image in store.files(run_id)} if otherwise else {}
    again = {record.position: record.status for record in otherwise if _is_affected(record, identities[record.position], card)}
    store.wait_again(run_id, again)
    return again


def _is_affected(before: ImageRecord, identity: Identity, card: ModelCard) -> bool:
    if before.size is None or before.status not in {Status.DONE, Status.REFUSED}:
        return False
    return plan(before.size, before.magnification, card) != plan(before.size, replace(before, identity=identity).magnification, card)
