"""Model bundles and the classifier; the program's only package that imports Keras, and only to open a bundle."""
