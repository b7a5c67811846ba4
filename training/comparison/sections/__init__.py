"""The sections of the page of results; every number in them comes from figures of runs or from `published.toml`."""
