"""Measures the program's speed, memory and refusals; see README.md in this folder."""

import breakhis_desktop  # noqa: F401 (sets NumPy's number of threads, so it must precede NumPy)
