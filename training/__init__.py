"""Takes labelled images to a bundle: prepare, train, evaluate, export. The program never imports this package."""
