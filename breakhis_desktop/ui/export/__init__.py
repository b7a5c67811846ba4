"""What leaves the window: tables, reports, printing and the training folder."""
