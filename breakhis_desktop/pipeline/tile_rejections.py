"""Which tiles of an image the quality gate rejects, and how that is reported."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from breakhis_desktop.wording.images import ImageCode
from breakhis_desktop.wording.message import Message


@dataclass(frozen=True, slots=True)
class TileRejections:
    """Why the quality gate rejects each tile of an image.

    Attributes:
        reasons: The reason for each tile; None if the tile is accepted.
    """

    reasons: tuple[Message | None, ...]

    @classmethod
    def of(cls, reasons: Sequence[Message | None]) -> Self:
        """Wrap the reasons for all tiles."""
        return cls(tuple(reasons))

    @property
    def all(self) -> bool:
        """Whether every tile is rejected."""
        return None not in self.reasons

    @property
    def reason(self) -> Message | None:
        """The first reason; None if there is none."""
        return next(filter(None, self.reasons), None)

    @property
    def found(self) -> Message | None:
        """The reason if the image is a single tile, else how many tiles are rejected; None if no tile is rejected."""
        if self.reason is None or len(self.reasons) == 1:
            return self.reason
        count = sum(reason is not None for reason in self.reasons)
        return Message.of(ImageCode.TILES_DECLINED, declined=count, tiles=len(self.reasons), reason=self.reason)

    @property
    def review_flags(self) -> tuple[Message, ...]:
        """A review flag if any tile is rejected; else empty."""
        return (Message.of(ImageCode.PARTLY_DECLINED, what=self.found),) if self.found else ()
