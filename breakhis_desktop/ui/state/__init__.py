"""State that several parts of the window share: jobs, results, settings, and the presenter that drives the worker."""
