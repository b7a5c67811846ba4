"""Computes all figures of a recipe under a protocol, from held-out predictions."""

from dataclasses import asdict

from breakhis_desktop.errors import UserError
from breakhis_desktop.wording.message import Message
from training.evaluation.binary import binary_figures, operating_points
from training.evaluation.evaluation import Evaluation
from training.evaluation.evidence import as_number, evidence
from training.evaluation.judged import Judged
from training.evaluation.review import review
from training.evaluation.subtype import JudgedSubtypes, subtype_figures
from training.experiment.predictions import Predictions
from training.experiment.protocols import PROTOCOLS
from training.wording import TrainingCode


def evaluate(predictions: Predictions) -> Evaluation:
    """Compute every figure of the recipe's tasks, with 95 % intervals by a bootstrap over accessions.

    Under every protocol, figures that need a threshold or a temperature are cross-fitted over `predictions.fold`.

    Raises:
        UserError: There are no predictions.
    """
    provenance = predictions.provenance
    if not len(predictions):
        raise UserError(Message.of(TrainingCode.NOTHING_PREDICTED, recipe=provenance.recipe, protocol=provenance.protocol))
    judged = None if predictions.binary is None else Judged.of(predictions, predictions.binary)
    subtypes = None if predictions.subtypes is None else JudgedSubtypes.of(predictions, predictions.subtypes)
    binary = binary_figures(predictions, judged) if judged else None
    behind = evidence(predictions)
    return Evaluation(
        **{name: value for name, value in asdict(provenance).items() if name != "history"},
        protocol_label=PROTOCOLS[provenance.protocol].label,
        entries=behind.entries,
        images=behind.images,
        accessions=behind.accessions,
        note=behind.note,
        binary=binary,
        operating_points=operating_points(predictions, judged, binary.at_points) if judged and binary else None,
        subtype=subtype_figures(predictions, subtypes) if subtypes else None,
        temperature={
            **({"binary": as_number(judged.temperature)} if judged else {}),
            **({"subtype": as_number(subtypes.temperature)} if subtypes else {}),
        },
        review=review(predictions, judged, subtypes),
    )
