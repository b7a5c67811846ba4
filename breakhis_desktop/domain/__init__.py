"""What is true on paper: no pixels, no files, no widgets; the standard library and msgspec only.

ARCHITECTURE.md has the words of the project.
"""
