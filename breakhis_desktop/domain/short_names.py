"""Shortens names by the parts that most of them share, so that the parts that tell them apart stay visible."""

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

Part = tuple[int, str]
"""A place in a name, and the word or number there. Places count the words and numbers of that name: 0 is the first, -1 the last."""

_GROWTH = 1.1
"""The common parts are determined again once the number of names has grown by this factor."""
_SAMPLE = 500
_SHARES = (0.65, 0.8, 0.9, 1.0)
"""A part is common if at least a certain share of the names has it: the smallest of these shares with which all short forms still differ.

So a few odd names among many change little.
"""
_PARTS = re.compile(r"([0-9]+|[^\W\d_]+)")
_split = _PARTS.split
"""Splits a text into parts with the separators around them: separator, part, separator, part, and so on; the last is a separator."""
_FIGURES = str.maketrans("123456789", "000000000")
"""Turns all digits to 0, so that names that differ only in the digits of their numbers become the same."""


class CommonParts:
    """The parts that most names have at the same place, counted from the beginning or from the end, since names differ in length."""

    def __init__(self, parts: Iterable[Part] = ()) -> None:
        """Take these parts as common."""
        self.parts = frozenset(parts)
        self.numbers = [(place, text) for place, text in self.parts if text.isdecimal()]
        self._by_length: dict[int, list[frozenset[str]]] = {}

    def among(self, parts: Sequence[str]) -> list[bool]:
        """Return, for each part of a name, whether it is common."""
        length = len(parts)
        if length not in self._by_length:
            places = range(length)
            self._by_length[length] = [frozenset(text for at, text in self.parts if at in {place, place - length}) for place in places]
        return [part in texts for part, texts in zip(parts, self._by_length[length], strict=True)]


class _Alike:
    """Names that differ only in the digits of their numbers. Their short forms differ too, as long as each name has all common numbers.

    Attributes:
        names: The names.
        numbers: For each common number: its place among the parts, its start and end in the name, and its text.
        contested: Whether one of these names may have the same form as a name that is not among them.
    """

    def __init__(self, name: str, common: CommonParts) -> None:
        """Begin without names; `name`, which is added later like the others, shows where the common numbers are."""
        self.names: list[str] = []
        self.contested = False
        self.numbers: list[tuple[int, int, int, str]] = []
        if common.numbers:
            parts = list(_PARTS.finditer(name))
            for place, text in common.numbers:
                if -len(parts) <= place < len(parts) and parts[place][0].isdecimal():
                    self.numbers.append((place, *parts[place].span(), text))

    def add(self, name: str) -> set[int]:
        """Add a name; return the places at which its number is not the common one."""
        self.names.append(name)
        return {place for place, start, end, text in self.numbers if name[start:end] != text} if self.numbers else set()


class ShortNames:
    """A set of names and their short forms; no two names share a form."""

    def __init__(self, *, of_files: bool) -> None:
        """Begin without names.

        Args:
            of_files: Whether these are names of files, whose suffix can be dropped if it is common.
        """
        self._of_files = of_files
        self._names: list[str] = []
        self._compared = 0
        self._common = CommonParts()
        self._varied: set[int] = set()
        self._forget_forms()

    def _forget_forms(self) -> None:
        self._alike: dict[str, _Alike] = {}
        self._owners: dict[str, _Alike] = {}
        self._seen: set[str] = set()
        self._shared: set[str] = set()

    def add(self, names: Sequence[str]) -> bool:
        """Add names that were not added before; return whether the forms of earlier names may have changed."""
        before = self._common, len(self._shared)
        self._names += names
        if len(self._names) < _GROWTH * self._compared or not self.compare():
            self._register(names)
        return before != (self._common, len(self._shared))

    def compare(self) -> bool:
        """Determine the common parts again; return whether they have changed."""
        self._compared = len(self._names)
        return self._take(self._found_common())

    def forms(self, name: str) -> list[str]:
        """Return the forms of a name, from the longest to the shortest, without those that another name shares.

        They are the whole name; the name without its suffix, if the suffix is common; then the same with "…" in place of the common parts
        at the beginning; and last with "…" in place of all common parts.
        """
        return [name, *(form for form in self._forms(name, _split(name), self._common)[1:] if form not in self._shared)]

    def _take(self, parts: frozenset[Part]) -> bool:
        """Take these parts as common; return whether they have changed. If so, determine again which forms several names share."""
        if parts == self._common.parts:
            return False
        self._common = CommonParts(parts)
        self._forget_forms()
        self._register(self._names)
        return True

    def _register(self, names: Iterable[str]) -> None:
        """Determine which forms several names share; if similar names differ in a common number, that number is no longer common."""
        for name in names:
            pattern = name.translate(_FIGURES)
            alike = self._alike.get(pattern) or self._new(pattern, name)
            if varied := alike.add(name):
                self._varied |= varied
                self._take(self._constant(self._common.parts))
                return
            if alike.contested:
                self._note_forms(name)

    def _new(self, pattern: str, name: str) -> _Alike:
        """Return a new set for names like this one; if it may share a form with another set, mark both as contested."""
        alike = self._alike[pattern] = _Alike(name, self._common)
        shorter = self._forms(name, _split(name), self._common)[1:]
        for form in (pattern, *(form.translate(_FIGURES) for form in shorter)):
            owner = self._owners.setdefault(form, alike)
            if owner is not alike:
                alike.contested = True
                if not owner.contested:
                    owner.contested = True
                    for other in owner.names:
                        self._note_forms(other)
        return alike

    def _note_forms(self, name: str) -> None:
        for form in self._forms(name, _split(name), self._common):
            (self._shared if form in self._seen else self._seen).add(form)

    def _found_common(self) -> frozenset[Part]:
        """Return the parts that many names in a sample share; use the smallest of `_SHARES` with which all forms in the sample differ."""
        sample = self._names
        if len(sample) > _SAMPLE:  # random, because every n-th name could be of the same kind if kinds alternate
            sample = random.Random(0).sample(sample, _SAMPLE)  # noqa: S311 (no secret)
        if len(sample) < 2:
            return frozenset()
        splits = [(name, _split(name)) for name in sample]
        counts = Counter(part for _, split in splits for part in _placed(split[1::2]))
        numbers = Counter(place for place, text in counts if text.isdecimal())
        self._varied |= {place for place, different in numbers.items() if different > 1}
        for share in _SHARES:
            parts = self._constant(part for part, count in counts.items() if count >= share * len(sample))
            common = CommonParts(parts)
            if len({self._forms(name, split, common)[-1] for name, split in splits}) == len(sample):
                break
        return parts

    def _constant(self, parts: Iterable[Part]) -> frozenset[Part]:
        """Return the parts except the numbers at places where names have different numbers."""
        return frozenset((place, text) for place, text in parts if place not in self._varied or not text.isdecimal())

    def _forms(self, name: str, split: Sequence[str], common: CommonParts) -> list[str]:
        """Return the forms of a name, whether or not other names share them."""
        are_common = common.among(split[1::2])
        if not any(are_common):
            return [name]
        forms = [name]
        suffix = _suffix_parts(name) if self._of_files and are_common[-1] else 0
        if suffix and all(are_common[-suffix:]):
            before = len(are_common) - suffix
            are_common, split = are_common[:before], [*split[: 2 * before], split[2 * before].rpartition(".")[0]]
            forms.append("".join(split))
        if any(are_common) and not all(are_common):
            leading = sum(1 for _ in takewhile(bool, are_common))
            forms += ["…" + "".join(split[2 * leading + 1 :])] if leading else []
            forms.append(_without(split, are_common))
        return list(dict.fromkeys(forms))


def _placed(parts: Sequence[str]) -> Iterator[Part]:
    """Yield each part of a name twice, with its place counted from the beginning and from the end."""
    for place, text in enumerate(parts):
        yield place, text
        yield place - len(parts), text


def _suffix_parts(name: str) -> int:
    """Return the number of parts in the suffix of a file name."""
    stem, _, suffix = name.rpartition(".")
    return len(_PARTS.findall(suffix)) if stem else 0


def _without(split: Sequence[str], are_common: Sequence[bool]) -> str:
    """Return a name with "…" in place of each series of neighbouring common parts and the separators around it."""
    kept, was_common = [], False
    for place, is_common in enumerate(are_common):
        if is_common:
            kept += [] if was_common else ["…"]
        else:
            kept += ["" if was_common else split[2 * place], split[2 * place + 1]]
        was_common = is_common
    return "".join([*kept, "" if was_common else split[-1]])
