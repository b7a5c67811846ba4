"""The model bundles: the list, their cards, installing and removing them."""
