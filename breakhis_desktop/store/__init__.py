"""SQLite: where every run lives."""
