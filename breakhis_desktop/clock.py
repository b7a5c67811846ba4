"""The current time."""

from datetime import UTC, datetime


def local_now() -> datetime:
    """Return the local time with its UTC offset; in UTC if the system names an impossible time zone."""
    try:
        return datetime.now().astimezone()
    except ValueError:  # such as TZ=Garbage+99, whose offset exceeds a day
        return datetime.now(UTC)


def in_local_time(moment: str) -> datetime:
    """Return a time in ISO 8601 as local time; unchanged if the system names an impossible time zone."""
    time = datetime.fromisoformat(moment)
    try:
        return time.astimezone()
    except ValueError:
        return time
