"""Writes times for the readers of a report."""

from datetime import datetime, timedelta

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""The names of the months, the same on every machine: `strftime` would write them in the language of the system."""


def local_time(noted: str) -> str:
    """Return a time in ISO 8601 as "29 Nov 2026, 11:46 (UTC+01:00)", in the zone in which it was noted."""
    time = datetime.fromisoformat(noted)
    return f"{time.day} {_MONTHS[time.month - 1]} {time.year}, {time:%H:%M} ({_zone(time.utcoffset())})"


def _zone(offset: timedelta | None) -> str:
    if offset is None:
        return "zone not known"
    minutes = round(offset.total_seconds() / 60)
    return f"UTC{'+' if minutes > 0 else '−'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}" if minutes else "UTC"
