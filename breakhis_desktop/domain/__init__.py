"""The concepts that the program works with, such as subtypes, patients, runs and reviews, without pixels, files or widgets.

Of other packages, these modules import only msgspec and the standard library. ARCHITECTURE.md has the glossary.
"""
