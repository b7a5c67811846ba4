"""Model bundles and the classifier; the program's only package that imports Keras and ONNX Runtime."""
