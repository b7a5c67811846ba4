"""The system libraries that Qt needs on Linux, and the packages that contain them."""

import ctypes
import re
import sys

from breakhis_desktop.wording.files import FileCode
from breakhis_desktop.wording.message import Message

PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}
"""The package of Debian and Ubuntu for each library; the README names the same packages."""

_LIBRARY = re.compile(r"\blib[\w+.-]+\.so[.\d]*")


def lacking(words: str = "") -> Message | None:
    """Return which libraries the system lacks and how to install them; None if no library is known to be missing.

    Args:
        words: The loader's error message, which may name a library that is not in `PACKAGES`.
    """
    if not sys.platform.startswith("linux"):
        return None
    missing = [name for name in PACKAGES if not _loads(name)]
    if missing:
        packages = " ".join(PACKAGES[name] for name in missing)
        return Message.of(FileCode.LIBRARIES_MISSING, libraries=tuple(missing), packages=packages)
    named = _LIBRARY.search(words)
    return Message.of(FileCode.LIBRARY_MISSING, library=named[0]) if named else None


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
