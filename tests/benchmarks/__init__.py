"""What the program takes, measured and printed; see README.md here."""

import breakhis_desktop  # noqa: F401 (before NumPy, as in the program itself, which tells NumPy how many threads to use)
