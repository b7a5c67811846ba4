"""The job queue: adding, ordering, saving and resuming jobs, and choosing how patients are read."""
