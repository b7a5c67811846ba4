"""Runs the command line of the frozen program."""

import multiprocessing
import sys

multiprocessing.freeze_support()

from breakhis_desktop.cli import main  # noqa: E402 (after the above, which importing may need already)

sys.exit(main())
