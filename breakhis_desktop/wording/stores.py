"""Messages about stores: the files that keep runs, reviews and the window's queue."""

from breakhis_desktop.wording.message import Code


class StoreCode(Code):
    """Opening, reading, writing and locking a store."""

    STORE_DAMAGED = "The store {file} is damaged or is not a store ({error}). Move it away, and a new one is created."
    STORE_NO_DATABASE = "file is not a database"
    STORE_TABLE_DAMAGED = "the table {table} is damaged"

    STORE_LOCKED = "The store {file} is locked by another program. Close that program, or name another store."
    STORE_DISK_UNSHARED = "The disk of the store {file} does not let programs share a file ({error}). Choose a folder on another disk."
    STORE_UNUSABLE = "The store {file} cannot be used ({error}). Check that its folder exists, can be written to and has space left."
    STORE_ODD = "The store {file} was changed by another program: {what}. Use an earlier copy, or name another store."
    STORE_ODD_PLACE = "{place} is not valid"
    STORE_ODD_TEXT = "it holds a text that is not valid"
    STORE_ODD_REFERENCE = "it holds a row that refers to a missing row"
    STORE_RUN_MISSING = "run {run} is missing"

    STORE_SILENT = "The store {file} does not answer. Check the connection to its disk or server, or name another store."
    STORE_NO_FILE = "The store {file} is not a file. Move it away, or name another store."
    STORE_UNKEPT = "The store {file} cannot hold a text or number that was to be written. Use ordinary characters and try again."
    STORE_NAME_TOO_LONG = "The name of the store {file} is too long. Choose a shorter one."
    STORE_FOREIGN_BESIDE = "The file {file} does not belong to the store beside it. Move it away, or name another store."
    STORE_FOREIGN = "The file {file} is the database of another program and was left as it is. Move it away, or name another store."
    STORE_NEWER = "The store {file} was written by a newer version of this program. Install that version to open it."
    STORE_NOT_COPIED = (
        "The store {file} was made by an earlier version of this program. Before upgrading it, the program makes a copy, {copy}, and this "
        "copy cannot be written ({error}). Make room on its disk, and check that its folder can be written to."
    )

    STORE_HELD_BY = (
        "Another window or command is writing the store {file} (process {process}, since {since}). Wait until it has finished, or name "
        "another store."
    )
    STORE_HELD = (
        "Another window or command is writing the store {file}. Wait until it has finished, or name another store; if nothing else uses "
        "the store, delete {lock}."
    )
    STORE_NOT_LOCKED = "The store {file} cannot be locked ({error}). Check that its folder can be written to and has space left."
    LOCK_IS_ANOTHER_FILE = "The store {file} cannot be locked, because {lock} is a link or a folder. Move it away, or name another store."
    LOCK_HELD = (
        "Another process holds the lock {file} and does not release it. Close other windows and commands of this program; if there are "
        "none, delete that file."
    )
