"""What time it is."""

from datetime import UTC, datetime


def local_now() -> datetime:
    """Return the time with the offset of the user's zone, or that of UTC where the system names a zone that cannot be."""
    try:
        return datetime.now().astimezone()
    except ValueError:  # as with TZ=Garbage+99, whose offset is longer than a day
        return datetime.now(UTC)
