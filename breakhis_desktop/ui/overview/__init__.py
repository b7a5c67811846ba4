"""The patients view and the summary of a run."""
