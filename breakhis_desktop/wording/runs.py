"""What is said of runs: what they are over, what they write, and how the command line tells of them."""

from breakhis_desktop.wording.message import Code


class RunCode(Code):
    """Analysing images, reading their patients, and writing results, reports and training folders."""

    BUG = "Something went wrong that should not; the log says more. Please report it."

    RUN_NOTHING_IN = "There is nothing to analyse in {path}. {reason}"
    RUN_WITHOUT_IMAGES = "There is no image in {roots}; choose a folder with PNG, JPEG, TIFF, BMP, WebP or JPEG 2000 files."
    RUN_WITHOUT_MODELS = "The models are not loaded, so nothing was analysed."
    RUN_FOLDER_GONE = "The folder {folder} is empty or no longer there; connect the drive and start again: what is finished is kept."
    RUN_NOT_GIVEN_UP = "The run was taken off the queue and will be offered again at the next start. {reason}"
    RUN_MADE_OTHERWISE = (
        "This run was made with {differences:and}; install what it was made with to finish it, or queue its files again for a new run."
    )
    RUN_UNFINISHED = (
        "The store holds an unfinished run of {started} over the same files, made with {differences:and}; finish it with those, or name "
        "another store."
    )
    DIFFERENT_MODELS = "other models ({name}, id {id})"
    DIFFERENT_POINT = "another operating point ({name}, threshold {threshold:g})"
    DIFFERENT_REVIEW_RULE = "another review rule (margin {margin:g})"
    DIFFERENT_GATE_VERSION = "version {version} of the quality gate"
    DIFFERENT_GATE_ON = "the quality gate on"
    DIFFERENT_GATE_OFF = "the quality gate off"
    DIFFERENT_IDENTITY_RULE = "another reading of patients ({rule})"

    RULE_UNKNOWN = "There is no rule {rule} for patients; write official, folder, pattern:PATTERN or csv:FILE."
    PATTERN_LENGTH = "The pattern must have 1 to {most} characters; shorten it."
    PATTERN_NO_EXPRESSION = "The pattern is no regular expression ({error}); correct it."
    PATTERN_NAMES_NOTHING = "The pattern must say where the patient stands; write {{patient}}, and {{magnification}} where the name has it."
    PATTERN_NAMES_TWICE = "The pattern names {{{name}}} twice; write * where it stands again."
    PATTERN_REPEATS_GROUP = "The pattern repeats a group, which may take forever; repeat single characters alone."
    PATTERN_HAS_FLAGS = "The pattern has flags or comments, which are not read here; write it without them."
    PATTERN_REPEATS_TOO_MUCH = "The pattern has more than {most} open repetitions such as * and +, which may take forever."
    PATTERN_CHOOSES_TOO_MUCH = "The pattern has too many optional parts and alternatives, which may take forever; write it with fewer."
    TABLE_UNOPENED = "The table {file} cannot be opened. {reason}"
    TABLE_TOO_LARGE = "The table {file} is larger than any job needs; choose the CSV that names this job's files."
    TABLE_NO_UTF_8 = "The table {file} is no UTF-8 text; save it as CSV in UTF-8."
    TABLE_UNUSABLE = "The table {file} cannot be used: {error}."
    TABLE_LACKS_COLUMNS = "its first line must name the columns file, patient and magnification"
    TABLE_CONTRADICTS_ITSELF = "it says two things of {file}"
    TABLE_ODD_MAGNIFICATION = "it gives {file} the magnification {value}; write 400, or leave it empty"

    OUTPUT_NAMED_AS_IMAGE = "{file} has the name of an image; give the output another ending, so that no image is replaced."
    OUTPUT_IS_INPUT = "{file} is {what}; write to another file."
    OUTPUT_LEADS_TO_INPUT = "{file}, which leads to {place}, is {what}; write to another file."
    OUTPUT_READ_ONLY = "{file} may only be read; allow it to be written, or choose another name."
    OUTPUT_NAMED_TWICE = "{file} is named twice in this call; give each output a file of its own."
    OUTPUT_IS_FOLDER = "{file} is a folder; give the name of a file in it."
    OUTPUT_IS_DEVICE = "{file} is a pipe or device; name a file."
    OUTPUT_NOWHERE = "{file} cannot be written: its folder is not there or is read-only. Choose another place."
    INPUT_STORE = "the store or a part of it"
    INPUT_OWN_FILE = "a file of the program itself"
    INPUT_IMAGE = "an image"
    INPUT_ROOT = "what is to be analysed"
    INPUT_TABLE = "the table of patients"
    INPUT_MODELS = "a file of the models"
    INPUT_LOGO = "the logo of the report"

    TRUTH_NOT_REVIEWED = "No image of this run is reviewed yet; accept or override some, or include those with official names."
    TRUTH_FOLDER_TAKEN = "{path} is there already; choose another name, so that nothing is replaced."
    TRUTH_FOLDER_IN_ROOT = "{path} lies in what was analysed, and the copies would be analysed again; choose another place."
    TRUTH_NOT_WRITTEN = "The folder {path} could not be written ({error}); choose another place that has room."
    TRUTH_NONE_COPIED = "None of the images can be copied; {name}, for one: {reason}"
    TRUTH_CONTRADICTED = "The review contradicts the official name; settle which is right before it is trained on."
    TRUTH_FILE_CHANGED = "The file is another one than the run analysed; analyse and review it again."

    REPORT_WITHOUT_IMAGES = "The run has no such images; choose a patient or images that stand in its table."
    REPORT_CASE_TOO_LARGE = "A case report holds at most {most} images, and {count:,} are chosen; choose fewer."
    REPORT_TOO_LARGE = "A report lists at most {most:,} images, and this run has {count:,}; export it as CSV, Excel or JSON."
    REPORT_LOGO_UNREADABLE = "The logo {file} cannot be read; choose a PNG or JPEG file, or none."
    REPORT_FILE_GONE = "The file can no longer be read; this is its stored thumbnail."
    REPORT_FILE_CHANGED = "The file is another one now; this is the stored thumbnail."
    PRINTER_SILENT = "The printer does not answer; see whether it is on and connected, or save the report as PDF."
    SHEET_TOO_LARGE = "An Excel sheet holds at most {most:,} images, and this run has {count:,}; export it as CSV or JSON."

    CLI_CASE_WITHOUT_PDF = "A case report is a PDF; name its file with --pdf."
    CLI_REUSE_WITHOUT_STORE = "Earlier runs are kept in a store; name its file with --store."
    CLI_NO_SUCH_POINT = "The models know no operating point {name}; choose one of {points}."
    CLI_NO_PROBABILITY = "{text} is no number from 0 to 1; write one such as 0.5"
    CLI_NO_PATH = "a path is empty, as an unset variable leaves it; name a file or a folder"
    CLI_RESUMABLE = "The same call resumes the run."
    CLI_KEPT = "What is finished is kept in {file}; the same call with --store {file} goes on from there."
    CLI_REUSED = "{count:,} of them are results of earlier runs over the same files; the column reused_from names the run."
    CLI_TABLE_FITS = "The table fits {fitting:,} of {images:,} images."
    CLI_TABLE_FITS_NONE = "The table fits 0 of {images:,} images; its column file must hold their names with their endings."
    CLI_PATTERN_FITS = "The pattern fits {fitting:,} of {images:,} images."
    CLI_PATTERN_FITS_NONE = "The pattern fits 0 of {images:,} images; compare it with their names."
    CLI_TABLE_NOT_PRINTED = "The table could not be printed ({error}); write it to a file with --csv."
    CLI_AWAITED = (
        "no answer from {file}; check the drive or the network. The run goes on without waiting; Ctrl+C ends it and keeps what is finished."
    )
    CLI_AWAITED_WITH_MORE = (
        "no answer from {file} and {more:,} more; check the drive or the network. The run goes on without waiting; Ctrl+C ends it and "
        "keeps what is finished."
    )
    CLI_PROGRESS = "{ended:,} of {queued:,}"
    CLI_PROGRESS_WITH_TIME = "{ended:,} of {queued:,}, {time} left"
