"""Text that is not message data, such as sentences from earlier versions of the program."""

from breakhis_desktop.wording.message import Code


class TextCode(Code):
    """Finished sentences from stores and cards."""

    TEXT = "{text}"
