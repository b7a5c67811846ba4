"""A run's settings and ledger as text, the same in every output for human readers."""

from collections.abc import Sequence

from breakhis_desktop.domain.decision import Estimate, OperatingPoint
from breakhis_desktop.domain.figure_text import interval_text
from breakhis_desktop.domain.records import Ledger, RunInfo, Status
from breakhis_desktop.files import printable
from breakhis_desktop.quality.gate import GATE_RULE
from breakhis_desktop.reporting.times import local_time
from breakhis_desktop.wording.cards import CardCode
from breakhis_desktop.wording.message import Message

_FURTHER_DOUBTS = "models that disagree, or doubtful scale, tiles or quality"

_EVIDENCE = "on {images:,} images of {accessions:,} accessions, each judged by models that had not seen its patient"

_MEANINGS = {
    Status.DONE: "both models gave their probabilities",
    Status.FAILED: "could not be read",
    Status.REFUSED: "an image, but not one that the models should classify",
    Status.SKIPPED: "not an image, or already in the run",
    Status.CANCELLED: "not analysed, because the run was cancelled",
}


def started_at(run_info: RunInfo) -> str:
    """Return when the run started, to the minute, in the time zone of the machine on which it ran."""
    return local_time(run_info.started)


def fact_lines(run_info: RunInfo) -> list[tuple[str, str]]:
    """Return the name and value of each setting except the inputs, without control characters."""
    lines = [
        ("Run", str(run_info.run_id)),
        ("Started", started_at(run_info)),
        ("Program", f"BreakHis Desktop {run_info.program_version}"),
        ("Model", run_info.model_name),
        ("Model id", run_info.model_id),
        *((f"SHA-256 of {name}", digest) for name, digest in sorted(run_info.file_hashes.items())),
        ("Decided at" if run_info.run_point else "Operating point", _point(run_info.point)),
        ("Sensitivity", _estimate(run_info.point.sensitivity)),
        ("Specificity", _estimate(run_info.point.specificity)),
        ("Measured", _evidence(run_info.point.evidence)),
        *([("Run made at", _point(run_info.run_point))] if run_info.run_point else []),
        ("Needs review", _near(run_info)),
        ("Quality gate", _gate(run_info)),
        ("Patients read by", run_info.identity_rule or "official names"),
    ]
    return [(printable(name), printable(value)) for name, value in lines]


def _near(run_info: RunInfo) -> str:
    low, high = (min(max(edge, 0), 1) for edge in run_info.review_rule.band(run_info.point.threshold))
    return f"a probability between {low:.3f} and {high:.3f}, {_FURTHER_DOUBTS}"


def queued_paths(run_info: RunInfo, at_most: int) -> list[str]:
    """Return up to `at_most` inputs as printable paths and, if there are more, a last line that says how many."""
    shown = [printable(root) for root in run_info.inputs[:at_most]]
    more = len(run_info.inputs) - len(shown)
    return [*shown, f"and {more:,} more"] if more else shown


def ledger_lines(ledger: Ledger) -> Sequence[tuple[str, int, str]]:
    """Return name, count and meaning of each part of the ledger; the counts add up to the number queued."""
    lines = [(status.value, int(getattr(ledger, status)), meaning) for status, meaning in _MEANINGS.items()]
    if ledger.to_go:
        lines.append(("to go", ledger.to_go, "not analysed yet"))
    return lines


def _point(point: OperatingPoint) -> str:
    return f"{point.name}: malignant from a probability of {point.threshold:.3f} upwards"


def _evidence(evidence: Message | None) -> str:
    """Return how an operating point was measured, without the terms of training."""
    if evidence is None:
        return "not measured"
    if evidence.code in {CardCode.CROSS_FITTED, CardCode.TEMPERATURE_CROSS_FITTED}:
        return _EVIDENCE.format(**dict(evidence.values))
    return str(evidence)


def _gate(run_info: RunInfo) -> str:
    if run_info.gate_version is None:
        return f"off, so the run also analysed {GATE_RULE}; each of them is marked"
    limits = "limits from the models' card, or the program's own if the card has none"
    return f"on, version {run_info.gate_version}: refuses {GATE_RULE}; {limits}"


def _estimate(figure: Estimate | None) -> str:
    if figure is None:
        return "not known, since the threshold was chosen by the user"
    return f"{interval_text(figure)} at this threshold, with a 95% interval by a bootstrap over accessions"
