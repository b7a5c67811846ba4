"""Measures the program's speed, memory and refusals; see README.md in this folder."""

import breakhis_desktop  # noqa: F401 (before NumPy, as in the program: it sets NumPy's number of threads)
