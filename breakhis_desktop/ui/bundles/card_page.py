"""The card of a model bundle as an HTML page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from breakhis_desktop.assets import resources
from breakhis_desktop.domain.card import GRAPH_FILE, ModelCard
from breakhis_desktop.domain.card_parts import TrainingData
from breakhis_desktop.domain.figures import BinaryFigures, Figures, Recall, SubtypeFigures
from breakhis_desktop.domain.notice import RESEARCH_USE
from breakhis_desktop.domain.taxonomy import SUBTYPES
from breakhis_desktop.files import printable
from breakhis_desktop.templates import templates_in
from breakhis_desktop.ui.look import figures
from breakhis_desktop.ui.look.words import date_of, localised
from breakhis_desktop.ui.results.operating_point_words import evidence_words
from breakhis_desktop.wording.message import Message
from breakhis_desktop.wording.plain_limits import in_plain_words

if TYPE_CHECKING:
    from jinja2 import Template

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Points:
    """Sentences under a title; a section without sentences is omitted."""

    title: str
    sentences: Sequence[str]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under a title, with a head for each column and a note; a section without rows is omitted."""

    title: str
    rows: Sequence[Sequence[str]]
    heads: Sequence[str] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """A file of the bundle with its SHA-256, and a note if this copy of the bundle lacks the file."""

    name: str
    note: str
    digest: str


@dataclass(frozen=True, slots=True)
class Files:
    """The files of the bundle under a title."""

    title: str
    rows: Sequence[File]


@dataclass(frozen=True, slots=True)
class CardPage:
    """The contents of the page in the window's language, in the order of the page's sections."""

    name: str
    made: str
    notice: str
    intended_use: Points
    not_to_be_used_for: Points
    operating_points: Table
    figures: Table
    recalls: Table
    training_data: Points
    gate: Points
    limits: Points
    files: Files


def card_page(card: ModelCard) -> str:
    """Return a card as HTML in the subset that Qt renders, omitting optional parts that the card lacks."""
    lines = _template().render(page=_page(card)).splitlines()
    return "".join(line.strip() for line in lines)


@cache
def _template() -> "Template":
    return templates_in(resources() / "pages", shown=printable).get_template("card_page.html.j2")


def _page(card: ModelCard) -> CardPage:
    return CardPage(
        name=f"{card.name} {card.version}",
        made=_made(card),
        notice=localised(RESEARCH_USE),
        intended_use=_points(translate("CardPage", "Made for"), card.told("intended_use")),
        not_to_be_used_for=_points(translate("CardPage", "Not to be used for"), card.told("not_to_be_used_for")),
        operating_points=_operating_points(card),
        figures=_figures(card),
        recalls=_recalls(card),
        training_data=_data(card.training_data),
        gate=_gate(card),
        limits=_points(translate("CardPage", "Known limits"), [in_plain_words(limit) for limit in card.told("limits")]),
        files=Files(translate("CardPage", "Files, with their SHA-256"), list(_files(card))),
    )


def _made(card: ModelCard) -> str:
    made = translate("CardPage", "made {date} with Keras {keras}").format(date=date_of(card.created), keras=card.keras_version)
    identity = translate("CardPage", "id")
    return f"{made} · {identity} {card.model_id}"


def _points(title: str, sentences: Sequence[Message]) -> Points:
    return Points(title, [localised(sentence) for sentence in sentences])


def _operating_points(card: ModelCard) -> Table:
    heads = [
        translate("CardPage", "Operating point"),
        translate("CardPage", "Malignant from"),
        translate("CardPage", "Sensitivity"),
        translate("CardPage", "Specificity"),
    ]
    rows = [
        (
            localised(name).capitalize(),
            figures.decimal(point.threshold, 3),
            figures.interval(point.sensitivity),
            figures.interval(point.specificity),
        )
        for name, point in card.points.items()
    ]
    evidence = next(iter(card.points.values())).evidence
    return Table(translate("CardPage", "Operating points"), rows, heads, evidence_words(evidence))


def _figures(card: ModelCard) -> Table:
    """Return the figures of both tasks, binary and subtype, side by side; the cell of an unmeasured figure is empty."""
    binary, subtype = card.primary_metrics.binary or BinaryFigures(), card.primary_metrics.subtype or SubtypeFigures()
    groups = (binary.by_image, binary.by_patient, subtype.by_image)
    heads = ["", translate("CardPage", "By image"), translate("CardPage", "By patient"), translate("CardPage", "Subtype, by image")]
    rows = [(words, *(_cell(group, name) for group in groups)) for name, words in _measures().items()]
    known = [row for row in rows if any(row[1:])]
    note = translate("CardPage", "On patients that the models had not seen, with 95% intervals.")
    return Table(translate("CardPage", "How well they performed"), known, heads, note)


def _measures() -> dict[str, str]:
    return {
        "auc": translate("CardPage", "Area under the ROC curve"),
        "sensitivity": translate("CardPage", "Sensitivity"),
        "specificity": translate("CardPage", "Specificity"),
        "accuracy": translate("CardPage", "Accuracy"),
        "macro_recall": translate("CardPage", "Macro recall"),
        "brier_score": translate("CardPage", "Brier score (0 is perfect)"),
    }


def _cell(group: Figures, name: str) -> str:
    return figures.interval(group[name]) if name in group else ""


def _recalls(card: ModelCard) -> Table:
    found = (card.primary_metrics.subtype or SubtypeFigures()).recall
    rows = [
        (localised(subtype.name), figures.interval(recall), _extent(recall))
        for subtype in SUBTYPES
        if (recall := found.get(subtype.code)) and recall.value is not None
    ]
    return Table(translate("CardPage", "Recall of each subtype"), rows)


def _extent(recall: Recall) -> str:
    words = translate("CardPage", "{images} images of {accessions} accessions")
    return words.format(images=figures.count(recall.images), accessions=figures.count(recall.accessions))


def _data(data: TrainingData) -> Points:
    title = translate("CardPage", "Learned from")
    if data == TrainingData():
        return Points(title, [])
    words = translate("CardPage", "{name}: {images} images of {patients} patients and {accessions} accessions.")
    counts = {"images": _count(data.images), "patients": _count(data.patients), "accessions": _count(data.accessions)}
    text = words.format(name="?" if data.name is None else data.name, **counts)
    return Points(title, [text, ", ".join(f"{name}× {figures.count(count)}" for name, count in data.magnifications.items())])


def _gate(card: ModelCard) -> Points:
    own = translate("CardPage", "It uses limits that were set for these models.")
    shared = translate("CardPage", "It uses the program's own limits, because these models set none.")
    return Points(translate("CardPage", "Quality gate"), [own if card.gate_limits else shared])


def _files(card: ModelCard) -> Iterator[File]:
    left_out = translate("CardPage", "left out here; {derived} is used instead").format(derived=GRAPH_FILE)
    for name, digest in card.all_hashes.items():
        yield File(name, left_out if name in card.left_out else "", digest)


def _count(found: int | None) -> str:
    return "?" if found is None else figures.count(found)
