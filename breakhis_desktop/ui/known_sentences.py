"""The sentences with values in them that come from below the window and stand in it, gathered for translation."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

_SENTENCES = (
    QT_TRANSLATE_NOOP("Words", "quality gate overridden: {reason}"),
    QT_TRANSLATE_NOOP("Words", "larger or longer than the fields of {width} x {height} pixels, at an unknown scale"),
    QT_TRANSLATE_NOOP("Words", "judged in parts of {width} x {height} pixels, of another shape than the trained fields"),
    QT_TRANSLATE_NOOP(
        "Words",
        "The image is too small ({width} x {height} pixels); use the original, at least {least} pixels on each side.",
    ),
    QT_TRANSLATE_NOOP("Words", "It declares {declared}X, and the models know {known}; use a field at one of those."),
    QT_TRANSLATE_NOOP(
        "Words",
        "It is unlike the fields that the models were trained on (distance {distance}, limit 1); check what it shows.",
    ),
    QT_TRANSLATE_NOOP("Words", "It cannot be read ({error}); check the drive and the name."),
    QT_TRANSLATE_NOOP("Words", "The field would take {count} tiles, more than one field; export smaller fields of view and add those."),
    QT_TRANSLATE_NOOP("Words", "The file has {size} MB, more than one field; export smaller fields of view and add those."),
    QT_TRANSLATE_NOOP(
        "Words",
        "The image has more than {pixels} million pixels or {side} along a side, more than one field; export smaller fields of view "
        "and add those.",
    ),
    QT_TRANSLATE_NOOP("Words", "The image is damaged ({error}); copy it again from where it was made."),
    QT_TRANSLATE_NOOP(
        "Words",
        "The file is a {kind}, which this program does not read; "
        "open it in an image program and save it as RGB with 8 bits, as PNG or TIFF.",
    ),
    QT_TRANSLATE_NOOP(
        "Words",
        "The image uses {bits} of its 16 bits and looks black; save it with 8 bits in each channel, stretched to the full range.",
    ),
    QT_TRANSLATE_NOOP("Words", "TIFF compressed as {method}"),
    QT_TRANSLATE_NOOP("Words", "TIFF of {what}"),
    QT_TRANSLATE_NOOP("Words", "colours of number {number}"),
    QT_TRANSLATE_NOOP("Words", "TIFF with channels of {bits} bits"),
    QT_TRANSLATE_NOOP("Words", "TIFF with {bits} bits in each channel"),
    QT_TRANSLATE_NOOP("Words", "TIFF with an unusual arrangement of channels, {samples} of {bits} bits"),
    QT_TRANSLATE_NOOP("Words", "BMP compressed as {method}"),
    QT_TRANSLATE_NOOP("Words", "BMP with {bits} bits in each pixel"),
    QT_TRANSLATE_NOOP("Words", "JPEG with {bits} bits in each channel"),
    QT_TRANSLATE_NOOP("Words", "JPEG with {count} channels"),
    QT_TRANSLATE_NOOP("Words", "JPEG 2000 picture in {what}"),
    QT_TRANSLATE_NOOP("Words", "There is nothing to analyse in {path}. {reason}"),
    QT_TRANSLATE_NOOP("Words", "There is no image in {names}; choose a folder with PNG, JPEG, TIFF, BMP, WebP or JPEG 2000 files."),
    QT_TRANSLATE_NOOP(
        "Words",
        "The folder {folder} is empty or no longer there; connect the drive and start again: what is finished is kept.",
    ),
    QT_TRANSLATE_NOOP(
        "Words",
        "This run was made with {differences}; install what it was made with to finish it, or queue its files again for a new run.",
    ),
    QT_TRANSLATE_NOOP(
        "Words",
        "The store holds an unfinished run of {started} over the same files, made with {differences}; finish it with those, or name "
        "another store.",
    ),
    QT_TRANSLATE_NOOP("Words", "other models ({name}, id {id})"),
    QT_TRANSLATE_NOOP("Words", "another operating point ({name}, threshold {threshold})"),
    QT_TRANSLATE_NOOP("Words", "another review rule (margin {margin})"),
    QT_TRANSLATE_NOOP("Words", "version {version} of the quality gate"),
    QT_TRANSLATE_NOOP("Words", "another reading of patients ({rule})"),
    QT_TRANSLATE_NOOP("Words", "None of the images can be copied; {name}, for one: {reason}"),
    QT_TRANSLATE_NOOP("Words", "{path} is there already; choose another name, so that nothing is replaced."),
    QT_TRANSLATE_NOOP("Words", "{path} lies in what was analysed, and the copies would be analysed again; choose another place."),
    QT_TRANSLATE_NOOP("Words", "The folder {path} could not be written ({error}); choose another place that has room."),
    QT_TRANSLATE_NOOP("Words", "There is no rule {rule} for patients; write official, folder, pattern:PATTERN or csv:FILE."),
    QT_TRANSLATE_NOOP("Words", "The table {file} cannot be opened. {reason}"),
    QT_TRANSLATE_NOOP("Words", "The table {file} is larger than any job needs; choose the CSV that names this job's files."),
    QT_TRANSLATE_NOOP("Words", "The table {file} is no UTF-8 text; save it as CSV in UTF-8."),
    QT_TRANSLATE_NOOP("Words", "The table {file} cannot be used: {error}."),
    QT_TRANSLATE_NOOP("Words", "it says two things of {file}"),
    QT_TRANSLATE_NOOP("Words", "it gives {file} the magnification {value}; write 400, or leave it empty"),
    QT_TRANSLATE_NOOP("Words", "The working folder was removed, so {path} is nowhere; change to a folder that is there."),
    QT_TRANSLATE_NOOP("Words", "The pattern must have 1 to {most} characters; shorten it."),
    QT_TRANSLATE_NOOP("Words", "The pattern is no regular expression ({error}); correct it."),
    QT_TRANSLATE_NOOP("Words", "The pattern names {name} twice; write * where it stands again."),
    QT_TRANSLATE_NOOP("Words", "The pattern has more than {most} open repetitions such as * and +, which may take forever."),
    QT_TRANSLATE_NOOP("Words", "The logo {file} cannot be read; choose a PNG or JPEG file, or none."),
    QT_TRANSLATE_NOOP("Words", "A case report holds at most {most} images, and {count} are chosen; choose fewer."),
    QT_TRANSLATE_NOOP("Words", "The models in {folder} cannot be used: {what}. Install the program again, or choose another model folder."),
    QT_TRANSLATE_NOOP(
        "Words",
        "The models in {folder} came without the networks that TensorFlow runs; choose another engine, or install the whole bundle.",
    ),
    QT_TRANSLATE_NOOP("Words", "There is no model folder {folder}; check its name, or install the program again."),
    QT_TRANSLATE_NOOP(
        "Words",
        "No models were found in {folder}: {file} is missing. Install the program again, or choose another model folder.",
    ),
    QT_TRANSLATE_NOOP(
        "Words",
        "The models in {folder} were made with Keras {newer}, newer than the {installed} of this program. Install a newer version of "
        "the program.",
    ),
    QT_TRANSLATE_NOOP(
        "Words",
        "The models in {folder} expect preprocessing version {version}, and this program has version {own}. Install the version of the "
        "program that they were made for.",
    ),
    QT_TRANSLATE_NOOP("Words", "its card has format {found}, and this program reads format {known}"),
    QT_TRANSLATE_NOOP("Words", "its card lacks or garbles something ({error})"),
    QT_TRANSLATE_NOOP("Words", "{file} is missing"),
    QT_TRANSLATE_NOOP("Words", "{file} cannot be read ({error})"),
    QT_TRANSLATE_NOOP("Words", "{file} is not the file that its card names"),
    QT_TRANSLATE_NOOP("Words", "{file} gives outputs of another form"),
    QT_TRANSLATE_NOOP("Words", "{file} holds something other than images and probabilities"),
    QT_TRANSLATE_NOOP("Words", "{file} takes weights from another file"),
    QT_TRANSLATE_NOOP("Words", "{file} computes with its own weights, which no network of this program does"),
    QT_TRANSLATE_NOOP("Words", "{file} holds more operators than any network of this program"),
    QT_TRANSLATE_NOOP("Words", "{file} holds {part}, which no network of this program has"),
    QT_TRANSLATE_NOOP("Words", "{file} holds {part} fields that no network of this program has"),
    QT_TRANSLATE_NOOP("Words", "on its known images it gives other probabilities than it should (off by {difference})"),
    QT_TRANSLATE_NOOP("Words", "{device} is not used, since {what}; the CPU computes instead."),
    QT_TRANSLATE_NOOP("Words", "ONNX Runtime failed on {device}. Choose the CPU as computing device, and go on with the run."),
    QT_TRANSLATE_NOOP("Words", "ONNX Runtime fails on {device}"),
    QT_TRANSLATE_NOOP("Words", "ONNX Runtime on {device} (untested)"),
    QT_TRANSLATE_NOOP("Words", "These models ({models}) are installed already; choose them in the list."),
    QT_TRANSLATE_NOOP("Words", "The models could not be copied ({error}); make room on the disk and try again."),
    QT_TRANSLATE_NOOP("Words", "{models} could not be removed ({error}); close what uses it, or delete the folder."),
    QT_TRANSLATE_NOOP(
        "Words",
        "The store {file} cannot be used ({error}). Check that its folder exists, can be written to and has space left.",
    ),
    QT_TRANSLATE_NOOP("Words", "The store {file} is damaged or is no store ({error}). Move it away, and a new one is made."),
    QT_TRANSLATE_NOOP("Words", "The store {file} was written by a newer version of this program. Install that version to open it."),
    QT_TRANSLATE_NOOP("Words", "The store {file} cannot be locked ({error}). Check that its folder can be written to and has space left."),
    QT_TRANSLATE_NOOP(
        "Words",
        "The store {file} cannot be locked, since {lock} is another file. Move that away, or name another store.",
    ),
    QT_TRANSLATE_NOOP(
        "Words",
        "The store {file} cannot keep a text or a number that was to be written. Use ordinary characters and try again.",
    ),
    QT_TRANSLATE_NOOP("Words", "The name of the store {file} is too long. Choose a shorter one."),
    QT_TRANSLATE_NOOP("Words", "The file {file} is no part of the store beside it. Move it away, or name another store."),
    QT_TRANSLATE_NOOP("Words", "The store {file} is locked by another program. Close that program, or name another store."),
    QT_TRANSLATE_NOOP(
        "Words",
        "The disk of the store {file} does not let programs share a file ({error}). Choose a folder on another disk.",
    ),
    QT_TRANSLATE_NOOP(
        "Words",
        "The store {file} was changed by another program: {what} makes no sense. Use an earlier copy, or name another store.",
    ),
    QT_TRANSLATE_NOOP("Words", "The store {file} does not answer. Check the connection to its disk or server, or name another store."),
    QT_TRANSLATE_NOOP("Words", "The store {file} is not a file. Move it away, or name another store."),
    QT_TRANSLATE_NOOP(
        "Words",
        "The file {file} is the database of another program and was left as it is. Move it away, or name another store.",
    ),
    QT_TRANSLATE_NOOP(
        "Words",
        "The store {file} was made by an earlier version of this program, and the copy {copy}, which is kept before it is changed, "
        "cannot be written ({error}). Make room on its disk, and check that its folder can be written to.",
    ),
    QT_TRANSLATE_NOOP(
        "Words",
        "Another window or command is writing the store {file}. Wait until it has finished, or name another store; if nothing else "
        "uses the store, delete {lock}.",
    ),
    QT_TRANSLATE_NOOP(
        "Words",
        "Another process holds the lock {file} and does not let go of it. Close other windows and commands of this program; if there "
        "are none, delete that file.",
    ),
    QT_TRANSLATE_NOOP("Words", "Another window or command is writing the store {file}. Wait until it has finished, or name another store."),
    QT_TRANSLATE_NOOP(
        "Words",
        "The program's folder {folder} cannot be written to ({error}). Make room on its disk, or set BREAKHIS_HOME to another folder.",
    ),
    QT_TRANSLATE_NOOP("Words", "The program's folder {folder} cannot be made or written to; set BREAKHIS_HOME to a folder that can."),
    QT_TRANSLATE_NOOP("Words", "BREAKHIS_HOME names {folder}, which cannot be made or written to as a folder; set it to another."),
    QT_TRANSLATE_NOOP("Words", "The log {file} cannot be written ({error}); move it away, or set BREAKHIS_HOME."),
    QT_TRANSLATE_NOOP("Words", "The run was taken off the queue and will be offered again at the next start. {reason}"),
    QT_TRANSLATE_NOOP("Words", "{file} could not be written: it is no file; choose the name of a file."),
    QT_TRANSLATE_NOOP("Words", "{file} could not be written: {advice}."),
    QT_TRANSLATE_NOOP("Words", "{file} has the name of an image; give the output another ending, so that no image is replaced."),
    QT_TRANSLATE_NOOP("Words", "{file}, which leads to {place}, is {what}; write to another file."),
    QT_TRANSLATE_NOOP("Words", "{file} is {what}; write to another file."),
    QT_TRANSLATE_NOOP("Words", "A report lists at most {most} images, and this run has {count}; export it as CSV, Excel or JSON."),
    QT_TRANSLATE_NOOP("Words", "An Excel sheet holds at most {most} images, and this run has {count}; export it as CSV or JSON."),
    QT_TRANSLATE_NOOP("Words", "{error}; choose another place"),
    QT_TRANSLATE_NOOP("Words", "{share} % of the training images are malignant, and the probabilities are calibrated for that mixture."),
    QT_TRANSLATE_NOOP("Words", "From too few patients for any claim about them: {subtypes}."),
    QT_TRANSLATE_NOOP("Words", "Thin in the data, and judged on little: {parts}."),
    QT_TRANSLATE_NOOP("Words", "Most of the images at hand were copies shrunk to {size} pixels."),
    QT_TRANSLATE_NOOP("Words", "{magnification} ({share} % of the images)"),
    QT_TRANSLATE_NOOP(
        "Words",
        "Recipes judged on the same folds: {count}, besides {screened} configurations and combinations of a screening. The best of several "
        "is flattered; it was not judged on other folds.",
    ),
    QT_TRANSLATE_NOOP(
        "Words",
        "Recipes judged on the same folds: {count}. The best of several is flattered; it was not judged on other folds.",
    ),
    QT_TRANSLATE_NOOP(
        "Words",
        "Recipes judged on the same folds: {count}, besides {screened} configurations and combinations of a screening. The best of several "
        "is flattered; its figures on other folds stand beside.",
    ),
    QT_TRANSLATE_NOOP(
        "Words",
        "Recipes judged on the same folds: {count}. The best of several is flattered; its figures on other folds stand beside.",
    ),
    QT_TRANSLATE_NOOP(
        "Words",
        "Judged on the same folds besides: {ensembles} ensembles, {screened} configurations and combinations of a screening, "
        "and on a part of them {trials} trials of a search.",
    ),
    QT_TRANSLATE_NOOP("Words", "The same recipe with another random seed: AUC {auc}, macro recall {recall}, on the same folds."),
    QT_TRANSLATE_NOOP("Words", "{device} (untested)"),
    QT_TRANSLATE_NOOP("Words", "grouped, cross-fitted; {images} images of {accessions} accessions"),
    QT_TRANSLATE_NOOP("Words", "grouped, temperature cross-fitted; {images} images of {accessions} accessions"),
)

SENTENCES = tuple(map(str, _SENTENCES))
"""Said with values in their braces; the first that fits is taken, so that the general ones come last."""
