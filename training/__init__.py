"""Turns labelled images into a bundle: prepare, train, evaluate, export. The program never imports this package."""
