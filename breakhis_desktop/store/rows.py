"""Between records and the rows of the tables."""

import dataclasses
import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.domain.decision import Estimate, OperatingPoint, Prediction, ReviewRule
from breakhis_desktop.domain.identity import UNREAD, Identity
from breakhis_desktop.domain.records import ImageRecord, PendingImage, RunFacts, Status
from breakhis_desktop.domain.taxonomy import SUBTYPE_CODES

HeatMaps = NDArray[np.float32]
"""What each part of an image adds to a logit, 2 x rows x columns: of malignant, and of the favoured subtype."""

_RUN_COLUMNS = (
    "started, roots, model_name, model_id, file_hashes, operating_point, review_margin, program_version, gate, root_inodes, identity_rule"
)
_IMAGE_COLUMNS = (
    *("status", "reason", "sha256", "width", "height", "gate_override", "distance", "tiles", "doubts", "engine", "reused_from"),
    *("p_malignant", *(f"p_{code}" for code in SUBTYPE_CODES)),
)

INSERT_RUN = f"INSERT INTO run ({_RUN_COLUMNS}) VALUES ({', '.join('?' * 11)})"  # nosec B608 # names of columns, none from outside
SELECT_RUN = f"SELECT id, {_RUN_COLUMNS} FROM run"  # nosec B608 # the same
SELECT_UNFINISHED_RUNS = f"{SELECT_RUN} WHERE id IN (SELECT run_id FROM image WHERE status IS NULL) ORDER BY id DESC"  # nosec B608 # the same
SELECT_IMAGE = f"SELECT position, path, patient_id, magnification, {', '.join(_IMAGE_COLUMNS)} FROM image"  # nosec B608 # the same
SELECT_EARLIER = f"""
SELECT run_id, {SELECT_IMAGE.removeprefix("SELECT ")} JOIN run ON run.id = run_id
WHERE sha256 = ? AND width IS NOT NULL AND reused_from IS NULL AND run_id < ?
    AND (status = 'refused' AND engine = '' OR status IN ('done', 'refused') AND engine = ?)
    AND model_id = ? AND file_hashes = ? AND gate = ? AND program_version = ?
ORDER BY run_id DESC, position DESC
"""  # nosec B608 # the same
INSERT_PENDING = "INSERT INTO image (run_id, position, path, patient_id, magnification) VALUES (?, ?, ?, ?, ?)"
SELECT_PENDING = """
SELECT position, path, patient_id, magnification FROM image WHERE run_id = ? AND (status IS NULL OR status = ?) ORDER BY position
"""
UPDATE_IMAGE = f"UPDATE image SET {', '.join(f'{column} = ?' for column in _IMAGE_COLUMNS)} WHERE run_id = ? AND position = ?"  # nosec B608 # the same
COUNTS = {
    "runs": "SELECT COUNT(*) FROM run",
    "images": "SELECT COUNT(*) FROM image",
    "reviews": "SELECT COUNT(*) FROM review",
    "queued jobs": "SELECT COUNT(*) FROM job",
}


def roots_text(roots: Sequence[Path]) -> str:
    """Return what a user queued as ASCII text; bytes that are no UTF-8 survive as lone surrogates in JSON escapes."""
    return json.dumps([str(root) for root in roots])


def run_row(facts: RunFacts) -> tuple[Any, ...]:
    """Return a run's columns in the order of `INSERT_RUN`."""
    return (
        facts.started,
        roots_text(facts.roots),
        facts.model_name,
        facts.model_id,
        json.dumps(facts.file_hashes),
        json.dumps(dataclasses.asdict(facts.point)),
        facts.review_rule.margin,
        facts.program_version,
        facts.gate,
        json.dumps(facts.root_inodes),
        facts.identity_rule,
    )


def facts_of(row: Sequence[Any]) -> RunFacts:
    """Return the run of a row of `SELECT_RUN`."""
    run_id, started, roots, model_name, model_id, file_hashes, point, margin, program_version, gate, inodes, identity_rule = row
    return RunFacts(
        run_id=run_id,
        started=started,
        roots=tuple(map(Path, json.loads(roots))),
        model_name=model_name,
        model_id=model_id,
        file_hashes=json.loads(file_hashes),
        point=_point_of(json.loads(point)),
        review_rule=ReviewRule(margin),
        program_version=program_version,
        gate=gate,
        root_inodes=tuple(json.loads(inodes)),
        identity_rule=identity_rule,
    )


def earlier_conditions(run: RunFacts, engine: str) -> tuple[Any, ...]:
    """Return what `SELECT_EARLIER` asks for after a file's hash."""
    return (run.run_id, engine, run.model_id, json.dumps(run.file_hashes), run.gate, run.program_version)


def _point_of(point: dict[str, Any]) -> OperatingPoint:
    estimates = {name: Estimate(**point[name]) if point[name] else None for name in ("sensitivity", "specificity")}
    return OperatingPoint(point["name"], point["threshold"], **estimates, evidence=point["evidence"])


def pending_rows(run_id: int, files: Sequence[Path], identities: Sequence[Identity]) -> Iterator[tuple[Any, ...]]:
    """Return the columns of `INSERT_PENDING` for each file, by position; without identities nothing was read of any."""
    for position, (file, found) in enumerate(zip(files, identities or [UNREAD] * len(files), strict=True)):
        yield (run_id, position, os.fsencode(file), found.patient_id, found.magnification)


def pending_of(row: Sequence[Any]) -> PendingImage:
    """Return the image of a row of `SELECT_PENDING`."""
    position, path, patient_id, magnification = row
    return PendingImage(position, Path(os.fsdecode(path)), Identity(patient_id, magnification))


def image_row(run_id: int, record: ImageRecord) -> tuple[Any, ...]:
    """Return an image's columns in the order of `UPDATE_IMAGE`."""
    width, height = record.size or (None, None)
    prediction = record.prediction
    probabilities = (prediction.p_malignant, *prediction.p_subtypes) if prediction else (None,) * (1 + len(SUBTYPE_CODES))
    facts = (record.status, record.reason, record.sha256, width, height)
    further = (record.gate_override, record.distance, record.tiles, json.dumps(record.doubts), record.engine, record.reused_from)
    return (*facts, *further, *probabilities, run_id, record.position)


def record_of(row: Sequence[Any]) -> ImageRecord:
    """Return the image of a row of `SELECT_IMAGE`."""
    position, path, patient_id, magnification, status, reason, sha256, width, height, *further = row
    gate_override, distance, tiles, doubts, engine, reused_from, p_malignant, *p_subtypes = further
    return ImageRecord(
        position=position,
        path=Path(os.fsdecode(path)),
        status=Status(status),
        reason=reason,
        sha256=sha256,
        size=None if width is None else (width, height),
        prediction=None if p_malignant is None else Prediction(p_malignant, tuple(p_subtypes)),
        gate_override=gate_override,
        distance=distance,
        tiles=tiles,
        doubts=tuple(json.loads(doubts)),
        engine=engine,
        reused_from=reused_from,
        identity=Identity(patient_id, magnification),
    )


def heat_map_row(run_id: int, position: int, maps: HeatMaps) -> tuple[Any, ...]:
    """Return the columns of a row of `heat_map`; half precision is plenty for a picture."""
    _, height, width = maps.shape
    return (run_id, position, height, width, maps.astype("<f2").tobytes())


def heat_maps_of(row: Sequence[Any]) -> HeatMaps:
    """Return the heat maps of a row of height, width and maps."""
    height, width, maps = row
    return np.frombuffer(maps, "<f2").reshape(2, height, width).astype(np.float32)
