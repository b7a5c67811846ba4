"""One use case per file, generators that yield events; no Qt."""
