"""The limits of models in plain words, for the window and the reports; cards state them in the terms of training."""

from dataclasses import replace

from breakhis_desktop.wording.cards import CardCode
from breakhis_desktop.wording.message import Code, Message


class PlainLimitCode(Code):
    """Limits in plain words. These codes are never stored, so they may be renamed."""

    THIN_MAGNIFICATIONS = "Only a few images were taken at these magnifications, so little is known about them: {magnifications}."
    CUT_EPOCHS = "The models that were evaluated were trained for at most {epochs} of {planned} epochs."
    FIVE_NETWORKS = (
        "The operating points and the calibration come from five models that were trained for the evaluation; the models in use were "
        "trained on more images."
    )

    BEST_OF_SEVERAL = (
        "These models did best among {count:,} that were compared on the same patients, so their figures are somewhat too good. They were "
        "evaluated again with the patients divided in other ways."
    )
    BEST_ON_THESE_FOLDS = (
        "These models did best among {count:,} that were compared on the same patients, so their figures are somewhat too good. They were "
        "not evaluated with the patients divided in other ways."
    )
    JUDGED_BESIDES = (
        "Also compared on the same patients: {ensembles:,} combinations of models and {screened:,} quick trials of other settings; on some "
        "of these patients, {trials:,} trials of an automatic search."
    )
    OTHER_SEED = "Trained once more from other random numbers, the models reached an AUC of {auc} and a macro recall of {recall}."


_PLAIN: dict[Code, PlainLimitCode] = {
    CardCode.LIMIT_THIN_MAGNIFICATIONS: PlainLimitCode.THIN_MAGNIFICATIONS,
    CardCode.LIMIT_CUT_EPOCHS: PlainLimitCode.CUT_EPOCHS,
    CardCode.LIMIT_FIVE_NETWORKS: PlainLimitCode.FIVE_NETWORKS,
    CardCode.LIMIT_BEST_OF_SEVERAL: PlainLimitCode.BEST_OF_SEVERAL,
    CardCode.LIMIT_BEST_ON_THESE_FOLDS: PlainLimitCode.BEST_ON_THESE_FOLDS,
    CardCode.LIMIT_JUDGED_BESIDES: PlainLimitCode.JUDGED_BESIDES,
    CardCode.LIMIT_OTHER_SEED: PlainLimitCode.OTHER_SEED,
}


def in_plain_words(limit: Message) -> Message:
    """Return a limit in plain words if it is stated in the terms of training, else unchanged."""
    return replace(limit, code=_PLAIN.get(limit.code, limit.code))
