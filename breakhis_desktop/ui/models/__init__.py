"""What views show, as Qt item models; they never import pipeline, store or inference."""
