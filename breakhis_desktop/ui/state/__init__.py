"""What several rooms look at: the jobs, their results, the settings, and the presenter that drives the worker."""
