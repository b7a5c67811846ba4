"""`leaderboard.csv`: one row per recipe and protocol, with every figure and its interval."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

from breakhis_desktop.domain.as_json import as_json
from breakhis_desktop.files import write_atomically
from training.comparison.runs import Absent, Run
from training.experiment.protocols import PROTOCOLS

FACTS = (
    *("recipe", "task", "protocol", "images", "accessions", "random_seed", "minutes", "status"),
    *("protocol_label", "splits", "splits_planned", "epochs", "epochs_planned", "computed_in"),
)
_OF_RUNS = ("random_seed", "minutes", "protocol_label", "splits", "splits_planned", "epochs", "epochs_planned")
_OMITTED_PARTS = frozenset({"by_image", "figures"})
_DIGITS = 4
_JUDGED = ("binary", "subtype", "review")


def write_leaderboard(file: Path, rows: Sequence[Run | Absent]) -> None:
    """Write one row per recipe and protocol.

    Each figure has three columns: NAME, NAME_low and NAME_high. They are empty if the recipe lacks the figure. Binary figures over images
    have plain names, such as `auc`; the names of all others begin with their group, as in `subtype_accuracy` or `by_patient_auc`.
    """
    lines = [_line(row) for row in rows]
    columns = [*FACTS, *dict.fromkeys(name for line in lines for name in line if name not in FACTS)]
    text = StringIO(newline="")
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    write_atomically(file, text.getvalue().encode())


def _line(row: Run | Absent) -> dict[str, Any]:
    line: dict[str, Any] = {"recipe": row.recipe, "task": row.task, "protocol": row.protocol, "status": str(row.status)}
    if isinstance(row, Absent):
        return {**line, "random_seed": row.random_seed, "protocol_label": PROTOCOLS[row.protocol].label}
    behind, figures = row.evidence(row.task), as_json(row.figures)
    line |= {"images": behind.images, "accessions": behind.accessions}
    line |= {name: figures[name] for name in _OF_RUNS}
    line["computed_in"] = row.figures.precision
    for part in _JUDGED:
        line |= _flat(figures.get(part, {}), () if part == "binary" else (part,))
    return line


def _flat(part: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, float | None]:
    return {f"{name}{suffix}": number for name, estimate in _estimates(part, names) for suffix, number in _three(estimate)}


def _estimates(part: Mapping[str, Any], names: tuple[str, ...]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the figures with intervals in nested parts, each with the names of the parts that contain it, joined by underscores."""
    for key, value in part.items():
        if not isinstance(value, Mapping):
            continue
        path = names if key in _OMITTED_PARTS else (*names, key)
        if value.keys() >= {"value", "low", "high"}:
            yield "_".join(path), value
        else:
            yield from _estimates(value, path)


def _three(estimate: Mapping[str, Any]) -> tuple[tuple[str, float | None], ...]:
    return tuple((end, _rounded(estimate[key])) for end, key in (("", "value"), ("_low", "low"), ("_high", "high")))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _DIGITS)
