"""What can go wrong through nobody's bug: told to the user in one sentence with advice."""


class UserError(Exception):
    """The environment or the input is at fault; the message is one sentence with advice, ready to be shown."""


class NothingToDoError(UserError):
    """The given paths hold no image at all."""


class BundleError(UserError):
    """The model bundle is missing, damaged, or not made for this program; nothing can be analysed.

    Attributes:
        what: What is wrong, without the place where the bundle lies.
    """

    def __init__(self, sentence: str, what: str = "") -> None:
        """Take the sentence for the user, and what may stand in the log."""
        super().__init__(sentence)
        self.what = what


class StoreError(UserError):
    """The store cannot be opened, read or written."""


class DamagedStoreError(StoreError):
    """The file is there, and is no store that can be read."""


class ImageError(UserError):
    """One image cannot be read; the run goes on without it."""


class ImageRefusedError(ImageError):
    """One file is readable, but is no image that this program should judge."""
