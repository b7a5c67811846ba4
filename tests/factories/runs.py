"""The settings and records of a run over three images."""

import os
from pathlib import Path

from breakhis_desktop.domain.decision import Prediction
from breakhis_desktop.domain.records import ImageRecord, RunInfo, Status
from tests.conftest import CARD
from tests.factories import said

STRANGE = Path(os.fsdecode(b"/images/caf\xe9\n.png"))
"""A name that is not valid UTF-8 and contains a line break."""

FILES = (Path("/images/a.png"), STRANGE, Path("/images/c.png"))


def run_info(*roots: Path) -> RunInfo:
    """Return the settings of a run over these folders."""
    return RunInfo(
        run_id=0,
        started="2026-01-01T10:00:00+01:00",
        inputs=roots or (Path("/images"),),
        model_name="fake 1",
        model_id=CARD.model_id,
        file_hashes=dict(CARD.file_hashes),
        point=CARD.points["default"],
        review_rule=CARD.review_rule,
        program_version="0",
        gate_version=1,
        root_inodes=(42,),
    )


def done(position: int) -> ImageRecord:
    """Return the record of a classified file of `FILES`."""
    prediction = Prediction(0.7, (0.1, 0.0, 0.0, 0.0, 0.9, 0.0, 0.0, 0.0))
    return ImageRecord(
        position, FILES[position], Status.DONE, None, "ab" * 32, (700, 460), prediction, said("too small"), engine="ONNX Runtime"
    )
