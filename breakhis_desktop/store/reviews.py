"""The rows of `review`: they are added, and never changed or deleted; the database itself refuses that."""

import sqlite3
from collections.abc import Sequence
from typing import Any

from breakhis_desktop.domain.review import Review, ReviewAction
from breakhis_desktop.domain.taxonomy import SUBTYPE_BY_CODE, Decision

_SELECT = "SELECT position, action, decision, subtype, reason, reviewer, made FROM review WHERE run_id = ? ORDER BY id"
_INSERT = "INSERT INTO review (run_id, position, action, decision, subtype, reason, reviewer, made) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"


def insert(connection: sqlite3.Connection, run_id: int, position: int, review: Review) -> None:
    """Add a review to the history of an image."""
    said = (review.decision, review.subtype.code if review.subtype else None)
    connection.execute(_INSERT, (run_id, position, review.action, *said, review.reason, review.reviewer, review.made))


def select(connection: sqlite3.Connection, run_id: int) -> dict[int, list[Review]]:
    """Return the reviews of a run by position, each image's in the order in which they were made."""
    found: dict[int, list[Review]] = {}
    for position, *row in connection.execute(_SELECT, [run_id]):
        found.setdefault(position, []).append(_review_of(row))
    return found


def last_reviewer(connection: sqlite3.Connection) -> str:
    """Return the name of the newest review; empty where there is none."""
    row = connection.execute("SELECT reviewer FROM review ORDER BY id DESC LIMIT 1").fetchone()
    return "" if row is None else str(row[0])


def _review_of(row: Sequence[Any]) -> Review:
    action, decision, subtype, reason, reviewer, made = row
    return Review(
        action=ReviewAction(action),
        decision=None if decision is None else Decision(decision),
        subtype=None if subtype is None else SUBTYPE_BY_CODE[subtype],
        reason=reason,
        reviewer=reviewer,
        made=made,
    )
