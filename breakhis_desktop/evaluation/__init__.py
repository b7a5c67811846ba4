"""How good predictions are: figures, their intervals, operating points and temperatures; shared by training and reports."""
