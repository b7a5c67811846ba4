"""What is drawn; widgets never import pipeline, store or inference."""
