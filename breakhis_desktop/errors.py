"""Errors that are not bugs: each is reported to the user in one sentence with advice."""

import errno
import re

from breakhis_desktop.wording.message import Message

_OUT_OF_MEMORY = re.compile(
    r"bad.?alloc|cannot allocate memory|failed to (?:allocate|map segment)|out of memory|can't (?:start|allocate)", re.IGNORECASE
)
"""How native libraries, the system's loader and the start of a thread report a lack of memory without a MemoryError."""


def is_out_of_memory(error: BaseException) -> bool:
    """Return whether an error, or one of its causes, says that memory ran out."""
    found: BaseException | None = error
    while found is not None:
        if isinstance(found, MemoryError) or (isinstance(found, OSError) and found.errno == errno.ENOMEM):
            return True
        if isinstance(found, (ImportError, RuntimeError)) and _OUT_OF_MEMORY.search(str(found)):
            return True
        found = found.__cause__ or found.__context__
    return False


class UserError(Exception):
    """An error for which the environment or the input is at fault, not the program.

    Attributes:
        message: What to tell the user, with advice.
    """

    def __init__(self, message: Message) -> None:
        """Store the message; `str` of the error is the English sentence."""
        self.message = message
        super().__init__(str(message))


class NothingToDoError(UserError):
    """The given paths hold no images."""


class ClauseError(ValueError):
    """Data is invalid; the code that reads the data inserts the clause into a sentence for the user.

    Attributes:
        message: What is wrong, as a clause.
    """

    def __init__(self, message: Message) -> None:
        """Store the clause."""
        super().__init__(str(message))
        self.message = message


class BundleError(UserError):
    """The model bundle is missing, damaged, or not made for this program; nothing can be analysed.

    Attributes:
        what: What is wrong, as a clause for use in another sentence; the whole message if no such clause was given.
    """

    def __init__(self, message: Message, what: Message | None = None) -> None:
        """Store the message, and the clause that says what is wrong."""
        super().__init__(message)
        self.what = what or self.message


class StoreError(UserError):
    """The store cannot be opened, read or written."""


class DamagedStoreError(StoreError):
    """The file exists, but is not a readable store."""


class ImageError(UserError):
    """One image cannot be read; the run continues without it."""


class ImageRefusedError(ImageError):
    """One file is readable, but is not an image that this program should classify."""
