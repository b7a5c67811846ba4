"""The jobs: adding, ordering, keeping and resuming them, and how their patients are read."""
