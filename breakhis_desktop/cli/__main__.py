"""`python -m breakhis_desktop.cli` is `breakhis-classify`."""

import sys

from breakhis_desktop.cli import main

sys.exit(main())
