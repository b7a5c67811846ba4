"""What was screened: ways to train in words, and what their networks said of images that they were not trained on."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from training.experiment.predictions import Predictions
from training.screening.combinations import Logits, averaged, composed, without_prior

_FACTS = Path(__file__).parent / "configurations.toml"


BASE = "base"
"""What the other ways to train a network change one thing of, as the name ends."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """A way to train that was screened, or something made of the logits of several.

    Attributes:
        name: Its name in tables.
        kind: What sort of change it is, in words; empty for a combination.
        change: In which it differs from what its network is trained by otherwise, in words.
        seed: Of order and augmentation; None for a combination, and where chance plays no part.
        seconds: Of fine-tuning on the GPU over five folds; None for a combination.
        logits: By how many of the eight symmetries were averaged; images in the order of the reference's predictions.
    """

    name: str
    kind: str
    change: str
    seed: int | None
    seconds: float | None
    logits: Mapping[int, Logits]


def screened(file: Path, reference: Predictions) -> list[Configuration]:
    """Read what was trained, and make the combinations.

    Args:
        file: The logits of each configuration under `NAME.VIEWS`.
        reference: Holds the truth and the folds of the same images.
    """
    facts = tomllib.loads(_FACTS.read_text(encoding="utf-8"))
    with np.load(file) as stored:
        arrays = {key: stored[key].astype(np.float64) for key in stored.files}
    single = {name: _single(name, one, arrays) for name, one in facts["trained"].items()}
    return [*single.values(), *(_combination(name, one, single, reference) for name, one in facts["combined"].items())]


def _single(name: str, facts: Mapping[str, Any], arrays: Mapping[str, Logits]) -> Configuration:
    logits = {int(key.rpartition(".")[2]): one for key, one in arrays.items() if key.rpartition(".")[0] == name}
    return Configuration(name, facts["kind"], facts["change"], facts.get("seed"), facts.get("seconds"), logits)


def _combination(name: str, facts: Mapping[str, Any], single: Mapping[str, Configuration], reference: Predictions) -> Configuration:
    parts: Sequence[Configuration] = [single[part] for part in facts["of"]]
    views = sorted(set.intersection(*(set(part.logits) for part in parts)))
    made = {view: averaged([part.logits[view] for part in parts]) for view in views}
    if "composed" in facts["how"]:
        made = {view: composed(logits) for view, logits in made.items()}
    if "without_prior" in facts["how"]:
        made = {view: without_prior(logits, reference.subtype, reference.fold) for view, logits in made.items()}
    return replace(parts[0], name=name, kind="", change=facts["change"], seed=None, seconds=None, logits=made)
