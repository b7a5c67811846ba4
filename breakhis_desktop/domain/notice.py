"""The notice shown with every result."""

RESEARCH_USE = "For research use. Not a medical device."
