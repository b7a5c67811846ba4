"""The images of a run as columns of numbers, so that a hundred thousand are decided, filtered and sorted at once."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.domain.decision import MODELS_DISAGREE, NEAR_THRESHOLD, OperatingPoint, ReviewRule
from breakhis_desktop.domain.filenames import folded
from breakhis_desktop.domain.records import ImageRecord, Status
from breakhis_desktop.domain.taxonomy import SUBTYPES, Decision, Subtype
from breakhis_desktop.files import printable
from breakhis_desktop.ui.look.words import localised, localised_together
from breakhis_desktop.ui.state.result_filter import Lane, ResultFilter

Mask = NDArray[np.bool_]
Numbers = NDArray[np.float64]

_STATUSES = tuple(Status)
_STATUS_CODES = {status: code for code, status in enumerate(_STATUSES)}
_SUBTYPE_CODES = {subtype.code: code for code, subtype in enumerate(SUBTYPES)}
_SUBTYPE_MALIGNANT = np.array([subtype.decision is Decision.MALIGNANT for subtype in SUBTYPES])
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
    ]
)


class Texts:
    """Texts that repeat, each kept once under a number."""

    def __init__(self) -> None:
        """Begin with the empty text, which is number 0."""
        self.known: dict[str, int] = {"": 0}
        self._sorted: list[str] = []
        self._ranks = np.empty(0)

    def code(self, text: str) -> int:
        """Return a text's number."""
        return self.known.setdefault(text, len(self.known))

    def ranks(self) -> Numbers:
        """Return by number where each text stands in the alphabet; NaN for the empty one."""
        if len(self._sorted) < len(self.known):
            self._sorted.extend(islice(self.known, len(self._sorted), None))
            self._sorted.sort()  # quick, as all but the newest are in order
            self._ranks = np.empty(len(self.known))
            self._ranks[[self.known[text] for text in self._sorted]] = np.arange(len(self.known))
            self._ranks[0] = np.nan
        return self._ranks


class ResultRows:
    """Images in the order in which they ended.

    Attributes:
        records: The images.
        values: One row of numbers for each; `p_malignant` is NaN and `subtype` -1 where there is no prediction.
        malignant: Which are at or above the operating point.
        near: Which lie near it.
        disagree: Of which the two models say different things.
        reviewed: Which a human has looked at.
    """

    def __init__(self) -> None:
        """Begin with no images, a threshold of one half and no rule of review."""
        self.records: list[ImageRecord] = []
        self.values = np.empty(0, _ROW)
        self.malignant = self.near = self.disagree = self.reviewed = np.empty(0, bool)
        self._names, self._patients, self._remarks = Texts(), Texts(), Texts()
        self._searched: list[str] = []
        self._notes: Mapping[int, str] = {}
        self._threshold, self._margin = 0.5, 0.0

    def __len__(self) -> int:
        return len(self.records)

    def add(self, records: Iterable[ImageRecord]) -> None:
        """Append images."""
        added = list(records)
        self.records += added
        self.values = np.concatenate([self.values, np.array([self._values_of(record) for record in added], _ROW)])
        self._searched += self._words_of(np.arange(len(self) - len(added), len(self)))
        self._decide()
        self._look_up_reviews()

    def decide(self, point: OperatingPoint, rule: ReviewRule) -> None:
        """Decide on all images by another operating point."""
        self._threshold, self._margin = point.threshold, rule.margin
        self._decide()

    def review(self, notes: Mapping[int, str]) -> None:
        """Take over which images a human has looked at, by position, and what was noted; a note may be empty."""
        before, self._notes = self._notes, notes
        others = [position for position in before.keys() | notes.keys() if before.get(position) != notes.get(position)]
        changed = np.flatnonzero(np.isin(self.column("position"), others))
        for row, words in zip(changed.tolist(), self._words_of(changed), strict=True):
            self._searched[row] = words
        self._look_up_reviews()

    def column(self, name: str) -> NDArray[Any]:
        """Return one of the columns of numbers."""
        numbers: NDArray[Any] = self.values[name]
        return numbers

    @property
    def judged(self) -> Mask:
        """Which have a prediction."""
        return np.asarray(self.column("subtype") >= 0)

    @property
    def needs_review(self) -> Mask:
        """Which a human should look at."""
        return np.asarray(self.near | self.disagree | (self.judged & (self.column("remark") > 0)))

    def lane(self, lane: Lane) -> Mask:
        """Return which images are in a lane."""
        match lane:
            case Lane.MALIGNANT:
                return self.malignant
            case Lane.BENIGN:
                return np.asarray(self.judged & ~self.malignant)
            case Lane.REVIEW:
                return self.needs_review & ~self.reviewed
        return np.ones(len(self), bool)

    def matching(self, wanted: ResultFilter) -> Mask:
        """Return which images pass a filter, its lane set aside."""
        mask = np.ones(len(self), bool)
        for word in folded(wanted.text).split():
            mask &= np.fromiter((word in text for text in self._searched), bool, len(self))
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

    def in_order(self, key: Numbers, *, descending: bool) -> NDArray[np.intp]:
        """Return all rows by a key of theirs, NaN last either way, and by position where keys are equal."""
        return np.lexsort((self.column("position"), -key if descending else key))

    def subtypes(self) -> list[Subtype]:
        """Return which subtypes occur."""
        return [SUBTYPES[code] for code in self._distinct("subtype") if code >= 0]

    def statuses(self) -> list[Status]:
        """Return which ends of an image occur."""
        return [_STATUSES[code] for code in self._distinct("status")]

    def magnifications(self) -> list[int]:
        """Return which magnifications occur; 0 where that of some images is not known."""
        return self._distinct("magnification")

    def patients(self) -> list[str]:
        """Return which patients occur, in order; an empty text where that of some images is not known."""
        patients = list(self._patients.known)
        return sorted(patients[code] for code in self._distinct("patient"))

    def _distinct(self, name: str) -> list[int]:
        """Return the values of a column of whole numbers, in order; NumPy's way loads masked arrays, and the window would wait."""
        return sorted(set(self.column(name).tolist()))

    def name_key(self) -> Numbers:
        """Return each image's place by the name of its file."""
        return np.asarray(self._names.ranks()[self.column("name")])

    def patient_key(self) -> Numbers:
        """Return each image's place by its patient."""
        return np.asarray(self._patients.ranks()[self.column("patient")])

    def magnification_key(self) -> Numbers:
        """Return each image's magnification."""
        return np.where(self.column("magnification") > 0, self.column("magnification"), np.nan)

    def probability_key(self) -> Numbers:
        """Return each image's probability of malignant."""
        return self.column("p_malignant")

    def decision_key(self) -> Numbers:
        """Return 0 for benign, 1 for malignant."""
        return np.where(self.judged, self.malignant, np.nan)

    def subtype_key(self) -> Numbers:
        """Return each image's place by the name of its subtype."""
        alphabet = sorted(localised(subtype.name) for subtype in SUBTYPES)
        ranks = np.array([*(alphabet.index(localised(subtype.name)) for subtype in SUBTYPES), np.nan])
        return np.asarray(ranks[self.column("subtype")])

    def doubt_key(self) -> Numbers:
        """Return how doubtful each image is: how many kinds of reasons ask for a human, then how near it is to the operating point."""
        reasons = self.near.astype(float) + self.disagree + (self.column("remark") > 0)
        return np.asarray(reasons - np.abs(self.column("p_malignant") - self._threshold))

    def remark_key(self) -> Numbers:
        """Return each image's place by what its last column says; where a human has answered, nothing is asked any more."""
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
        )

    def _words_of(self, rows: NDArray[np.intp]) -> list[str]:
        """Return what a search looks at in some images."""
        texts = [list(known.known) for known in (self._names, self._patients, self._remarks)]
        codes = zip(*(self.column(name)[rows].tolist() for name in ("position", "name", "patient", "remark")), strict=True)
        return [
            folded("\n".join((texts[0][name], texts[1][patient], texts[2][remark], self._notes.get(position, ""))))
            for position, name, patient, remark in codes
        ]

    def _decide(self) -> None:
        p_malignant, judged = self.column("p_malignant"), self.judged
        self.malignant = p_malignant >= self._threshold
        self.near = np.abs(p_malignant - self._threshold) < self._margin
        self.disagree = judged & (_SUBTYPE_MALIGNANT[self.column("subtype")] != self.malignant)

    def _look_up_reviews(self) -> None:
        self.reviewed = np.isin(self.column("position"), list(self._notes))


def _remark(record: ImageRecord) -> str:
    """Return what stands in the last column whatever the operating point: review flags, or why there is no result."""
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
