"""The results table, the contact sheet, their filters and the operating point."""
