"""Changes the program in one place at a time and checks whether a test fails (mutation testing): `python -m tests.mutation --help`."""
