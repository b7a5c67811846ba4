"""Messages about files and folders."""

from breakhis_desktop.wording.message import Code, Wording


class FileCode(Code):
    """Reading, writing and naming files."""

    NO_MEMORY = Wording("There is not enough memory for this", advice="close other programs and try again")

    NOT_THERE = Wording("It is not there", advice="check that the drive is connected and the name is right")
    NOT_ALLOWED = Wording("It cannot be opened: access is denied", advice="ask for permission to read it")
    UNREADABLE = Wording("It cannot be read", figures="{error}", advice="check the drive and the name")
    SILENT = Wording("It does not answer", advice="check the drive or the network, then add the file or folder again")
    GREW = Wording("The file grew while it was read", advice="add it again once it is whole")
    NO_REGULAR_FILE = "Not a file that can be read."
    TOO_LARGE = Wording(
        "The file is too large to be an image of one field",
        figures="{megabytes:,.0f} MB",
        advice="export smaller fields of view and add those",
    )
    WORKING_FOLDER_REMOVED = "The working folder was removed, so {path} is nowhere; change to a folder that is there."

    NOT_WRITTEN = "{file} could not be written: {advice}."
    FOLDER_MISSING = "its folder does not exist; create it or choose another"
    FOLDER_TAKES_NONE = "its folder cannot hold new files; choose another"
    WRITING_NOT_ALLOWED = "this is not allowed; close the file where it is open, or choose a folder that you may write to"
    READ_ONLY = "the disk is read-only; choose a folder on another one"
    DISK_FULL = "the disk is full; make room or choose another"
    SIZE_LIMIT = "the disk cannot hold a file of that size; choose another"
    NAME_TOO_LONG = "its name is too long; choose a shorter one"
    WRITING_FAILED = "{error}; choose another place"
    LINK_TO_ANOTHER_KIND = "it is a link to a file of another kind; name that file itself, or choose another name"
    LINK_OF_ANOTHER_USER = "it is a link that another user made; name the file that it leads to, or choose another name"
    NO_FILE = "it is not a regular file; choose another name"

    NO_HOME = "The system names no home folder for this user; set BREAKHIS_HOME to a folder that can be written to."
    HOME_UNUSABLE = "The program's folder {folder} cannot be created or written to; set BREAKHIS_HOME to a folder that can."
    HOME_NAMED_UNUSABLE = (
        "The environment variable BREAKHIS_HOME names the folder {folder}, which cannot be created or written to; set it to another folder."
    )
    HOME_UNWRITABLE = (
        "The program's folder {folder} cannot be written to ({error}). Make room on its disk, or set BREAKHIS_HOME to another folder."
    )
    LOG_UNWRITABLE = "The log {file} cannot be written ({error}); move it away, or set BREAKHIS_HOME."

    LIBRARIES_MISSING = (
        "The system lacks {libraries:and}, which the window needs. On Debian or Ubuntu, this installs what is missing: "
        "sudo apt-get install {packages}"
    )
    LIBRARY_MISSING = "The system lacks {library}, which the window needs; install the package that contains it."
