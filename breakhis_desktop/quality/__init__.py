"""Decides whether an image is fit for the models."""
