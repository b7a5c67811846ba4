"""Text from versions of the program in which messages were not yet data."""

from breakhis_desktop.wording.message import Code


class TextCode(Code):
    """Finished sentences in stores and cards of earlier versions."""

    TEXT = "{text}"
