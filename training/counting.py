"""Writes counts with their nouns."""


def counted(count: int, one: str, several: str = "") -> str:
    """Write a count with its noun in singular or plural: `1 trial`, `1,387 images`."""
    return f"{count:,} {one if count == 1 else several or one + 's'}"
