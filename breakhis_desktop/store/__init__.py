"""The SQLite store, which holds every run."""
