"""The concepts that the program works with, such as subtypes, patients, runs and reviews, without pixels, files or widgets.

Besides the program's errors and wording, these modules import only msgspec and the standard library. ARCHITECTURE.md has the glossary.
"""
