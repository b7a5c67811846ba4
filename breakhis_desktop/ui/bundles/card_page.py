"""The card of a model bundle as a page to read."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from PySide6.QtCore import QCoreApplication

from breakhis_desktop.domain.card import JOINT_FILE, ModelCard
from breakhis_desktop.domain.decision import Estimate
from breakhis_desktop.domain.notice import RESEARCH_USE
from breakhis_desktop.domain.taxonomy import SUBTYPES
from breakhis_desktop.files import printable
from breakhis_desktop.ui.look import figures
from breakhis_desktop.ui.look.words import shown
from breakhis_desktop.wording.message import Message

translate = QCoreApplication.translate
_PROTOCOL = "grouped"
"""The protocol whose figures are shown: no patient is in training and test at once."""


def card_page(card: ModelCard) -> str:
    """Return the page as HTML of the kind that Qt reads; what a card lacks beyond the necessary is left out."""
    parts = (_heading(card), _uses(card), _points(card), _figures(card), _recall(card), _data(card), _limits(card), _hashes(card))
    return "".join(parts)


def _heading(card: ModelCard) -> str:
    made = translate("CardPage", "made {date} with Keras {keras}").format(date=card.created[:10], keras=card.keras_version)
    identity = translate("CardPage", "id")
    return (
        f"<h1>{_plain(card.name)} {_plain(card.version)}</h1>"
        f'<p class="muted">{_plain(made)} · {identity} {card.model_id}</p><p>{_plain(shown(RESEARCH_USE))}</p>'
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
        (shown(name).capitalize(), figures.decimal(point.threshold, 3), _estimate(point.sensitivity), _estimate(point.specificity))
        for name, point in card.points.items()
    ]
    evidence = next(iter(card.points.values())).evidence
    return _section(translate("CardPage", "Operating points"), _table([heads, *rows]) + f'<p class="muted">{_plain(shown(evidence))}</p>')


def _figures(card: ModelCard) -> str:
    """Return the figures of both tasks side by side; where one was not measured, its cell is empty."""
    groups = [
        _at(card.text, "metrics", _PROTOCOL, *keys) for keys in (("binary", "by_image"), ("binary", "by_patient"), ("subtype", "figures"))
    ]
    heads = ["", translate("CardPage", "By image"), translate("CardPage", "By patient"), translate("CardPage", "Subtype, by image")]
    rows = [(words, *(_cell(group, name) for group in groups)) for name, words in _measures().items()]
    known = [row for row in rows if any(row[1:])]
    words = translate("CardPage", "On patients that the models had not seen, with 95 % intervals.")
    return _section(translate("CardPage", "How well they did"), f'<p class="muted">{words}</p>{_table([heads, *known])}') if known else ""


def _measures() -> dict[str, str]:
    return {
        "auc": translate("CardPage", "Area under the ROC curve"),
        "sensitivity": translate("CardPage", "Sensitivity"),
        "specificity": translate("CardPage", "Specificity"),
        "accuracy": translate("CardPage", "Share that was right"),
        "macro_recall": translate("CardPage", "Share found, all subtypes alike"),
        "brier_score": translate("CardPage", "Brier score, 0 being perfect"),
    }


def _cell(group: Mapping[str, Any], name: str) -> str:
    return _interval(group[name]) if _is_figure(group.get(name)) else ""


def _recall(card: ModelCard) -> str:
    found = _at(card.text, "metrics", _PROTOCOL, "subtype", "recall")
    rows = [
        (shown(subtype.name), _interval(found[subtype.code]), _extent(found[subtype.code]))
        for subtype in SUBTYPES
        if _is_figure(found.get(subtype.code))
    ]
    return _section(translate("CardPage", "Share of each subtype that was found"), _table(rows)) if rows else ""


def _extent(figure: Mapping[str, Any]) -> str:
    words = translate("CardPage", "{images} images of {accessions} accessions")
    return words.format(images=_count(figure.get("images")), accessions=_count(figure.get("accessions")))


def _data(card: ModelCard) -> str:
    data = _at(card.text, "training_data")
    if not data:
        return ""
    words = translate("CardPage", "{name}: {images} images of {patients} patients and {accessions} accessions.")
    counts = {name: _count(data.get(name)) for name in ("images", "patients", "accessions")}
    text = words.format(name=data.get("name", "?"), **counts)
    magnifications = ", ".join(f"{name}× {_count(count)}" for name, count in _at(data, "magnifications").items())
    return _section(translate("CardPage", "Learned from"), f"<p>{_plain(text)}<br>{_plain(magnifications)}</p>")


def _limits(card: ModelCard) -> str:
    return _section(translate("CardPage", "Known limits"), _list(card.told("limits")))


def _hashes(card: ModelCard) -> str:
    rows = "".join(
        f"<p><b>{_plain(name)}</b>{_left_out(card, name)}<br><code>{_plain(digest)}</code></p>" for name, digest in card.all_hashes.items()
    )
    return _section(translate("CardPage", "Files, with their SHA-256"), rows)


def _left_out(card: ModelCard, name: str) -> str:
    words = translate("CardPage", "left out here, as {derived} is run in its place").format(derived=JOINT_FILE)
    return f' <span class="muted">· {_plain(words)}</span>' if name in card.left_out else ""


def _at(mapping: Mapping[str, Any], *names: str) -> Mapping[str, Any]:
    """Return what lies at a path of names; nothing where the card has another shape."""
    for name in names:
        found = mapping.get(name)
        if not isinstance(found, Mapping):
            return {}
        mapping = found
    return mapping


def _is_figure(found: object) -> bool:
    return isinstance(found, Mapping) and isinstance(found.get("value"), int | float)


def _count(found: object) -> str:
    return figures.count(found) if isinstance(found, int) else "?"


def _interval(figure: Mapping[str, Any]) -> str:
    low, high = figure.get("low"), figure.get("high")
    if isinstance(low, int | float) and isinstance(high, int | float):
        return figures.interval(figure["value"], low, high)
    return figures.decimal(figure["value"], 2)


def _estimate(figure: Estimate | None) -> str:
    return figures.interval(figure.value, figure.low, figure.high) if figure else ""


def _section(title: str, content: str) -> str:
    return f"<h3>{_plain(title)}</h3>{content}" if content else ""


def _list(items: Sequence[Message]) -> str:
    return f"<ul>{''.join(f'<li>{_plain(shown(item))}</li>' for item in items)}</ul>" if items else ""


def _table(rows: Iterable[Sequence[str]]) -> str:
    lines = ("<tr>" + "".join(f"<td>{_plain(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<table cellpadding="3">{"".join(lines)}</table>'


def _plain(text: str) -> str:
    return escape(printable(text))
