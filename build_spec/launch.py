"""Where the frozen program begins: the window, or the command line where it is called by that name."""

import gc
import multiprocessing
import os
import sys
from pathlib import Path

multiprocessing.freeze_support()
gc.disable()  # nothing of what is imported is garbage, and looking for it took an eighth of the time
names = {Path(path).stem.casefold() for path in (sys.argv[0], sys.executable)}  # a link has its name in the first of them alone
if "breakhis-classify" in names:
    from breakhis_desktop.cli import main
else:
    for stream in ("stdout", "stderr"):
        if getattr(sys, stream) is None:  # a windowed program on Windows has neither, and libraries write to both
            setattr(sys, stream, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 (open as long as the program runs)
    from breakhis_desktop.app import main

gc.freeze()
gc.enable()
sys.exit(main())
