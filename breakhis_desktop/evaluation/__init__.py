"""Measures and calibrates predictions: metrics, intervals, operating points and temperatures; shared with training."""
