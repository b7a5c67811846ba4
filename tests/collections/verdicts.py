"""Judges the program's reading of a file by the readings of up to two other decoders."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray


class Ending(Enum):
    """How reading a file ended."""

    PIXELS = "pixels"
    UNREADABLE = "unreadable"
    REFUSED = "refused"
    CRASH = "crash"
    TOO_LONG = "too long"
    TOO_MUCH_MEMORY = "too much memory"


@dataclass(frozen=True, slots=True)
class Reading:
    """A reader's result for a file: pixels, height x width x 3, or the reason for having none."""

    ending: Ending
    told: str = ""
    pixels: NDArray[np.uint8] | None = None


class Verdict(Enum):
    """How the program's reading of a file is judged."""

    SAME = "same"
    BROKEN_ALIKE = "unreadable by the program and another reader"
    REFUSED = "refused for its format"
    WRONG_PIXELS = "wrong pixels"
    FAILED_THOUGH_READABLE = "failed though readable"
    READ_THOUGH_BROKEN = "read though broken"
    CRASH = "crash"
    TOO_LONG = "too long"
    TOO_MUCH_MEMORY = "too much memory"


NEED_NO_EXPLANATION = (Verdict.SAME, Verdict.BROKEN_ALIKE, Verdict.REFUSED)

_WITHOUT_COMPARISON = {
    Ending.REFUSED: Verdict.REFUSED,
    Ending.CRASH: Verdict.CRASH,
    Ending.TOO_LONG: Verdict.TOO_LONG,
    Ending.TOO_MUCH_MEMORY: Verdict.TOO_MUCH_MEMORY,
}


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far the pixels of two decoders may differ, in grey levels: on average, and for all but one value in a thousand."""

    mean: float
    nearly_all: float


LOSSLESS = Tolerance(1.0, 1.0)
"""Allows for rounding from 16 bits: some decoders divide by 257, others drop the lower byte."""

LOSSY = Tolerance(2.0, 24.0)
"""For JPEG, WebP and JPEG 2000: decoders round the transform and upsample chroma differently."""

CONVERTED = Tolerance(4.0, 40.0)
"""For files with a colour profile, transparency or CMYK: colour engines, rendering intents and white points differ."""


def judge(program: Reading, vips: Reading, third: Callable[[], Reading], tolerance: Tolerance) -> tuple[Verdict, str]:
    """Decide whether the program is right: if it disagrees with libvips, it is right only if a third reader agrees with it.

    Args:
        program: The result of the program's decoder.
        vips: The result of libvips.
        third: Runs the third reader; called only if the other two disagree.
        tolerance: How far the pixels of the file may differ.

    Returns:
        The verdict, and the details for a disagreement.
    """
    if program.ending in _WITHOUT_COMPARISON:
        return _WITHOUT_COMPARISON[program.ending], program.told
    alike = Verdict.SAME if program.ending is Ending.PIXELS else Verdict.BROKEN_ALIKE
    if not (apart := _apart(program, vips, tolerance)):
        return alike, ""
    other = third()
    if not (also := _apart(program, other, tolerance)):
        return alike, ""
    others = _apart(vips, other, tolerance) or "alike"
    told = f"program against libvips: {apart}; program against third: {also}; libvips against third: {others}"
    if program.ending is Ending.PIXELS:
        broken = other.ending is vips.ending is Ending.UNREADABLE
        return (Verdict.READ_THOUGH_BROKEN if broken else Verdict.WRONG_PIXELS), told
    return Verdict.FAILED_THOUGH_READABLE, f"program: {program.told}; {told}"


def _apart(one: Reading, other: Reading, tolerance: Tolerance) -> str:
    """Describe how two readings differ; return an empty text if they agree within the tolerance."""
    if one.pixels is None or other.pixels is None:
        return "" if one.ending is other.ending else other.told or f"reads {size_of(other)}"
    if one.pixels.shape != other.pixels.shape:
        return f"{size_of(one)} against {size_of(other)}"
    difference = np.abs(one.pixels.astype(np.int16) - other.pixels)
    mean, nearly_all = float(difference.mean()), float(np.quantile(difference, 0.999, method="lower"))
    if mean <= tolerance.mean and nearly_all <= tolerance.nearly_all:
        return ""
    return f"pixels differ by {mean:.1f} grey levels on average, by {difference.max()} at most"


def size_of(reading: Reading) -> str:
    return "nothing" if reading.pixels is None else f"{reading.pixels.shape[1]} x {reading.pixels.shape[0]}"
