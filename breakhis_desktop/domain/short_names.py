"""Shortens names by what they have in common, so that what tells them apart stays visible."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import PurePath

Part = tuple[str, int]
"""A word or a number, and the how manieth of its kind it is in its name: the 1 of "Case 1" is not that of "field 1"."""

_PARTS = re.compile(r"[0-9]+|[^\W\d_]+")
_SAMPLE = 500
_SHARES = (0.65, 0.8, 0.9, 1.0)
"""The shares of names that a common part stands in, of which the smallest is taken that keeps names apart; odd files change little."""


def common_parts(names: Sequence[str]) -> frozenset[Part]:
    """Return the parts that stand in most of these different names, and without which the names are still different."""
    sample = names[:: max(1, len(names) // _SAMPLE)]
    if len(sample) < 2:
        return frozenset()
    counts = Counter(part for name in sample for part, _ in _parts(name))
    for share in _SHARES:
        common = frozenset(part for part, count in counts.items() if count >= share * len(sample))
        if len({file_name_forms(name, common)[-1] for name in sample}) == len(sample):
            return common
    return frozenset()


def file_name_forms(name: str, common: frozenset[Part]) -> list[str]:
    """Return a file name in ever shorter forms: whole, without its suffix if that is common, and as `short_forms` shortens it."""
    stem = PurePath(name).stem
    suffix = [part for part, (start, _) in _parts(name) if start >= len(stem)]
    if suffix and common.issuperset(suffix):
        return [name, *short_forms(stem, common)]
    return short_forms(name, common)


def short_forms(text: str, common: frozenset[Part]) -> list[str]:
    """Return a text in ever shorter forms: whole, with "…" for the common parts that it begins with, and with "…" for all common parts."""
    runs = list(_common_runs(text, common))
    if runs == [(0, len(text))]:
        return [text]
    forms = (text, _without(text, [run for run in runs if run[0] == 0]), _without(text, runs))
    return list(dict.fromkeys(forms))


def _parts(text: str) -> Iterator[tuple[Part, tuple[int, int]]]:
    """Yield the parts of a text, each with where it begins and ends."""
    seen: Counter[str] = Counter()
    for found in _PARTS.finditer(text):
        seen[found[0]] += 1
        yield (found[0], seen[found[0]]), found.span()


def _common_runs(text: str, common: frozenset[Part]) -> Iterator[tuple[int, int]]:
    """Yield where neighbouring common parts begin and end, together with the signs around them."""
    groups = [(is_common, [span for _, span in parts]) for is_common, parts in groupby(_parts(text), lambda part: part[0] in common)]
    for place, (is_common, _) in enumerate(groups):
        if is_common:
            start = groups[place - 1][1][-1][1] if place else 0
            yield start, groups[place + 1][1][0][0] if place + 1 < len(groups) else len(text)


def _without(text: str, runs: Sequence[tuple[int, int]]) -> str:
    for start, end in reversed(runs):
        text = f"{text[:start]}…{text[end:]}"
    return text
