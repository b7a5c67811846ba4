"""The rows of the table `review`; they can only be added, because the database itself refuses changes and deletions."""

import sqlite3
from collections import Counter
from collections.abc import Sequence
from typing import Any

from breakhis_desktop.domain.review import Review, ReviewAction, standing_after
from breakhis_desktop.domain.taxonomy import SUBTYPE_BY_CODE, Decision
from breakhis_desktop.store.checked import INTEGER, TEXT, Form, OddValueError, moment, optional, read_with

_SELECT = "SELECT position, action, decision, subtype, reason, reviewer, made FROM review WHERE run_id = ? ORDER BY id"
_SELECT_HISTORY = "SELECT action, decision, subtype, reason, reviewer, made FROM review WHERE run_id = ? AND position = ? ORDER BY id"
_SELECT_ACTIONS = "SELECT run_id, position, action FROM review ORDER BY id"
_COLUMNS = {
    "action": TEXT,
    "decision": optional(TEXT),
    "subtype": optional(TEXT),
    **dict.fromkeys(("reason", "reviewer", "made"), TEXT),
}
_INSERT = "INSERT INTO review (run_id, position, action, decision, subtype, reason, reviewer, made) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"


def insert(connection: sqlite3.Connection, run_id: int, position: int, review: Review) -> None:
    """Add a review to the history of an image."""
    outcome = (review.decision, review.subtype.code if review.subtype else None)
    connection.execute(_INSERT, (run_id, position, review.action, *outcome, review.reason, review.reviewer, review.made))


def select(connection: sqlite3.Connection, run_id: int) -> dict[int, list[Review]]:
    """Return the reviews of each reviewed image of a run, keyed by position, oldest first."""
    found: dict[int, list[Review]] = {}
    for position, *row in connection.execute(_SELECT, [run_id]):
        if type(position) not in INTEGER:
            raise OddValueError("review.position")
        found.setdefault(position, []).append(_review_of(row))
    return found


def count_standing(connection: sqlite3.Connection) -> dict[int, int]:
    """Return, for each run with reviewed images, how many images have a review that was not withdrawn; keyed by the run's number."""
    standing: dict[tuple[int, int], int] = {}
    for run_id, position, action in connection.execute(_SELECT_ACTIONS):
        image = (run_id, position)
        standing[image] = standing_after(standing.get(image, 0), action)
    return Counter(run_id for (run_id, _), reviews in standing.items() if reviews)


def select_history(connection: sqlite3.Connection, run_id: int, position: int) -> list[Review]:
    """Return the reviews of one image, oldest first."""
    return [_review_of(row) for row in connection.execute(_SELECT_HISTORY, [run_id, position])]


@read_with(Form("review", _COLUMNS))
def _review_of(row: Sequence[Any]) -> Review:
    action, decision, subtype, reason, reviewer, made = row
    return Review(
        action=ReviewAction(action),
        decision=None if decision is None else Decision(decision),
        subtype=None if subtype is None else SUBTYPE_BY_CODE[subtype],
        reason=reason,
        reviewer=reviewer,
        made=moment(made),
    )
