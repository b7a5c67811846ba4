"""Model bundles and the classifier; the only package of the program that imports Keras, and only once a bundle is opened."""
