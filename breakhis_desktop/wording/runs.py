"""Messages about runs: their inputs and outputs, and what the command line says about them."""

from breakhis_desktop.wording.message import Code


class RunCode(Code):
    """Analysing images, reading their patients, and writing results, reports and training folders."""

    BUG = "Something unexpected went wrong; the log says more. Please report it."

    RUN_NOTHING_IN = "There is nothing to analyse in {path}. {reason}"
    RUN_WITHOUT_IMAGES = "There is no image in {roots}; choose a folder with PNG, JPEG, TIFF, BMP, WebP or JPEG 2000 files."
    RUN_WITHOUT_MODELS = "The models are not loaded, so nothing was analysed."
    RUN_FOLDER_GONE = "The folder {folder} is empty or no longer there; connect the drive and start again: what is finished is kept."
    RUN_NOT_GIVEN_UP = (
        "The run was taken off the queue, but the store could not record this, so the run will be offered again at the next start. {reason}"
    )
    RUN_MADE_OTHERWISE = (
        "This run was made with {differences:and}; to finish it, use the same models, settings and version of the program, or queue its "
        "files again for a new run."
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
    DIFFERENT_IDENTITY_RULE = "another rule for patients ({rule})"

    RULE_UNKNOWN = "There is no rule {rule} for patients; write official, folder, magnification, pattern:PATTERN or csv:FILE."
    PATTERN_EMPTY = "The pattern is empty; write one such as {{patient}}_{{magnification}}x_*."
    PATTERN_NO_TEXT = "The pattern contains a byte that is not text; write * in its place."
    PATTERN_LENGTH = "The pattern must have 1 to {most} characters; shorten it."
    PATTERN_NO_EXPRESSION = "The pattern is not a valid regular expression ({error}); correct it."
    PATTERN_NAMES_NOTHING = (
        "The pattern names neither the patient nor the magnification; write {{patient}} or {{magnification}} where it stands in the name."
    )
    PATTERN_NAMES_TWICE = "The pattern names {{{name}}} twice; write * in place of the second one."
    PATTERN_REPEATS_GROUP = "The pattern repeats a group, which may take forever; repeat only single characters."
    PATTERN_HAS_FLAGS = "The pattern has flags or comments, which are not supported; write it without them."
    PATTERN_REPEATS_TOO_MUCH = "The pattern has more than {most} open repetitions such as * and +, which may take forever."
    PATTERN_CHOOSES_TOO_MUCH = "The pattern has too many optional parts and alternatives, which may take forever; write it with fewer."
    TABLE_UNOPENED = "The table {file} cannot be opened. {reason}"
    TABLE_TOO_LARGE = "The table {file} is larger than any job needs; choose the CSV that names this job's files."
    TABLE_NO_UTF_8 = "The table {file} is not UTF-8 text; save it as CSV in UTF-8."
    TABLE_UNUSABLE = "The table {file} cannot be used: {error}."
    TABLE_LACKS_COLUMNS = "its first line must name the column 'file', and 'patient' or 'magnification' or both"
    TABLE_CONTRADICTS_ITSELF = "it has two different entries for {file}"
    TABLE_ODD_MAGNIFICATION = "it gives {file} the magnification {value}; write a number such as 400, or leave it empty"

    OUTPUT_NAMED_AS_IMAGE = "{file} has the name of an image; give the output another ending, so that no image is replaced."
    OUTPUT_IS_INPUT = "{file} is {what}; write to another file."
    OUTPUT_LEADS_TO_INPUT = "{file}, which leads to {place}, is {what}; write to another file."
    OUTPUT_READ_ONLY = "{file} is read-only; make it writable, or choose another name."
    OUTPUT_NAMED_TWICE = "{file} is named twice in this command; give each output a file of its own."
    OUTPUT_IS_FOLDER = "{file} is a folder; give the name of a file in it."
    OUTPUT_IS_DEVICE = "{file} is a pipe or device; name a file, or - for standard output."
    STORE_IS_DEVICE = "{file} is a pipe or device; name a file."
    OUTPUT_NOWHERE = "{file} cannot be written: its folder is not there or is read-only. Choose another place."
    INPUT_STORE = "the store or a part of it"
    INPUT_OWN_FILE = "a file of the program itself"
    INPUT_IMAGE = "an image"
    INPUT_ROOT = "one of the files or folders to analyse"
    INPUT_TABLE = "the table of patients"
    INPUT_MODELS = "a file of the models"
    INPUT_LOGO = "the logo of the report"

    TRUTH_NOT_REVIEWED = "No image of this run is reviewed yet; accept or override some, or include those with official names."
    TRUTH_FOLDER_TAKEN = "{path} is there already; choose another name, so that nothing is replaced."
    TRUTH_FOLDER_IN_ROOT = "{path} lies in what was analysed, and the copies would be analysed again; choose another place."
    TRUTH_NOT_WRITTEN = "The folder {path} could not be written ({error}); choose another place that has room."
    TRUTH_NONE_COPIED = "None of the images can be copied; {name}, for one: {reason}"
    TRUTH_NAME_TOO_LONG = (
        "The name of the image or of its patient is too long for the disk that the copies go to; choose a folder on another disk."
    )
    TRUTH_CONTRADICTED = "The review contradicts the official name; settle which is right before the image is used for training."
    TRUTH_FILE_CHANGED = "The file has changed since the run analysed it; analyse and review it again."

    REPORT_WITHOUT_IMAGES = "The run has none of the images to report; choose a patient or images from its table."
    CASE_OF_OTHER_PATIENT = (
        "No image of this run is of the patient {patient}: its patients are {patients}. Repeat the command with one of them as --case."
    )
    CASE_OF_MANY_PATIENTS = (
        "No image of this run is of the patient {patient}: its patients are {patients} and {more:,} more. Repeat the command with one of "
        "them as --case."
    )
    CASE_WITHOUT_PATIENTS = (
        "No image of this run is of the patient {patient}: neither a name nor a rule says whose images these are. Repeat the command with "
        "a rule as --patients."
    )
    REPORT_CASE_TOO_LARGE = "A case report holds at most {most} images, and {count:,} are chosen; choose fewer."
    REPORT_TOO_LARGE = "A report lists at most {most:,} images, and this run has {count:,}; export it as CSV, Excel or JSON."
    REPORT_LOGO_UNREADABLE = "The logo {file} cannot be read; choose a PNG or JPEG file, or none."
    HEAT_MAP_OF_EARLIER_FILE = "No heat map: the file has changed since the run analysed it. Analyse it again to have one."
    REPORT_FILE_GONE = "The file can no longer be read; this is its stored thumbnail."
    REPORT_FILE_CHANGED = "The file has changed; this is the stored thumbnail."
    PRINTER_SILENT = "The printer does not answer; check that it is on and connected, or save the report as PDF."

    CLI_CASE_WITHOUT_PDF = "A case report is a PDF; name its file with --pdf."
    CLI_OPTION_WITHOUT_PDF = "{option} is for the report; name its file with --pdf."
    CLI_REUSE_WITHOUT_STORE = "Earlier runs are kept in a store; name its file with --store."
    CLI_NO_SUCH_POINT = "The models know no operating point {name}; choose one of {points}."
    CLI_NO_PROBABILITY = "{text} is not a number from 0 to 1; write one such as 0.5"
    CLI_NO_PATH = "a path is empty (is a shell variable not set?); name a file or a folder"
    CLI_RESUMABLE = "The same command resumes the run."
    CLI_KEPT = "What is finished is kept in {file}; the same command with --store {file} continues from there."
    CLI_REUSED = "Images with the result of an earlier run over the same file: {count:,}; the column reused_from names the run."
    CLI_TABLE_FITS = "The table fits {fitting:,} of {images:,} images."
    CLI_TABLE_FITS_NONE = "The table fits 0 of {images:,} images; its column 'file' must hold their names with their endings."
    CLI_PATTERN_FITS = "The pattern fits {fitting:,} of {images:,} images."
    CLI_PATTERN_FITS_NONE = "The pattern fits 0 of {images:,} images; compare it with their names without the endings."
    CLI_NOT_PRINTED = "The results could not be written to standard output ({error}); write them to a file with --csv."
    CLI_PIPE_CLOSED = "Standard output was closed before all of it was read."
    CLI_STANDARD_TWICE = "Only one output can go to standard output; give the others a file."
    CLI_BINARY_TO_TERMINAL = "{format} is not text that a terminal can show; name a file with {option}, or send standard output to one."
    CLI_LIST_AWAITED = "Reading a list of files, one on each line, until Ctrl+D."
    CLI_LIST_EMPTY = "Standard input lists no file; send it the paths of images or folders, one on each line."
    CLI_NO_ANSWER = "{file} does not answer; check the drive or the network, or name another place."
    CLI_SILENT = "no answer from {files}; check the drive or the network. {meanwhile}"
    CLI_SLOW = "still decoding {files}. {meanwhile}"
    CLI_FILES = "{file} and {more:,} more"
    CLI_GOES_ON = "The run continues without waiting; Ctrl+C ends it and keeps what is finished."
    CLI_WAITS = "The program waits for up to {seconds:.0f} seconds; Ctrl+C ends it."
    CLI_STANDS = "Nothing continues until it answers; Ctrl+C ends the program and keeps what is finished."
    CLI_PROGRESS = "{ended:,} of {queued:,}"
    CLI_PROGRESS_WITH_TIME = "{ended:,} of {queued:,}, {time} left"
