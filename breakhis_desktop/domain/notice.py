"""The sentence that stands wherever a result is shown."""

RESEARCH_USE = "For research use. Not a medical device."
