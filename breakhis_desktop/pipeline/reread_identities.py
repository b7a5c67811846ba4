"""Reads the patients and magnifications of a run by another rule; what the models found stays as it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from breakhis_desktop.domain.identity import Identity
from breakhis_desktop.pipeline.discover import Asking
from breakhis_desktop.pipeline.identities import load_rule
from breakhis_desktop.pipeline.patience import patiently, without_news
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


def keep_identities(store_file: Path, run_id: int, found: Reread) -> None:
    """Write what another rule reads of a run, even while the run is in progress.

    Raises:
        StoreError: The store cannot be written; nothing was changed.
    """
    with Store(store_file) as store:
        store.identify(run_id, found.rule, found.identities)
