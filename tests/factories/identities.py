"""Rules that read patient and magnification from a path."""

from pathlib import Path

from breakhis_desktop.domain.identity import Pattern, Table


def read(pattern: str, path: str) -> tuple[str | None, int | None]:
    """Return the patient and the magnification that a pattern reads from a path."""
    identity = Pattern(pattern).identify(Path(path))
    return identity.patient_id, identity.magnification


def table(text: str) -> Table:
    """Return the table for a CSV file with this text."""
    return Table.of_csv("/tables/a.csv", text.encode())
