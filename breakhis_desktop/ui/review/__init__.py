"""Human review of images."""
