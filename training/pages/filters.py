"""What templates write numbers and tables with: `{{ figures.auc | figure }}`, `{{ images | count("image") }}`."""

from training.counting import counted


def count(number: int, one: str = "", several: str = "") -> str:
    """Write a count, with its noun if there is one: `1,387`, `1 group`, `2 groups`."""
    return counted(number, one, several) if one else f"{number:,}"


FILTERS = {"count": count}
"""The filters by the names that templates use."""
