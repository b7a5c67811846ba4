"""Which parts of an image are declined, and what is said of that."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Declined:
    """Why each part of an image should not be judged.

    Attributes:
        reasons: One sentence for each part; empty where it may be judged.
    """

    reasons: tuple[str, ...]

    @classmethod
    def of(cls, reasons: Sequence[str]) -> Self:
        """Take the reasons of all parts."""
        return cls(tuple(reasons))

    @property
    def all(self) -> bool:
        """Whether no part may be judged."""
        return "" not in self.reasons

    @property
    def reason(self) -> str:
        """The first reason; empty where there is none."""
        return next(filter(None, self.reasons), "")

    @property
    def words(self) -> str:
        """What was found, without advice: of the image where it is one part, else of how many tiles; empty where nothing was."""
        count = sum(map(bool, self.reasons))
        if not count:
            return ""
        return finding(self.reason) if len(self.reasons) == 1 else f"{count} of {len(self.reasons)} tiles: {finding(self.reason)}"

    @property
    def doubts(self) -> tuple[str, ...]:
        """Why a human must look where only some parts were judged."""
        return (f"declined {self.words}",) if self.words else ()


def finding(reason: str) -> str:
    """Return what a reason says was found, without the advice that follows."""
    return reason.partition(";")[0]
