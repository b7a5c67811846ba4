"""The current time."""

from datetime import UTC, datetime


def local_now() -> datetime:
    """Return the local time with its UTC offset; in UTC if the system names an impossible time zone."""
    try:
        return datetime.now().astimezone()
    except ValueError:  # such as TZ=Garbage+99, whose offset exceeds a day
        return datetime.now(UTC)
