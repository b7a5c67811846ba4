"""Converts between records and the rows of the tables."""

import dataclasses
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.domain.decision import Estimate, OperatingPoint, Prediction, ReviewRule
from breakhis_desktop.domain.identity import UNREAD, Identity
from breakhis_desktop.domain.records import ImageRecord, Ledger, PendingImage, RunInfo, Status
from breakhis_desktop.domain.taxonomy import SUBTYPE_CODES
from breakhis_desktop.store.checked import (
    BYTES,
    INTEGER,
    REAL,
    TEXT,
    TOO_LARGE,
    Form,
    OddValueError,
    Row,
    count,
    digest,
    message_of,
    message_text,
    messages_of,
    moment,
    number,
    optional,
    paths_of,
    read_with,
    rule_of,
)
from breakhis_desktop.wording.codes import CODES
from breakhis_desktop.wording.message import Message, as_data, from_data
from breakhis_desktop.wording.texts import TextCode

HeatMaps = NDArray[np.float32]
"""How much each location adds to the logit of the class malignant, then of the most probable subtype: 2 x rows x columns."""

_MOST = 1 + 1e-6
"""The largest allowed probability; by rounding, a network's output may slightly exceed 1."""

_LARGEST_HALF = float(np.finfo(np.float16).max)
"""The largest number in half precision."""

_STATUSES = {str(status): status for status in Status}
"""The statuses by name, because a lookup is faster than constructing a `Status` for each image."""

_RUN = {
    **dict.fromkeys(("started", "roots", "model_name", "model_id", "file_hashes", "operating_point"), TEXT),
    "review_margin": REAL,
    "program_version": TEXT,
    "gate": INTEGER,
    "root_inodes": TEXT,
    "identity_rule": TEXT,
    "review_found_at": optional(REAL),
}
_PENDING = {"position": INTEGER, "path": BYTES, "patient_id": optional(TEXT), "magnification": optional(INTEGER)}
_IMAGE = {
    **dict.fromkeys(("status", "reason", "sha256"), TEXT),
    **dict.fromkeys(("width", "height"), optional(INTEGER)),
    "gate_override": TEXT,
    "distance": optional(REAL),
    "tiles": INTEGER,
    "doubts": TEXT,
    "engine": TEXT,
    "reused_from": optional(INTEGER),
    "p_malignant": optional(REAL),
    **dict.fromkeys((f"p_{code}" for code in SUBTYPE_CODES), optional(REAL)),
}
_RUN_COLUMNS = ", ".join(_RUN)
_IMAGE_COLUMNS = tuple(_IMAGE)

INSERT_RUN = f"INSERT INTO run ({_RUN_COLUMNS}) VALUES ({', '.join('?' * len(_RUN))})"  # nosec B608 # names of columns, none from outside
SELECT_RUN = f"SELECT id, {_RUN_COLUMNS} FROM run"  # nosec B608 # the same
SELECT_UNFINISHED_RUNS = f"{SELECT_RUN} WHERE id IN (SELECT run_id FROM image WHERE status IS NULL) ORDER BY id DESC"  # nosec B608 # the same
SELECT_IMAGE = f"SELECT position, path, patient_id, magnification, {', '.join(_IMAGE_COLUMNS)} FROM image"  # nosec B608 # the same
SELECT_ANALYSED_OTHERWISE = f"""
{SELECT_IMAGE.replace("magnification", "analysed_magnification")}
WHERE run_id = ? AND status IS NOT NULL AND kept_status IS NULL AND analysed_magnification IS NOT magnification ORDER BY position
"""  # nosec B608 # the same
SELECT_EARLIER = f"""
SELECT run_id, {SELECT_IMAGE.removeprefix("SELECT ")} JOIN run ON run.id = run_id
WHERE sha256 = ? AND width IS NOT NULL AND reused_from IS NULL AND run_id < ?
    AND (status = 'refused' AND engine = '' OR status IN ('done', 'refused') AND engine = ?)
    AND model_id = ? AND file_hashes = ? AND gate = ? AND program_version = ? AND analysed_magnification IS magnification
ORDER BY run_id DESC, position DESC
"""  # nosec B608 # the same
INSERT_PENDING = "INSERT INTO image (run_id, position, path, patient_id, magnification) VALUES (?, ?, ?, ?, ?)"
SELECT_PENDING = """
SELECT position, path, patient_id, magnification FROM image WHERE run_id = ? AND (status IS NULL OR status = ?) ORDER BY position
"""
SELECT_FILES = "SELECT position, path, patient_id, magnification FROM image WHERE run_id = ? ORDER BY position"
REOPEN = "UPDATE image SET status = NULL, reason = '' WHERE run_id = ? AND status = ?"
WAIT_AGAIN = """
UPDATE image SET kept_status = status, kept_reason = reason, status = NULL, reason = ''
WHERE run_id = ? AND position = ? AND status IS NOT NULL
"""
SELECT_WAITING_AGAIN = f"""
{SELECT_IMAGE.replace("magnification", "analysed_magnification").replace("status, reason", "kept_status, kept_reason")}
WHERE run_id = ? AND status IS NULL AND kept_status IS NOT NULL ORDER BY position
"""  # nosec B608 # the same
GIVE_BACK = """
UPDATE image SET status = kept_status, reason = kept_reason, kept_status = NULL, kept_reason = ''
WHERE run_id = ? AND position = ? AND status IS NULL AND kept_status IS NOT NULL
"""
LET_STAND = """
UPDATE image SET kept_status = status, kept_reason = reason
WHERE run_id = ? AND status IS NOT NULL AND analysed_magnification IS NOT magnification
"""
UNDO_LET_STAND = "UPDATE image SET kept_status = NULL, kept_reason = '' WHERE run_id = ? AND status IS NOT NULL"
_RESULTS = ", ".join(f"{column} = ?" for column in (*_IMAGE_COLUMNS, "analysed_magnification"))
UPDATE_IMAGE = f"UPDATE image SET {_RESULTS}, kept_status = NULL, kept_reason = '' WHERE run_id = ? AND position = ?"  # nosec B608 # the same
UPDATE_IDENTITY = "UPDATE image SET patient_id = ?, magnification = ? WHERE run_id = ? AND position = ?"
COUNTS = {
    "runs": "SELECT COUNT(*) FROM run",
    "images": "SELECT COUNT(*) FROM image",
    "reviews": "SELECT COUNT(*) FROM review",
    "queued jobs": "SELECT COUNT(*) FROM job",
}


def inputs_text(inputs: Sequence[Path]) -> str:
    """Return the inputs as ASCII text; bytes that are not UTF-8 survive as lone surrogates in JSON escapes."""
    return json.dumps([str(root) for root in inputs])


def run_row(run_info: RunInfo) -> tuple[Any, ...]:
    """Return a run's columns in the order of `INSERT_RUN`."""
    return (
        run_info.started,
        inputs_text(run_info.inputs),
        run_info.model_name,
        run_info.model_id,
        json.dumps(run_info.file_hashes),
        json.dumps(_point_data(run_info.point)),
        run_info.review_rule.margin,
        run_info.program_version,
        run_info.gate_version or 0,
        json.dumps(run_info.root_inodes),
        run_info.identity_rule,
        run_info.review_rule.found_at,
    )


@read_with(Form("run", {"id": INTEGER, **_RUN}))
def run_info_of(row: Row) -> RunInfo:
    """Return the run in a row of `SELECT_RUN`."""
    run_id, started, inputs, model_name, model_id, file_hashes, point, margin, program_version, gate, inodes, identity_rule, found_at = row
    return RunInfo(
        run_id=count(run_id),
        started=moment(started),
        inputs=paths_of(inputs),
        model_name=model_name,
        model_id=model_id,
        file_hashes=_hashes_of(json.loads(file_hashes)),
        point=_point_of(json.loads(point)),
        review_rule=ReviewRule(number(margin), None if found_at is None else number(found_at, 0, 1)),
        program_version=program_version,
        gate_version=gate or None,
        root_inodes=tuple(int(inode) for inode in json.loads(inodes)),
        identity_rule=rule_of(identity_rule),
    )


def earlier_conditions(run: RunInfo, engine: str) -> tuple[Any, ...]:
    """Return the parameters of `SELECT_EARLIER` that follow the file's hash."""
    return (run.run_id, engine, run.model_id, json.dumps(run.file_hashes), run.gate_version or 0, run.program_version)


def _point_of(point: dict[str, Any]) -> OperatingPoint:
    threshold = number(point["threshold"], 0, 1)
    estimates = {name: _estimate_of(point[name]) for name in ("sensitivity", "specificity")}
    (name,) = _texts(point["name"])
    return OperatingPoint(name, threshold, **estimates, evidence=_evidence_of(point["evidence"]))


def _point_data(point: OperatingPoint) -> dict[str, Any]:
    estimates = {
        name: one and dataclasses.asdict(one) for name, one in (("sensitivity", point.sensitivity), ("specificity", point.specificity))
    }
    return {"name": point.name, "threshold": point.threshold, **estimates, "evidence": as_data(point.evidence) if point.evidence else ""}


def _evidence_of(data: Any) -> Message | None:
    """Parse the evidence for the figures of an operating point; earlier versions stored it as text."""
    if isinstance(data, str):
        return Message.of(TextCode.TEXT, text=data) if data else None
    return from_data(data, CODES)


def _estimate_of(figures: dict[str, Any] | None) -> Estimate | None:
    return Estimate(**{name: number(figure) for name, figure in figures.items()}) if figures else None


def _hashes_of(hashes: dict[Any, Any]) -> dict[str, str]:
    return dict(zip(_texts(*hashes.keys()), _texts(*hashes.values()), strict=True))


def _texts(*values: object) -> tuple[str, ...]:
    """Return the values after checking that all are texts."""
    if not all(isinstance(value, str) for value in values):
        raise TypeError("no text")
    return tuple(map(str, values))


def pending_rows(run_id: int, files: Sequence[Path], identities: Sequence[Identity]) -> Iterator[tuple[Any, ...]]:
    """Yield the columns of `INSERT_PENDING` for each file, in order of position; without identities, every file gets an empty identity."""
    for position, (file, found) in enumerate(zip(files, identities or [UNREAD] * len(files), strict=True)):
        yield (run_id, position, os.fsencode(file), found.patient_id, found.magnification)


@read_with(Form("image", _PENDING))
def pending_of(row: Row) -> PendingImage:
    """Return the image in a row of `SELECT_PENDING` or `SELECT_FILES`."""
    position, path, patient_id, magnification = row
    return PendingImage(count(position), _path_of(path), _identity_of(patient_id, magnification))


def _identity_of(patient_id: str | None, magnification: int | None) -> Identity:
    return Identity(patient_id, None if magnification is None else count(magnification))


def _path_of(path: bytes) -> Path:
    if b"\0" in path:
        raise ValueError("no file can be called so")
    return Path(os.fsdecode(path))


def ledger_of(counts: Mapping[str | None, int]) -> Ledger:
    """Return the ledger of a run from the number of its images in each status, where None means still to go."""
    if not counts.keys() <= {None, *Status}:
        raise OddValueError("image.status")
    return Ledger(sum(counts.values()), **{status: counts.get(status, 0) for status in Status})


def image_row(run_id: int, record: ImageRecord) -> tuple[Any, ...]:
    """Return an image's columns in the order of `UPDATE_IMAGE`."""
    width, height = record.size or (None, None)
    prediction = record.prediction
    probabilities = (prediction.p_malignant, *prediction.p_subtypes) if prediction else (None,) * (1 + len(SUBTYPE_CODES))
    outcome = (record.status, message_text(record.reason), record.sha256, width, height)
    gate_override, review_flags = message_text(record.gate_override), json.dumps([as_data(flag) for flag in record.review_flags])
    further = (gate_override, record.distance, record.tiles, review_flags, record.engine, record.reused_from)
    return (*outcome, *further, *probabilities, record.identity.magnification, run_id, record.position)


@read_with(Form("image", _PENDING | _IMAGE))
def record_of(row: Row) -> ImageRecord:
    """Return the image in a row of `SELECT_IMAGE`."""
    position, path, patient_id, magnification, status, reason, sha256, width, height, *further = row
    gate_override, distance, tiles, review_flags, engine, reused_from, p_malignant, *p_subtypes = further
    if status == Status.DONE and p_malignant is None:  # SQLite stores NaN as NULL
        raise OddValueError("image.p_malignant")
    if not 0 <= position < TOO_LARGE or not 0 < tiles < TOO_LARGE:
        raise OddValueError("image.position")
    return ImageRecord(
        position=position,
        path=_path_of(path),
        status=_STATUSES[status],
        reason=message_of(reason),
        sha256=digest(sha256),
        size=None if width is None else _size_of(width, height),
        prediction=None if p_malignant is None else _prediction_of(p_malignant, tuple(p_subtypes)),
        gate_override=message_of(gate_override),
        distance=distance,
        tiles=tiles,
        review_flags=messages_of(review_flags),
        engine=engine,
        reused_from=reused_from,
        identity=_identity_of(patient_id, magnification),
    )


def _size_of(width: int, height: int) -> tuple[int, int]:
    if not 0 < width < TOO_LARGE or not 0 < height < TOO_LARGE:
        raise OddValueError("image.width")
    return width, height


def _prediction_of(p_malignant: float, p_subtypes: tuple[float, ...]) -> Prediction:
    if not (0 <= p_malignant <= _MOST and min(p_subtypes) >= 0 and max(p_subtypes) <= _MOST):
        raise OddValueError("image.p_malignant")
    return Prediction(p_malignant, p_subtypes)


def heat_map_row(run_id: int, position: int, maps: HeatMaps) -> tuple[Any, ...]:
    """Return the columns of a row of `heat_map`; half precision is enough for display."""
    _, height, width = maps.shape
    return (run_id, position, height, width, np.clip(maps, -_LARGEST_HALF, _LARGEST_HALF).astype("<f2").tobytes())


@read_with(Form("heat_map", {"height": INTEGER, "width": INTEGER, "maps": BYTES}))
def heat_maps_of(row: Row) -> HeatMaps:
    """Return the heat maps in a row of height, width and maps."""
    height, width, maps = row
    if min(height, width) < 1:
        raise OddValueError("heat_map.height")
    found = np.frombuffer(maps, "<f2").reshape(2, height, width).astype(np.float32)
    if not np.isfinite(found).all():
        raise OddValueError("heat_map.maps")
    return found


@read_with(Form("thumbnail", {"jpeg": BYTES}))
def thumbnail_of(row: Row) -> bytes:
    """Return the JPEG in a row of `thumbnail`."""
    jpeg: bytes = row[0]
    return jpeg
