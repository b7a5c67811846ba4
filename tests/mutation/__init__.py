"""Mutation testing: changes the program in one place at a time and checks whether a test fails. See `python -m tests.mutation --help`."""
