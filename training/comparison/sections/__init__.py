"""The contents of the page of results, section by section; every number comes from saved results or from `published.toml`.

The words are in the templates, `training/pages/results/`.
"""
