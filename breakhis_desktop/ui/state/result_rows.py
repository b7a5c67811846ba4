"""The images of a run as NumPy columns, so that decisions, filters and sorting are fast for a hundred thousand images."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.domain.decision import MODELS_DISAGREE, NEAR_THRESHOLD, OperatingPoint, ReviewRule
from breakhis_desktop.domain.filenames import folded
from breakhis_desktop.domain.natural_order import natural_key
from breakhis_desktop.domain.records import ImageRecord, Status
from breakhis_desktop.domain.taxonomy import SUBTYPES, Decision, Subtype
from breakhis_desktop.files import printable
from breakhis_desktop.ui.look.words import localised, localised_together
from breakhis_desktop.ui.state.result_filter import Lane, ResultFilter
from breakhis_desktop.ui.state.search import readings
from breakhis_desktop.ui.state.shown_names import ShownNames

Mask = NDArray[np.bool_]
Numbers = NDArray[np.float64]

_STATUSES = tuple(Status)
_STATUS_CODES = {status: code for code, status in enumerate(_STATUSES)}
_SUBTYPE_CODES = {subtype.code: code for code, subtype in enumerate(SUBTYPES)}
_SUBTYPE_MALIGNANT = np.array([subtype.decision is Decision.MALIGNANT for subtype in SUBTYPES])
_LONGEST = 12
"""Number of longest texts to remember, large enough that the text with the greatest width in pixels is among them."""
_ROW = np.dtype(
    [
        ("position", np.int64),
        ("p_malignant", np.float64),
        ("subtype", np.int8),
        ("status", np.int8),
        ("magnification", np.int32),
        ("name", np.int32),
        ("patient", np.int32),
        ("remark", np.int32),
        ("folder", np.int32),
    ]
)


class Texts:
    """Repeated texts, each stored once under a number."""

    def __init__(self) -> None:
        """Begin with the empty text as number 0."""
        self.known: dict[str, int] = {"": 0}
        self._keys: list[tuple[str, int]] = []
        self._ranks = np.array([np.nan])
        self._longest: list[str] = []

    def code(self, text: str) -> int:
        """Return the number of a text, adding it if it is new."""
        code = self.known.get(text)
        if code is None:
            code = self.known[text] = len(self.known)
            self._keys.append((natural_key(text), code))  # computed as images arrive, so that sorting does not have to compute all keys
            self._note_length(text)
        return code

    @property
    def longest(self) -> tuple[str, ...]:
        """The longest texts, from which a view derives the width that all texts need."""
        return tuple(self._longest)

    def __len__(self) -> int:
        return len(self.known) - 1

    def all(self) -> list[str]:
        """Return all texts but the empty one, in the order of their numbers."""
        return list(self.known)[1:]

    def _note_length(self, text: str) -> None:
        if len(self._longest) < _LONGEST or len(text) > len(self._longest[-1]):
            self._longest = sorted([*self._longest, text], key=len, reverse=True)[:_LONGEST]

    def ranks(self) -> Numbers:
        """Return the rank of each text in natural order, indexed by its number; NaN for the empty text."""
        if len(self._ranks) < len(self.known):
            self._keys.sort()  # fast, because all but the newest are already sorted
            self._ranks = np.full(len(self.known), np.nan)
            self._ranks[[code for _, code in self._keys]] = np.arange(len(self._keys))
        return self._ranks


class ResultRows:
    """Images in the order in which they finished.

    Attributes:
        records: The records of the images.
        values: One row of numbers per image; without a prediction, `p_malignant` is NaN and `subtype` is -1.
        malignant: Mask of images at or above the threshold.
        near: Mask of images near the threshold, as the review rule defines it.
        disagree: Mask of images on which the two models disagree.
        reviewed: Mask of images with a review in force.
        shown_names: How the names of the images are shown.
    """

    def __init__(self) -> None:
        """Begin with no images, a threshold of 0.5 and no review margin."""
        self.records: list[ImageRecord] = []
        self.values = np.empty(0, _ROW)
        self.malignant = self.near = self.disagree = self.reviewed = np.empty(0, bool)
        self._names, self._patients, self._remarks = Texts(), Texts(), Texts()
        self.shown_names = ShownNames()
        self._searched: list[str] = []
        self._searched_folders: tuple[Sequence[str], list[str]] = ((), [])
        self._notes: Mapping[int, str] = {}
        self._threshold, self._band = 0.5, (0.5, 0.5)

    def __len__(self) -> int:
        return len(self.records)

    def add(self, records: Iterable[ImageRecord]) -> bool:
        """Append images; return whether the names of earlier images may have to be shown differently from now on."""
        added = list(records)
        names_change = self.shown_names.add(added)
        self.records += added
        self.values = np.concatenate([self.values, np.array([self._values_of(record) for record in added], _ROW)])
        self._searched += self._words_of(np.arange(len(self) - len(added), len(self)))
        self._decide()
        self._look_up_reviews()
        return names_change

    def identify(self, records: Iterable[ImageRecord]) -> None:
        """Replace the records with records of the same images whose patients and magnifications another rule has read."""
        self.records = list(records)
        self.values["patient"] = [self._patients.code(record.patient_id) for record in self.records]
        self.values["magnification"] = [record.magnification or 0 for record in self.records]
        self._searched = self._words_of(np.arange(len(self)))

    def decide(self, point: OperatingPoint, rule: ReviewRule) -> None:
        """Decide on all images at another operating point."""
        self._threshold, self._band = point.threshold, rule.band(point.threshold)
        self._decide()

    def review(self, notes: Mapping[int, str]) -> None:
        """Set the texts of the reviews, keyed by position; every image with a key counts as reviewed, even if its text is empty."""
        before, self._notes = self._notes, notes
        others = [position for position in before.keys() | notes.keys() if before.get(position) != notes.get(position)]
        changed = np.flatnonzero(np.isin(self.column("position"), others))
        for row, words in zip(changed.tolist(), self._words_of(changed), strict=True):
            self._searched[row] = words
        self._look_up_reviews()

    def column(self, name: str) -> NDArray[Any]:
        """Return a column of `values`."""
        numbers: NDArray[Any] = self.values[name]
        return numbers

    @property
    def judged(self) -> Mask:
        """Mask of images with a prediction."""
        return np.asarray(self.column("subtype") >= 0)

    @property
    def needs_review(self) -> Mask:
        """Mask of images that need a review, whether or not they have one."""
        return np.asarray(self.near | self.disagree | (self.judged & (self.column("remark") > 0)))

    def lane(self, lane: Lane) -> Mask:
        """Return the mask of images in a lane."""
        match lane:
            case Lane.MALIGNANT:
                return self.malignant
            case Lane.BENIGN:
                return np.asarray(self.judged & ~self.malignant)
            case Lane.REVIEW:
                return self.needs_review & ~self.reviewed
            case Lane.FAILED:
                return np.asarray(self.column("status") == _STATUS_CODES[Status.FAILED])
            case Lane.REFUSED:
                return np.asarray(self.column("status") == _STATUS_CODES[Status.REFUSED])
        return np.ones(len(self), bool)

    def matching(self, wanted: ResultFilter) -> Mask:
        """Return the mask of images that pass a filter, ignoring its lane."""
        mask = self._found(wanted.text)
        if wanted.subtypes:
            mask &= np.isin(self.column("subtype"), [_SUBTYPE_CODES[subtype.code] for subtype in wanted.subtypes])
        if wanted.statuses:
            mask &= np.isin(self.column("status"), [_STATUS_CODES[status] for status in wanted.statuses])
        if wanted.magnifications:
            mask &= np.isin(self.column("magnification"), list(wanted.magnifications))
        if wanted.patients:
            mask &= np.isin(self.column("patient"), [self._patients.known.get(patient, -1) for patient in wanted.patients])
        if wanted.reviewed is not None:
            mask &= self.reviewed == wanted.reviewed
        return mask

    def _found(self, text: str) -> Mask:
        """Return the mask of images that a search finds."""
        mask = np.ones(len(self), bool)
        for tests in readings(text):
            mask = np.ones(len(self), bool)
            for test in tests:
                in_folder = np.fromiter((bool(test(folder)) for folder in self._folders_to_search()), bool)
                mask &= np.fromiter((bool(test(text)) for text in self._searched), bool, len(self)) | in_folder[self.column("folder")]
            if mask.any():
                break
        return mask

    def in_order(self, key: Numbers, *, descending: bool) -> NDArray[np.intp]:
        """Return the indices of all rows sorted by a key; NaN comes last in either direction, and position breaks ties."""
        return np.lexsort((self.column("position"), -key if descending else key))

    def subtypes(self) -> list[Subtype]:
        """Return the subtypes that occur."""
        return [SUBTYPES[code] for code in self._distinct("subtype") if code >= 0]

    def statuses(self) -> list[Status]:
        """Return the statuses that occur."""
        return [_STATUSES[code] for code in self._distinct("status")]

    def magnifications(self) -> list[int]:
        """Return the magnifications that occur, sorted; 0 is among them if some are unknown."""
        return self._distinct("magnification")

    def patients(self) -> list[str]:
        """Return the patients that occur, in natural order; an empty text is among them if some are unknown."""
        patients = list(self._patients.known)
        return sorted((patients[code] for code in self._distinct("patient")), key=natural_key)

    @property
    def has_patients(self) -> bool:
        """Whether the patient of any image is known."""
        return bool(self.column("patient").any())

    @property
    def has_magnifications(self) -> bool:
        """Whether the magnification of any image is known."""
        return bool(self.column("magnification").any())

    @property
    def shows_folders(self) -> bool:
        """Whether to show folders: some names repeat, and some folder is not named after a patient."""
        known = list(self._patients.known)
        return self.shown_names.repeat and not {known[code] for code in self._distinct("patient")}.issuperset(self.shown_names.folders)

    @property
    def longest_names(self) -> tuple[str, ...]:
        """The longest names of the images."""
        return self._names.longest

    @property
    def longest_patients(self) -> tuple[str, ...]:
        """The longest names of patients."""
        return self._patients.longest

    def _distinct(self, name: str) -> list[int]:
        """Return the distinct integers of a column, sorted; `np.unique` would import masked arrays and stall the window."""
        return sorted(set(self.column(name).tolist()))

    def name_key(self) -> Numbers:
        """Return the rank of each image by file name."""
        return np.asarray(self._names.ranks()[self.column("name")])

    def patient_key(self) -> Numbers:
        """Return the rank of each image by patient."""
        return np.asarray(self._patients.ranks()[self.column("patient")])

    def magnification_key(self) -> Numbers:
        """Return the magnification of each image; NaN if unknown."""
        return np.where(self.column("magnification") > 0, self.column("magnification"), np.nan)

    def probability_key(self) -> Numbers:
        """Return the probability of malignancy of each image; NaN without a prediction."""
        return self.column("p_malignant")

    def decision_key(self) -> Numbers:
        """Return 0 for each benign image, 1 for each malignant image, and NaN for each image without a prediction."""
        return np.where(self.judged, self.malignant, np.nan)

    def subtype_key(self) -> Numbers:
        """Return the rank of each image by the displayed name of its subtype; NaN without a prediction."""
        alphabet = sorted(localised(subtype.name) for subtype in SUBTYPES)
        ranks = np.array([*(alphabet.index(localised(subtype.name)) for subtype in SUBTYPES), np.nan])
        return np.asarray(ranks[self.column("subtype")])

    def doubt_key(self) -> Numbers:
        """Return the doubt about each image: first by the number of kinds of review reasons, then by nearness to the threshold."""
        reasons = self.near.astype(float) + self.disagree + (self.column("remark") > 0)
        return np.asarray(reasons - np.abs(self.column("p_malignant") - self._threshold))

    def remark_key(self) -> Numbers:
        """Return the rank of each image's text in the review column; NaN for reviewed images, which need no further review."""
        codes = 4 * self.column("remark") + 2 * self.near + self.disagree
        kinds, kind = np.unique(codes, return_inverse=True)
        texts, remarks = Texts(), list(self._remarks.known)
        numbers = [texts.code(", ".join(_reasons(code, remarks[code // 4]))) for code in kinds.tolist()]
        return np.where(self.reviewed, np.nan, texts.ranks()[np.array(numbers, int)[kind]])

    def _values_of(self, record: ImageRecord) -> tuple[object, ...]:
        prediction = record.prediction
        return (
            record.position,
            prediction.p_malignant if prediction else np.nan,
            _SUBTYPE_CODES[prediction.subtype.code] if prediction else -1,
            _STATUS_CODES[record.status],
            record.magnification or 0,
            self._names.code(printable(record.path.name)),
            self._patients.code(record.patient_id),
            self._remarks.code(_remark(record)),
            self.shown_names.folder_number(record.path),
        )

    def _words_of(self, rows: NDArray[np.intp]) -> list[str]:
        """Return the searchable text of each of these rows, without the folder."""
        texts = [list(known.known) for known in (self._names, self._patients, self._remarks)]
        codes = zip(*(self.column(name)[rows].tolist() for name in ("position", "name", "patient", "remark")), strict=True)
        return [
            folded("\n".join((texts[0][name], texts[1][patient], texts[2][remark], self._notes.get(position, ""))))
            for position, name, patient, remark in codes
        ]

    def _folders_to_search(self) -> list[str]:
        """Return the searchable text of each folder, indexed by number; the texts are rebuilt only if folders are now shown differently."""
        shown = self.shown_names.folders_by_number
        before, searched = self._searched_folders
        if shown is not before:
            searched = []
        searched += map(folded, shown[len(searched) :])
        self._searched_folders = shown, searched
        return searched

    def _decide(self) -> None:
        p_malignant, judged = self.column("p_malignant"), self.judged
        self.malignant = p_malignant >= self._threshold
        low, high = self._band
        self.near = (low < p_malignant) & (p_malignant < high)
        self.disagree = judged & (_SUBTYPE_MALIGNANT[self.column("subtype")] != self.malignant)

    def _look_up_reviews(self) -> None:
        self.reviewed = np.isin(self.column("position"), list(self._notes))


def _remark(record: ImageRecord) -> str:
    """Return the part of the review column that does not depend on the operating point: review flags, or why there is no result."""
    if record.prediction is None:
        return localised(record.reason)
    return localised_together(record.lasting_review_flags)


def _reasons(code: int, remark: str) -> Iterator[str]:
    if code & 2:
        yield localised(NEAR_THRESHOLD)
    if code & 1:
        yield localised(MODELS_DISAGREE)
    if remark:
        yield remark
