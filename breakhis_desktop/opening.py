"""`breakhis-desktop`: opens the window, or says which system libraries are missing."""

from collections.abc import Sequence

from breakhis_desktop.console import fill_closed_streams, tell
from breakhis_desktop.system_libraries import lacking


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window and return the exit status; return 2 if Qt cannot be imported because the system lacks a library."""
    try:
        from breakhis_desktop.app import main as open_window
    except ImportError as error:
        sentence = lacking(str(error))
        if sentence is None:
            raise
        fill_closed_streams()
        tell(f"breakhis-desktop: {sentence}")
        return 2
    return open_window(arguments)
