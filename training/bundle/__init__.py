"""Turns a trained and evaluated recipe into the bundle that the program opens."""
