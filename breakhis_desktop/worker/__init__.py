"""Runs the pipeline on Qt threads; imports QtCore only."""
