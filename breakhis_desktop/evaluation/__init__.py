"""Measures the quality of predictions: metrics, intervals, operating points and temperatures; shared by training and reports."""
