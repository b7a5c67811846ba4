"""One use case per file, as generators of events; no Qt."""
