"""Help, settings, diagnostics, and what is told when something goes wrong."""
