"""Reads the label of an image from its name and the folders in its path."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import TypeAlias

from breakhis_desktop.domain.filenames import composed, parse_official_name
from breakhis_desktop.domain.taxonomy import MAGNIFICATIONS, SUBTYPES, Decision, Subtype
from breakhis_desktop.files import printable

_MAGNIFICATION = re.compile(r"(\d{1,4})x", re.ASCII | re.IGNORECASE)
_SEPARATORS = re.compile(r"[\s_-]+")

_Classes: TypeAlias = tuple[Decision, Subtype | None]


@dataclass(frozen=True, slots=True)
class Label:
    """The label of an image.

    Attributes:
        decision: The true class.
        subtype: The true subtype; None if the folders name only the class.
        patient_id: The official slide id, or the folder below the class folder, or the image's own path.
        accession: The digits of an official slide id; else the same as `patient_id`.
        magnification: 40, 100, 200, 400, or 0 if unknown.
        patient_known: Whether the name or a folder gives the patient; if not, the image counts as a separate patient.
    """

    decision: Decision
    subtype: Subtype | None
    patient_id: str
    accession: str
    magnification: int
    patient_known: bool

    @property
    def stratum(self) -> str:
        """The stratum by which folds are balanced: the subtype's code, or the class if the subtype is unknown."""
        return self.subtype.code if self.subtype else self.decision.value


class ContradictoryFoldersError(ValueError):
    """The folders in an image's path name different classes or subtypes."""


def read_label(path: PurePath) -> Label | None:
    """Read a label from an official file name, else from folders named after a subtype or a class.

    Args:
        path: The path of the image, relative to the data folder.

    Returns:
        The label; None if neither the name nor the folders give a class.

    Raises:
        ContradictoryFoldersError: The folders name different classes or subtypes.
    """
    name = parse_official_name(path.name)
    if name is not None:
        return Label(name.subtype.decision, name.subtype, name.patient_id, name.accession, _known(name.magnification), patient_known=True)
    return _label_of_folders(path)


def _label_of_folders(path: PurePath) -> Label | None:
    folders = path.parts[:-1]
    stated = {position: classes for position, folder in enumerate(folders) if (classes := _CLASSES.get(_plain(folder)))}
    if not stated:
        return None
    decision, subtype = _agreed(stated.values())
    patient = next((folder for folder in folders[max(stated) + 1 :] if not _MAGNIFICATION.fullmatch(folder)), None)
    patient_id = printable(composed(patient or path.as_posix()))
    return Label(decision, subtype, patient_id, patient_id, _magnification(folders), patient_known=patient is not None)


def _agreed(stated: Collection[_Classes]) -> _Classes:
    decisions = {decision for decision, _ in stated}
    subtypes = {subtype for _, subtype in stated if subtype}
    if len(decisions) > 1 or len(subtypes) > 1:
        raise ContradictoryFoldersError
    return decisions.pop(), subtypes.pop() if subtypes else None


def _magnification(folders: Sequence[str]) -> int:
    found = [int(match[1]) for folder in folders if (match := _MAGNIFICATION.fullmatch(folder))]
    return _known(found[-1]) if found else 0


def _known(magnification: int) -> int:
    return magnification if magnification in MAGNIFICATIONS else 0


def _plain(folder: str) -> str:
    return _SEPARATORS.sub(" ", folder.casefold()).strip()


def _spellings(subtype: Subtype) -> tuple[str, ...]:
    name = subtype.name.casefold()
    return subtype.code.casefold(), name, name.replace("tumour", "tumor")


_CLASSES: dict[str, _Classes] = {
    **{decision.value: (decision, None) for decision in Decision},
    **{spelling: (subtype.decision, subtype) for subtype in SUBTYPES for spelling in _spellings(subtype)},
}
