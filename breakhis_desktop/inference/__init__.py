"""Model bundles and the classifier; the program's only room that imports Keras or ONNX Runtime."""
