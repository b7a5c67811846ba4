"""Turns records into rows, CSV, XLSX, JSON and PDF; never opens the store, and the same run always gives the same bytes."""
