"""The English wording of every message: one table of codes for each part of the program."""
