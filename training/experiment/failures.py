"""Records why the training of a recipe failed, so that the results can say so in its row."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from msgspec.json import decode

from breakhis_desktop.domain.as_json import as_json
from breakhis_desktop.files import write_atomically
from breakhis_desktop.wording.message import Message
from training.disk import disk_errors
from training.wording import TrainingCode


@dataclass(frozen=True, slots=True)
class Failure:
    """A training that failed.

    Attributes:
        recipe: The name of the recipe.
        protocol: One of `PROTOCOLS`.
        reason: Why it failed, in one sentence.
        date: The date of the failure, ISO 8601.
    """

    recipe: str
    protocol: str
    reason: str
    date: str


def note_failure(recipe: str, protocol: str, reason: str, results: Path) -> None:
    """Record why a recipe could not be trained under a protocol."""
    file = _file(recipe, protocol, results)
    with disk_errors(Message.of(TrainingCode.REASON_OF_FAILURE), file.parent, TrainingCode.OTHER_RESULTS_FOLDER):
        file.parent.mkdir(parents=True, exist_ok=True)
    failure = Failure(recipe, protocol, reason, datetime.now(UTC).date().isoformat())
    write_atomically(file, (json.dumps(as_json(failure), indent=2) + "\n").encode())


def forget_failure(recipe: str, protocol: str, results: Path) -> None:
    """Remove the record of a failure once the recipe has been trained."""
    _file(recipe, protocol, results).unlink(missing_ok=True)


def load_failures(results: Path) -> list[Failure]:
    """Return all recorded failures, sorted by file name."""
    return [decode(file.read_bytes(), type=Failure) for file in sorted((results / "failures").glob("*.json"))]


def _file(recipe: str, protocol: str, results: Path) -> Path:
    return results / "failures" / f"{recipe}.{protocol}.json"
