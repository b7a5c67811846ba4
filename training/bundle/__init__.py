"""From a trained and evaluated recipe to the bundle that the program opens."""
