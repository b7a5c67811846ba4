"""Where the pipeline meets threads of Qt; QtCore only."""
