"""Help, settings, diagnostics and error reports."""
