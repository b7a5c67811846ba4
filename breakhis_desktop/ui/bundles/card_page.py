"""The card of a model bundle as an HTML page."""

from collections.abc import Iterable, Sequence
from html import escape

from PySide6.QtCore import QCoreApplication

from breakhis_desktop.domain.card import GRAPH_FILE, ModelCard
from breakhis_desktop.domain.card_parts import TrainingData
from breakhis_desktop.domain.decision import Estimate
from breakhis_desktop.domain.figures import BinaryFigures, Figure, Figures, Recall, SubtypeFigures
from breakhis_desktop.domain.notice import RESEARCH_USE
from breakhis_desktop.domain.taxonomy import SUBTYPES
from breakhis_desktop.files import printable
from breakhis_desktop.ui.look import figures
from breakhis_desktop.ui.look.words import localised
from breakhis_desktop.wording.message import Message

translate = QCoreApplication.translate


def card_page(card: ModelCard) -> str:
    """Return a card as HTML in the subset that Qt renders, omitting optional parts that the card lacks."""
    sections = (_heading, _uses, _points, _figures, _recall, _data, _gate, _limits, _hashes)
    return "".join(section(card) for section in sections)


def _heading(card: ModelCard) -> str:
    made = translate("CardPage", "made {date} with Keras {keras}").format(date=card.created[:10], keras=card.keras_version)
    identity = translate("CardPage", "id")
    return (
        f"<h1>{_plain(card.name)} {_plain(card.version)}</h1>"
        f'<p class="muted">{_plain(made)} · {identity} {card.model_id}</p><p>{_plain(localised(RESEARCH_USE))}</p>'
    )


def _uses(card: ModelCard) -> str:
    meant, barred = card.told("intended_use"), card.told("not_to_be_used_for")
    return _section(translate("CardPage", "Made for"), _list(meant)) + _section(translate("CardPage", "Not to be used for"), _list(barred))


def _points(card: ModelCard) -> str:
    heads = [
        translate("CardPage", "Operating point"),
        translate("CardPage", "Malignant from"),
        translate("CardPage", "Sensitivity"),
        translate("CardPage", "Specificity"),
    ]
    rows = [
        (localised(name).capitalize(), figures.decimal(point.threshold, 3), _estimate(point.sensitivity), _estimate(point.specificity))
        for name, point in card.points.items()
    ]
    evidence = next(iter(card.points.values())).evidence
    return _section(
        translate("CardPage", "Operating points"), _table([heads, *rows]) + f'<p class="muted">{_plain(localised(evidence))}</p>'
    )


def _figures(card: ModelCard) -> str:
    """Return the figures of both tasks side by side; the cell of a figure that was not measured is empty."""
    binary, subtype = card.primary_metrics.binary or BinaryFigures(), card.primary_metrics.subtype or SubtypeFigures()
    groups = (binary.by_image, binary.by_patient, subtype.by_image)
    heads = ["", translate("CardPage", "By image"), translate("CardPage", "By patient"), translate("CardPage", "Subtype, by image")]
    rows = [(words, *(_cell(group, name) for group in groups)) for name, words in _measures().items()]
    known = [row for row in rows if any(row[1:])]
    words = translate("CardPage", "On patients that the models had not seen, with 95 % intervals.")
    return (
        _section(translate("CardPage", "How well they performed"), f'<p class="muted">{words}</p>{_table([heads, *known])}')
        if known
        else ""
    )


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
    return _interval(group[name]) if name in group else ""


def _recall(card: ModelCard) -> str:
    found = (card.primary_metrics.subtype or SubtypeFigures()).recall
    rows = [
        (localised(subtype.name), _interval(recall.figure), _extent(recall))
        for subtype in SUBTYPES
        if (recall := found.get(subtype.code)) and recall.value is not None
    ]
    return _section(translate("CardPage", "Recall of each subtype"), _table(rows)) if rows else ""


def _extent(recall: Recall) -> str:
    words = translate("CardPage", "{images} images of {accessions} accessions")
    return words.format(images=figures.count(recall.images), accessions=figures.count(recall.accessions))


def _data(card: ModelCard) -> str:
    data = card.training_data
    if data == TrainingData():
        return ""
    words = translate("CardPage", "{name}: {images} images of {patients} patients and {accessions} accessions.")
    counts = {"images": _count(data.images), "patients": _count(data.patients), "accessions": _count(data.accessions)}
    text = words.format(name="?" if data.name is None else data.name, **counts)
    magnifications = ", ".join(f"{name}× {figures.count(count)}" for name, count in data.magnifications.items())
    return _section(translate("CardPage", "Learned from"), f"<p>{_plain(text)}<br>{_plain(magnifications)}</p>")


def _gate(card: ModelCard) -> str:
    own = translate("CardPage", "By limits that were drawn for these models.")
    shared = translate("CardPage", "By the program's own limits, since these models name none.")
    return _section(translate("CardPage", "Quality gate"), f"<p>{_plain(own if card.gate_limits else shared)}</p>")


def _limits(card: ModelCard) -> str:
    return _section(translate("CardPage", "Known limits"), _list(card.told("limits")))


def _hashes(card: ModelCard) -> str:
    rows = "".join(
        f"<p><b>{_plain(name)}</b>{_left_out(card, name)}<br><code>{_plain(digest)}</code></p>" for name, digest in card.all_hashes.items()
    )
    return _section(translate("CardPage", "Files, with their SHA-256"), rows)


def _left_out(card: ModelCard, name: str) -> str:
    words = translate("CardPage", "left out here; {derived} is used instead").format(derived=GRAPH_FILE)
    return f' <span class="muted">· {_plain(words)}</span>' if name in card.left_out else ""


def _count(found: int | None) -> str:
    return "?" if found is None else figures.count(found)


def _interval(figure: Figure) -> str:
    if figure.estimate:
        return _estimate(figure.estimate)
    return "" if figure.value is None else figures.decimal(figure.value, 2)


def _estimate(figure: Estimate | None) -> str:
    return figures.interval(figure.value, figure.low, figure.high) if figure else ""


def _section(title: str, content: str) -> str:
    return f"<h3>{_plain(title)}</h3>{content}" if content else ""


def _list(items: Sequence[Message]) -> str:
    return f"<ul>{''.join(f'<li>{_plain(localised(item))}</li>' for item in items)}</ul>" if items else ""


def _table(rows: Iterable[Sequence[str]]) -> str:
    lines = ("<tr>" + "".join(f"<td>{_plain(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<table cellpadding="3">{"".join(lines)}</table>'


def _plain(text: str) -> str:
    return escape(printable(text))
