"""The patients and the summary of a run."""
