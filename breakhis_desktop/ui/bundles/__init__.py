"""The model bundles: listing, installing and removing them, and showing their cards."""
