"""The English wording of training's messages."""

from breakhis_desktop.wording.message import Code


class TrainingCode(Code):
    """The messages of training, from preparing images to exporting a bundle; the program never imports them, so no store holds them."""

    COMMAND = "`.venv/bin/uv run python -m training {subcommand} {what}{options}{folders}`"
    NO_COUNT = "{text!r} is not a whole number of 1 or more; give such a number"
    INTERRUPTED = "Interrupted; nothing was replaced. The same command starts again from the beginning."
    INTERRUPTED_TRAINING = "Interrupted; the last checkpoint is kept. The same command continues from it."
    INTERRUPTED_SEARCH = "Interrupted; the trials so far are kept. The same command continues the search."

    DISK_REFUSED = "{what} could not be written to {folder}: {why}, {remedy}."
    DISK_WITHOUT_ROOM = "the disk is full; make room"
    FOLDER_AT_FAULT = "{error}; check the folder"
    OTHER_WORK_FOLDER = "or choose another folder with --work"
    OTHER_RESULTS_FOLDER = "or choose another folder with --results"
    RUN_GOES_ON = "and run the same command again, which continues from the last checkpoint"
    PREPARED_IMAGES = "The prepared images"
    THE_RUN = "The run {run}"
    THE_PREDICTIONS = "The predictions"
    THE_COMPARISON = "The comparison"
    REASON_OF_FAILURE = "The reason for a failure"
    NO_ROOM_FOR_IMAGES = (
        "{images:,} prepared images need {needed:,.1f} GB, and the disk of {folder} has {free:,.1f} GB left; make room, or choose a folder "
        "on another disk with --work."
    )

    DATA_NO_FOLDER = "{folder} is not a folder; {advice}."
    GIVE_FOLDER_OF_FILE = "give the folder that contains it"
    CHECK_DRIVE_AND_NAME = "check that the drive is connected and the name is right"
    CLASSES_CONTRADICT = (
        "The folders above {path} name different classes, and no other image in {folder} has a label; put each image below one class "
        "folder only."
    )
    NO_IMAGE_LABELLED = (
        "No image in {folder} has an official BreakHis name or lies in a folder named after a subtype or named `benign` or `malignant`; "
        "sort the images into such folders, and give each patient a folder inside them."
    )
    NO_IMAGE_OPENED = "Nothing in {folder} can be opened as an image; {path}, for one, cannot be opened: {reason}"
    NO_IMAGE_USABLE = "None of the labelled images can be used; {path}, for one, cannot be read: {reason}"
    ALL_IN_BOTH_CLASSES = "Every image is in both a benign and a malignant folder; keep each only in the right one."
    IMAGES_OF_ONE_CLASS = "All images are {decision}; training needs benign and malignant ones, so add images of the other class."
    CLASS_OF_ONE_ACCESSION = (
        "All {decision} images come from accession {accession}, so none are left to train on when it is held out; add {decision} images "
        "of other patients."
    )
    FEWER_ACCESSIONS_THAN_FOLDS = (
        "The images come from {accessions} accessions, and {folds} folds need at least {folds}; add images of other patients."
    )
    FEWER_IMAGES_THAN_FOLDS = "Every subtype has fewer than {folds} images, too few for {folds} folds; add more images."
    ACCESSIONS_UNEVEN = "The accessions are too uneven to fill {folds} folds; add images of other patients."
    NOTHING_PREPARED = "{folder} holds no prepared images; run {command} first."
    INDEX_OF_OTHER_VERSION = "{file} was written by another version of this program; run {command} again."
    INDEX_DAMAGED = "{file} is damaged; run {command} again."
    PREPARED_FILE_DAMAGED = "{file} is missing or damaged; run {command} again."
    PREPARED_FILE_OF_OTHERS = "{file} does not hold the images that the index lists; run {command} again."

    SPLIT_JUDGES_NOTHING = "The split {split} has no image to evaluate on; add images, or use the grouped protocol."
    SPLIT_TRAINS_ONE_CLASS = "The training images of the split {split} are all of one class; add images of other patients."
    TOO_FEW_TO_DEAL_ANEW = (
        "Every subtype has fewer than {folds} accessions, too few to deal them to the folds in another way; use the grouped protocol."
    )
    SLIDE_NOT_IN_OFFICIAL_FOLDS = (
        "The authors' folds do not include the slide {slide}; use the grouped protocol for images that are not theirs."
    )
    TOO_FEW_TO_SPLIT_BY_IMAGE = "One of the classes has too few images to be split by image; add images of it, or use the grouped protocol."

    RECIPE_FILE_MISSING = "There is no file {file}; give the path of a recipe file, or the name of one of the project's recipes."
    RECIPE_MISSPELT = "There is no recipe {name!r}; did you mean {nearest}? To use your own recipe, give the path of its .toml file."
    RECIPE_UNKNOWN = (
        "There is no recipe {name!r}; the project's are in training/recipes. To use your own recipe, give the path of its .toml file."
    )
    EITHER = "{one} or {other}"
    RECIPE_NAME_TAKEN = "{file} has the name of one of the project's recipes or ensembles, whose results it would replace; rename the file."
    RECIPE_NO_TOML = "The recipe {file} is not valid TOML ({error}); correct it."
    RECIPE_AT_FAULT = "The recipe {file} {fault}; correct it."
    RANDOM_WEIGHTS_ALONE = "trains a network from random weights, which needs a section [images] and allows no [pretraining] or [head]"
    BACKBONE_WITHOUT_HEAD = "uses a pretrained backbone, which needs a section [head]"
    WITHIN_CLASS_OF_ONE_TASK = "sets subtypes_within_class, which needs the task 'both'"
    SAMPLED_BOTH_WAYS = "undersamples and oversamples at once; choose one"
    MONITOR_OF_OTHER_TASK = "monitors {monitor}, which its task does not have"
    HEAD_RATE_WITHOUT_ADAMW = "gives images.head_rate, which needs the optimiser 'adamw'"
    NOTHING_TO_AUGMENT = "has a section [augmentation], but neither [images] nor [pretraining], without which no image is augmented"
    KEY_UNKNOWN = "has an unknown key {key}"
    KEY_MISSING = "lacks the key {key}"
    SECTION_MISSING = "needs a section [{key}]"
    VALUE_NO_LIST = "gives {key} as {value}, which is not a list of numbers"
    VALUE_OF_OTHER_KIND = "gives {key} as {value}, which is not {kind}"
    VALUE_NO_CHOICE = "gives {key} as {value}; it can be {choices}"
    VALUE_OUT_OF_RANGE = "gives {key} as {value}; it must be between {least} and {most}"
    ENSEMBLE_ONLY_EVALUATED = "{ensemble} is an ensemble, which can only be evaluated; name one of its members, {members}."

    BACKBONE_WITHOUT_LAYER = (
        "The backbone ({backbone}) has no layer {layer!r} to end at; set network.last_layer to the name of a layer, such as {last!r}."
    )
    BACKBONE_DAMAGED = "{file}, which holds the backbone ({backbone}), is missing or damaged; copy it from the project again."
    BACKBONE_OF_OTHER_SIDE = "The backbone ({backbone}) takes images of {side} pixels; set network.input_side to that number."
    WEIGHTS_OF_OTHER_NETWORK = (
        "{file} does not hold the weights of the backbone ({backbone}) without its head; replace the file by the right one, or remove it."
    )
    WEIGHTS_NOT_DOWNLOADED = (
        "The backbone ({backbone}) is not at hand and could not be downloaded; save its weights on a machine with internet access, as "
        "training/backbones/README.md explains, and put them at {file}."
    )
    SUBTYPES_UNKNOWN = (
        "{recipe} learns subtypes, but the training images are labelled with fewer than two; put them in folders by subtype, or choose a "
        "recipe of the task 'binary'."
    )
    VALIDATION_OF_ONE_CLASS = "{run}: the validation images are all of one class; add images of other patients."
    DIVERGED = "The loss is {loss} after an epoch: the training diverges; lower learning_rate in the recipe."

    NOTHING_TO_SEARCH = "{recipe} does not fine-tune a backbone; tune a recipe that has [head] and [images]."
    JUDGES_OF_ONE_CLASS = (
        "The accessions that the trials are evaluated on are all of one class; choose another --fold, or add images of other patients."
    )
    TRIALS_FAILED = "Three trials in a row failed for the reasons above; lower learning_rate in the recipe and search again."
    NO_TRIAL_ENDED = "No trial of the search finished; see the messages above."
    SHARING_IN_PART = "Only some of the variables {needed} are set ({given}); set all of them to share a search, or none to search alone."
    BEST_WRITTEN = "The best settings are written to {file}; {command} trains with them."
    NO_TABLE_OF_TRIALS = "{file} is not a table of trials; delete it, or replace it with the one that `tune` wrote."

    NOT_TRAINED = "{recipe} has not been trained under the {protocol} protocol; run {command} first."
    MEMBER_NOT_EVALUATED = (
        "{ensemble} is the mean of {members}, and {member} has no predictions under the {protocol} protocol; run {train} and {evaluate} "
        "first."
    )
    MEMBERS_UNLIKE = (
        "{one} and {other}, members of {ensemble}, were evaluated on different images, folds or tasks; train and evaluate both on the "
        "same ones."
    )
    PREDICTIONS_OF_OTHER_IMAGES = "{file} holds predictions of other images, which would be lost; choose another folder with --results."
    PREDICTIONS_DAMAGED = "{file} is damaged; delete it and evaluate its recipe again."
    FAILURE_DAMAGED = "A record in {folder} is damaged; delete it and train its recipe again."
    NOTHING_TO_COMPARE = "{folder} holds no predictions; run {train} and {evaluate} first."
    NOTHING_PREDICTED = "{recipe} predicted no image under the {protocol} protocol; prepare more images and train it again."
    PROTOCOLS_DIFFER = (
        "{one} was evaluated under the {protocol} protocol and {other} under the {other_protocol} one; compare two recipes under the same "
        "protocol."
    )
    IMAGES_OF_ONE_NAME = "{recipe} has predictions for two images of the same name and patient; prepare, train and evaluate again."
    NO_IMAGE_IN_COMMON = "{one} and {other} have no image in common; train both on the same prepared images."
    TRUTHS_DIFFER = "{one} and {other} were trained with different labels for the same images; train both on the same prepared images."

    DONE = "done"
    DONE_IN_PART = "done, {cuts}"
    FAILED_BESIDES = "{done}; failed: {reason}"
    NOT_RUN = "not run: {reason}"
    NOBODY_TRAINED_IT = "nobody has trained it here yet"
    NOT_JUDGED = "not judged on these folds"
    CUTS = "{cuts}"
    EPOCHS_CUT = "at most {epochs}"
    SHARE_OF_EPOCHS = "{given} of {planned} epochs"
    SHARE_OF_FOLDS = "{trained} of {planned} folds"
    EARLIER_RECIPE = "by an earlier version of the recipe"

    NOT_JUDGED_ON_ALL_FOLDS = "{recipe} has not been evaluated on all grouped folds of these images; run {train} and {evaluate} first."
    NOT_TRAINED_ON_ALL_IMAGES = "{recipe} has not been trained on all images; run {command} first."
    MAKES_NO_BUNDLE = (
        "{recipe} cannot be exported: a bundle needs a backbone with global average pooling, both tasks and one view; export a recipe with "
        "a backbone and the task 'both', such as lite0_staged."
    )
    EPOCHS_DIFFER = (
        "{recipe} was trained for at most {final} epochs on all images, but for at most {folds} epochs on the folds; give --epochs the "
        "same number both times."
    )
    NETWORK_DAMAGED = "{file} is missing or damaged; delete its folder and run {command}."
    NO_BUNDLE_REPLACED = "{folder} is not a bundle, and an export would replace it; choose a new folder with --models."
    BUNDLE_NOT_WRITTEN = "The bundle {folder} could not be written ({error}), and {kept}; make room and export again."
    FORMER_BUNDLE_KEPT = "the former bundle is kept"
    NO_BUNDLE_LEFT = "no part of it was kept"
    EXPORT_DIFFERS = "The exported files differ from the trained network by {difference:.1e}; update Keras and export again."
    GRAPH_DIFFERS = "{file} differs from Keras by {difference:.1e}; update tf2onnx and ONNX Runtime and export again."
    GRAPH_REFUSED = "{file} {why}; allow this in breakhis_desktop/inference/graphs.py, or export another network."
    NETWORK_UNFIT = "A network of the bundle does not end in global average pooling and one dense layer; export a recipe that has these."
    FAMILIARITY_LEFT_OUT = (
        "the networks of the folds of {recipe} were not kept, so the bundle cannot tell which images are unlike its training images; train "
        "the folds again"
    )
    CARDS_OF_OTHER_BUNDLE = "The bundle does not match {recipe} and its evaluation on these images; export {recipe} without --cards."
