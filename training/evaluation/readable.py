"""Figures as a table for people, on a terminal."""

from collections.abc import Mapping
from typing import Any

from training.evaluation.evidence import Figures


def readable(figures: Figures) -> str:
    """Write the figures of `evaluate` as lines."""
    title = f"{figures['recipe']}, protocol {figures['protocol_label']}: {figures['images']} images, {figures['accessions']} accessions"
    lines = [title, *(f"temperature of {task}: {_number(value)}" for task, value in figures["temperature"].items())]
    for name, part in _sections(figures).items():
        lines += ["", name, *(_line(figure, value) for figure, value in part.items())]
    return "\n".join(lines)


def _sections(figures: Figures) -> dict[str, Mapping[str, Any]]:
    binary = _binary_sections(figures) if "binary" in figures else {}
    return {**binary, **(_subtype_sections(figures["subtype"]) if "subtype" in figures else {})}


def _binary_sections(figures: Figures) -> dict[str, Mapping[str, Any]]:
    binary, review = figures["binary"], figures["review"]
    return {
        f"binary, by image{_noted(binary)}": binary["by_image"],
        "binary, raw probability from .5": {name: value for name, value in binary["at_half"].items() if name != "confusion"},
        **{f"binary, {one}X, {_behind(part)}": part["figures"] for one, part in binary["by_magnification"].items()},
        f"binary, by patient, {binary['patients']} patients": binary["by_patient"],
        **{f"binary, by patient, {name}": figures for name, figures in binary["patient_rules"].items()},
        **{f"operating point {name}": point for name, point in figures["operating_points"].items()},
        f"review {review['rule']}": review["figures"],
    }


def _subtype_sections(subtype: Figures) -> dict[str, Mapping[str, Any]]:
    return {
        f"subtype, {_behind(subtype)}": subtype["figures"],
        "subtype, recall": subtype["recall"],
        **{f"subtype, {one}X, {_behind(part)}": part["figures"] for one, part in subtype["by_magnification"].items()},
    }


def _line(name: str, value: Any) -> str:
    if not isinstance(value, Mapping):
        return f"  {name:32} {value if isinstance(value, str) else _number(value)}"
    if value["value"] is None:
        return f"  {name:32} not defined on these images"
    interval = f"  {name:32} {_number(value['value'])} [{_number(value['low'])}, {_number(value['high'])}]"
    return f"{interval}  {_behind(value)}" if "images" in value else interval


def _behind(part: Mapping[str, Any]) -> str:
    return f"{part['images']} images, {part['accessions']} accessions{_noted(part)}"


def _noted(part: Mapping[str, Any]) -> str:
    return f"; {part['note']}" if "note" in part else ""


def _number(value: float | None) -> str:
    return "none" if value is None else f"{value:.3f}"
