"""A run's facts and ledger in words, the same in every output that people read."""

from collections.abc import Sequence
from datetime import datetime

from breakhis_desktop.domain.decision import Estimate, OperatingPoint
from breakhis_desktop.domain.records import Ledger, RunFacts, Status
from breakhis_desktop.files import printable
from breakhis_desktop.quality.gate import GATE_RULE

_FURTHER_DOUBTS = "the two models disagree, or scale, tiles or quality are in doubt"

_MEANINGS = {
    Status.DONE: "both models gave their probabilities",
    Status.FAILED: "could not be read",
    Status.REFUSED: "readable, but not to be judged",
    Status.SKIPPED: "not an image, or already in the run",
    Status.CANCELLED: "not looked at, since the run was cancelled",
}


def started_at(facts: RunFacts) -> str:
    """Return when the run began, to the minute, with its offset from UTC."""
    return datetime.fromisoformat(facts.started).isoformat(sep=" ", timespec="minutes")


def fact_lines(facts: RunFacts) -> list[tuple[str, str]]:
    """Return name and value of each fact but the queued paths, as text without control characters."""
    lines = [
        ("Run", str(facts.run_id)),
        ("Started", started_at(facts)),
        ("Program", f"BreakHis Desktop {facts.program_version}"),
        ("Model", facts.model_name),
        ("Model id", facts.model_id),
        *((f"SHA-256 of {name}", digest) for name, digest in sorted(facts.file_hashes.items())),
        ("Decided at" if facts.made_at else "Operating point", _point(facts.point)),
        ("Sensitivity", _estimate(facts.point.sensitivity)),
        ("Specificity", _estimate(facts.point.specificity)),
        ("Measured", str(facts.point.evidence or "not measured")),
        *([("Run made at", _point(facts.made_at))] if facts.made_at else []),
        ("Needs review", f"less than {facts.review_rule.margin:.3f} from the operating point, {_FURTHER_DOUBTS}"),
        ("Quality gate", _gate(facts)),
        ("Patients read by", facts.identity_rule or "official names"),
    ]
    return [(printable(name), printable(value)) for name, value in lines]


def queued_paths(facts: RunFacts, at_most: int) -> list[str]:
    """Return what was queued as printable paths, with a last line that counts those beyond `at_most`."""
    shown = [printable(root) for root in facts.roots[:at_most]]
    more = len(facts.roots) - len(shown)
    return [*shown, f"and {more:,} more"] if more else shown


def ledger_lines(ledger: Ledger) -> Sequence[tuple[str, int, str]]:
    """Return word, count and meaning of each part of the ledger; the counts sum to the number queued."""
    lines = [(status.value, int(getattr(ledger, status)), meaning) for status, meaning in _MEANINGS.items()]
    if ledger.to_go:
        lines.append(("to go", ledger.to_go, "not looked at yet"))
    return lines


def _point(point: OperatingPoint) -> str:
    return f"{point.name}: malignant from a probability of {point.threshold:.3f} upwards"


def _gate(facts: RunFacts) -> str:
    if not facts.gate:
        return f"off: judged were also {GATE_RULE}; each says so"
    return f"on, version {facts.gate}: declines {GATE_RULE}; by the limits of the models' card, or the program's where it has none"


def _estimate(figure: Estimate | None) -> str:
    if figure is None:
        return "not known, since the threshold was chosen by the user"
    interval = f"[{figure.low:.2f}, {figure.high:.2f}]"
    return f"{figure.value:.2f} {interval} at this threshold, with a 95 % interval by a bootstrap over accessions"
