"""Reads the patients and magnifications of a run by another rule; what the models found stays as it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from breakhis_desktop.domain.identity import Identity
from breakhis_desktop.pipeline.identities import load_rule
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
    """Read all images of a run by another rule and write the result, even while the run is in progress.

    Raises:
        UserError: The rule cannot be used, or the store cannot be written; nothing was changed.
    """
    rule = load_rule(rule_text)
    with Store(store_file) as store:
        found = Reread(rule.text, {image.position: rule.identify(image.path) for image in store.files(run_id)})
        store.identify(run_id, found.rule, found.identities)
    return found
