"""The chosen image: zoom, heat maps, probabilities and the larger view."""
