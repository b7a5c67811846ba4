"""Which tiles of an image the quality gate rejects, and how that is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from breakhis_desktop.wording.images import ImageCode
from breakhis_desktop.wording.message import Message


@dataclass(frozen=True, slots=True)
class TileRejections:
    """Why each part of an image should not be judged.

    Attributes:
        reasons: One for each part; None where it may be judged.
    """

    reasons: tuple[Message | None, ...]

    @classmethod
    def of(cls, reasons: Sequence[Message | None]) -> Self:
        """Take the reasons of all parts."""
        return cls(tuple(reasons))

    @property
    def all(self) -> bool:
        """Whether no part may be judged."""
        return None not in self.reasons

    @property
    def reason(self) -> Message | None:
        """The first reason; None where there is none."""
        return next(filter(None, self.reasons), None)

    @property
    def found(self) -> Message | None:
        """What was found of the image where it is one part, else in how many tiles; None where nothing was."""
        if self.reason is None or len(self.reasons) == 1:
            return self.reason
        count = sum(reason is not None for reason in self.reasons)
        return Message.of(ImageCode.TILES_DECLINED, declined=count, tiles=len(self.reasons), reason=self.reason)

    @property
    def review_flags(self) -> tuple[Message, ...]:
        """Why a human must look where only some parts were judged."""
        return (Message.of(ImageCode.PARTLY_DECLINED, what=self.found),) if self.found else ()
