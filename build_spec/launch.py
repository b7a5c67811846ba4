"""Entry point of the frozen program: the window, or the command line if called as `breakhis-classify`."""

import gc
import multiprocessing
import os
import sys
from pathlib import Path

multiprocessing.freeze_support()
gc.disable()  # imports leave no garbage, and collecting took an eighth of the start-up time
names = {Path(path).stem.casefold() for path in (sys.argv[0], sys.executable)}  # only argv[0] has the name of a symbolic link
if "breakhis-classify" in names:
    from breakhis_desktop.cli import main
else:
    for stream in ("stdout", "stderr"):
        if getattr(sys, stream) is None:  # a windowed program on Windows has neither stream, but libraries write to both
            setattr(sys, stream, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 (open as long as the program runs)
    from breakhis_desktop.opening import main

gc.freeze()
gc.enable()
sys.exit(main())
