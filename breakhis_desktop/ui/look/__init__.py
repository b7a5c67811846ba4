"""How everything looks and reads: theme, words and the small controls that all rooms share."""
