"""What can go wrong through nobody's bug: told to the user in one sentence with advice."""

import errno
import re

from breakhis_desktop.wording.message import Message

_SAID_WITHOUT_MEMORY = re.compile(
    r"bad.?alloc|cannot allocate memory|failed to (?:allocate|map segment)|out of memory|can't (?:start|allocate)", re.IGNORECASE
)
"""How native libraries, the loader of the system and threads say it, which raise no MemoryError."""


def is_out_of_memory(error: BaseException) -> bool:
    """Tell whether memory ran out, by an error or what led to it."""
    found: BaseException | None = error
    while found is not None:
        if isinstance(found, MemoryError) or (isinstance(found, OSError) and found.errno == errno.ENOMEM):
            return True
        if isinstance(found, (ImportError, RuntimeError)) and _SAID_WITHOUT_MEMORY.search(str(found)):
            return True
        found = found.__cause__ or found.__context__
    return False


class UserError(Exception):
    """The environment or the input is at fault.

    Attributes:
        message: What to tell the user, with advice.
    """

    def __init__(self, message: Message) -> None:
        """Take what to tell; as text, the error is the English sentence."""
        self.message = message
        super().__init__(str(message))


class NothingToDoError(UserError):
    """The given paths hold no image at all."""


class ClauseError(ValueError):
    """Data is not what it should be, which whoever reads it tells the user as part of a sentence.

    Attributes:
        message: What is wrong, as a clause.
    """

    def __init__(self, message: Message) -> None:
        """Take the clause."""
        super().__init__(str(message))
        self.message = message


class BundleError(UserError):
    """The model bundle is missing, damaged, or not made for this program; nothing can be analysed.

    Attributes:
        what: What is wrong, as a clause for another sentence where there is one, and else the whole message.
    """

    def __init__(self, message: Message, what: Message | None = None) -> None:
        """Take what to tell the user, and the clause of it that says what is wrong."""
        super().__init__(message)
        self.what = what or self.message


class StoreError(UserError):
    """The store cannot be opened, read or written."""


class DamagedStoreError(StoreError):
    """The file is there, and is no store that can be read."""


class ImageError(UserError):
    """One image cannot be read; the run goes on without it."""


class ImageRefusedError(ImageError):
    """One file is readable, but is no image that this program should judge."""
