"""What a person says of an image."""
