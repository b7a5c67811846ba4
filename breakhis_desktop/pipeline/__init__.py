"""The use cases, mostly one per file; a run reports its events as a generator. This package does not import Qt."""
