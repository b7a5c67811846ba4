"""Opens the window of the frozen program."""

import multiprocessing
import os
import sys
from pathlib import Path

multiprocessing.freeze_support()
for stream in ("stdout", "stderr"):
    if getattr(sys, stream) is None:  # a windowed program on Windows has neither, and libraries write to both
        setattr(sys, stream, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 (open as long as the program runs)

from breakhis_desktop.app import main  # noqa: E402 (after the above, which importing may need already)

sys.exit(main())
