"""The shared look and wording: theme, translated words and small controls."""
