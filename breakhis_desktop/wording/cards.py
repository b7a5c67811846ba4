"""The sentences of a card about its models."""

from breakhis_desktop.wording.message import Code


class CardCode(Code):
    """The models' intended use, evaluation and limits; cards keep these codes by name."""

    USE_SORTING = (
        "Sorting fields of haematoxylin-eosin stained breast tissue, taken at 40× to 400×, by suspicion of malignancy, for research."
    )
    USE_ORDER = "Reading many fields in an order that shows the suspicious ones first; a person looks at every one that is sent to review."
    USE_TEACHING = "Teaching, and comparison with other models on the same folds."
    NO_DIAGNOSIS = "Diagnosis, treatment, screening of patients, or any other decision about a person."
    NO_CLEARING = "Clearing a field or a patient as benign without a person who looks."
    NO_OTHER_TISSUE = "Other organs, stains, cytology, frozen sections, or whole slides that were not cut into fields."
    NO_SUBTYPE_ALONE = "Any conclusion from the predicted subtype alone; see the figures."

    CROSS_FITTED = "grouped, cross-fitted; {images:,} images of {accessions:,} accessions"
    TEMPERATURE_CROSS_FITTED = "grouped, temperature cross-fitted; {images:,} images of {accessions:,} accessions"

    LIMIT_RESEARCH = "For research use only; this is not a medical device."
    LIMIT_ONE_LABORATORY = "All images come from one laboratory; other stains, scanners and cameras were not tested."
    LIMIT_OTHER_LABORATORIES = "Other stains, scanners and cameras were not tested."
    LIMIT_MIXTURE = "{percent:.0f} % of the training images are malignant, and the probabilities are calibrated for that mixture."
    LIMIT_THIN_SUBTYPES = "These subtypes come from too few patients to say anything about them: {subtypes}."
    LIMIT_THIN_MAGNIFICATIONS = "There are few images at these magnifications, for training and for evaluation: {magnifications}."
    MAGNIFICATION_SHARE = "{magnification}× ({percent:.0f} % of the images)"
    LIMIT_SHRUNK = "Most of the images at hand were copies shrunk to 224 x 224 pixels."
    LIMIT_CUT_EPOCHS = "The networks of the folds were given at most {epochs} of the {planned} epochs of the recipe."
    LIMIT_FIVE_NETWORKS = (
        "Thresholds and temperatures come from the five networks of the folds; the shipped networks were trained on more images."
    )
    LIMIT_FEW_ACCESSIONS = "Each figure rests on few accessions, so the intervals are wide."
    LIMIT_BEST_OF_SEVERAL = (
        "Recipes evaluated on the same folds: {count:,}. The figures for the best of several recipes are somewhat too good; the card also "
        "gives the figures of this recipe on other folds."
    )
    LIMIT_BEST_ON_THESE_FOLDS = (
        "Recipes evaluated on the same folds: {count:,}. The figures for the best of several recipes are somewhat too good; this recipe "
        "was not evaluated on other folds."
    )
    LIMIT_JUDGED_BESIDES = (
        "The same folds were also used to evaluate {ensembles:,} ensembles and, in a screening, {screened:,} configurations "
        "and combinations of configurations. A search evaluated {trials:,} more on some of these folds."
    )
    LIMIT_OTHER_SEED = "The same recipe with another random seed: AUC {auc}, macro recall {recall}, on the same folds."
    FIGURE = "{value:.3f} [{low:.3f}, {high:.3f}]"

    SUBTYPE_A = "adenosis"
    SUBTYPE_F = "fibroadenoma"
    SUBTYPE_PT = "phyllodes tumour"
    SUBTYPE_TA = "tubular adenoma"
    SUBTYPE_DC = "ductal carcinoma"
    SUBTYPE_LC = "lobular carcinoma"
    SUBTYPE_MC = "mucinous carcinoma"
    SUBTYPE_PC = "papillary carcinoma"
