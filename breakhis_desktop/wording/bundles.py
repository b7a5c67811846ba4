"""Messages about bundles: opening, checking, running and installing them."""

from breakhis_desktop.wording.message import Code, Wording


class BundleCode(Code):
    """Loading, checking and installing models."""

    # Stages of loading
    CHECKING_MODEL_FILES = "Checking the model files"
    LOADING_MODELS = "Loading the models"
    CHECKING_KNOWN_IMAGES = "Checking the models on known images"
    LOADING_FOR_CPU = "The chosen device cannot be used; loading for the CPU"
    LOADING_TENSORFLOW = "The fast engine cannot be used; loading TensorFlow"

    # Why a bundle cannot be used
    MODELS_UNUSABLE = "The models in {folder} cannot be used: {what}. Install the program again, or choose another model folder."
    MODEL_FOLDER_MISSING = Wording("There is no model folder {folder}", advice="check its name, or install the program again")
    NO_MODELS_FOUND = "No models were found in {folder}: {file} is missing. Install the program again, or choose another model folder."
    MODELS_OF_NEWER_KERAS = (
        "The models in {folder} were made with Keras {made_with}, newer than the {installed} of this program. "
        "Install a newer version of the program."
    )
    MODELS_OF_OTHER_PREPROCESSING = (
        "The models in {folder} expect preprocessing version {expected}, and this program has version {own}. "
        "Install the version of the program that they were made for."
    )

    # Why an engine or a device cannot be used
    TENSORFLOW_NOT_INSTALLED = Wording("This installation has no TensorFlow", advice="choose another engine, or install the full package")
    TENSORFLOW_NEEDS_AVX = Wording("The processor of this computer lacks AVX, which TensorFlow needs", advice="choose another engine")
    TENSORFLOW_DOES_NOT_START = Wording("TensorFlow does not start on this computer", advice="choose another engine")
    TENSORFLOW_ON_CPU_ALONE = Wording("TensorFlow runs on the CPU only", advice="choose another engine")
    MODELS_WITHOUT_NETWORKS = Wording(
        "The models in {folder} came without the networks that TensorFlow runs",
        advice="choose another engine, or install the whole bundle",
    )
    DEVICE_NOT_USED = "The CPU is used instead of {device}: {what:finding}."
    DEVICE_NOT_OFFERED = Wording("This installation does not offer {device}", advice="choose the CPU")
    DEVICE_FAILED = "ONNX Runtime failed on {device}. Choose the CPU as computing device, and go on with the run."
    PROCESSOR_TOO_OLD = "BreakHis Desktop cannot run on this computer: its processor lacks SSE4.2. Use a computer of 2012 or later."

    # Why a device is not used, as a clause within `DEVICE_NOT_USED`
    NOT_OFFERED_HERE = "this installation does not offer it"
    DEVICE_FAILS = "ONNX Runtime fails on {device}"

    # Installing and removing
    MODELS_INSTALLED_ALREADY = "These models ({name} {version}) are installed already; choose them in the list."
    MODELS_BEING_CHANGED = Wording("Another window is installing or removing models", advice="wait until it has finished, and try again")
    MODELS_NOT_COPIED = Wording("The models could not be copied", figures="{error}", advice="make room on the disk and try again")
    MODELS_CHANGED_MEANWHILE = Wording("The models were changed while they were copied", advice="install them again")
    MODELS_NOT_REMOVED = Wording("{folder} could not be removed", figures="{error}", advice="close what uses it, or delete the folder")

    # What is wrong with a bundle
    FILES_OF_NO_BUNDLE = "its files hold content that does not belong in a bundle"
    BUNDLE_FILE_MISSING = "{file} is missing"
    BUNDLE_FILE_UNREADABLE = "{file} cannot be read ({error})"
    BUNDLE_FILE_REPLACED = "{file} is not the file that its card names"
    BUNDLE_FILE_REFUSED = "{file} {trouble}"
    GOLDEN_MISSING = "{file} holds no golden images"
    GOLDEN_OF_OTHER_SHAPE = "{file} has golden images of an unexpected shape"
    GOLDEN_OF_OTHER_KIND = "{file} holds something other than images and probabilities"
    FAMILIARITY_UNUSABLE = "{file} cannot be used: {what}"
    KNOWN_IMAGES_WITHOUT_PROBABILITIES = "for its known images it gives values that are not probabilities"
    KNOWN_IMAGES_DIFFER = "for its known images it does not give the expected probabilities (off by {difference:.3f})"
    FAMILIARITY_DOES_NOT_FIT = "its out-of-distribution data does not match its networks"
    KERAS_DOES_NOT_OPEN = "Keras does not open {file}"
    KERAS_DOES_NOT_RUN = "Keras does not run its networks"
    NETWORK_OF_OTHER_OUTPUTS = "{file} does not have {outputs} outputs"
    NETWORK_OF_OTHER_END = "its {network} network does not end in global average pooling and one dense layer"
    ONNX_DOES_NOT_OPEN = "ONNX Runtime does not open {file}"
    ONNX_DOES_NOT_RUN = "ONNX Runtime does not run {file}"
    ONNX_OUTPUTS_OF_OTHER_FORM = "{file} gives outputs of an unexpected form"
    ONNX_WITHOUT_HEAT_MAPS = "{file} was made by an earlier version of the program and lacks the heat maps"
    ONNX_NOT_IN_CARD = "its card names no {file}"

    # Why a file of a bundle cannot be read
    FILE_IRREGULAR = "it is not a regular file"
    FILE_BEYOND_BUNDLE = "it is too large"

    # Why a file of a bundle is refused; each wording continues a sentence that begins with the file's name
    CONTENT_NO_ARCHIVE = "is not an archive that can be unpacked"
    CONTENT_GROWS = "would grow beyond what a bundle needs when it is unpacked"
    CONTENT_PACKED = "is compressed, which network files never are"
    CONTENT_OF_OTHER_FILES = "holds files that a network does not have"
    CONTENT_WITHOUT_DESCRIPTION = "does not describe its network"
    CONTENT_OF_UNKNOWN_PART = "holds {part}, which no network of this program has"
    CONTENT_NO_ARRAYS = "holds something other than arrays"
    CONTENT_ARRAYS_OF_OTHER_SIZE = "describes arrays of a different size from those it holds"
    CONTENT_WEIGHTS_UNREADABLE = "holds weights that cannot be read"
    CONTENT_WEIGHTS_TWICE = "holds weights that are linked in two places"
    CONTENT_WEIGHTS_OF_OTHER_SIZE = "describes weights of a different size from those it holds"
    CONTENT_WEIGHTS_ELSEWHERE = "holds links to other places"
    CONTENT_WEIGHTS_WITH_NOTES = "has attributes that are longer than those that Keras writes"
    CONTENT_WEIGHTS_NO_NUMBERS = "has weights that are not numbers"
    CONTENT_WEIGHTS_KEPT_OTHERWISE = "does not store its weights as Keras does"
    CONTENT_NO_GRAPH = "is not a graph"
    CONTENT_GRAPH_TOO_LONG = "holds more operators than any network of this program"
    CONTENT_GRAPH_COMPUTES_WEIGHTS = "computes its own weights, which no network of this program does"
    CONTENT_GRAPH_WEIGHTS_ELSEWHERE = "takes weights from another file"
    CONTENT_GRAPH_FIELDS = "holds {kind} fields that no network of this program has"

    # Parts of a graph, to say in which of them a field was found
    GRAPH_MODEL = "model"
    GRAPH_OPERATOR_SET = "operator set"
    GRAPH_GRAPH = "graph"
    GRAPH_NODE = "node"
    GRAPH_ATTRIBUTE = "attribute"
    GRAPH_TENSOR = "tensor"

    # Why the out-of-distribution score cannot be used
    FEATURES_MISSING = "it holds no features"
    FEATURES_OF_OTHER_KIND = "it holds something other than features"
    FEATURES_OF_OTHER_SHAPE = "it holds features of an unexpected shape"
    FEATURES_NO_NUMBERS = "it holds features that are not numbers"

    # What is wrong with a card
    CARD_TOO_LARGE = "its card is too large"
    CARD_NO_TEXT = "its card is not text"
    CARD_NO_JSON = "its card is not a JSON object"
    CARD_NESTED = "its card is nested too deeply"
    CARD_OF_OTHER_FORMAT = "its card has format {found}, and this program reads format {known}"
    CARD_OF_OTHER_ORDER = "its card names the subtypes in another order"
    CARD_WITHOUT_POINT = "its card names no default operating point"
    CARD_LEAVES_OUT = "its card says that a file was left out, but nothing in the bundle replaces that file"
    CARD_LACKS_FIELD = "its card lacks {field}"
    CARD_FIELD_INVALID = "its card has no valid value for {field}"
    CARD_GARBLED_THERE = "its card is not valid ({what})"

    # What is not valid in a card
    CARD_NAMES_NO_FILE = "no hash of {file}"
    TEXT_NOT_PRINTABLE = "a text that is too long or cannot be shown"
    INTERVAL_REVERSED = "an interval that ends before it begins"
    INTERVAL_INCOMPLETE = "an interval that lacks an end or its value"
    CURVE_THRESHOLDS = "thresholds that do not rise from 0 to 1"
    CURVE_OF_OTHER_LENGTH = "more or fewer {figure} values than thresholds"
    CURVE_NO_SHARE = "a {figure}, or its interval, that is not between 0 and 1"
    CURVE_REVERSED = "a {figure} that changes in the wrong direction as the threshold rises"
    CURVE_SENSITIVITY = "sensitivity"
    CURVE_SPECIFICITY = "specificity"
