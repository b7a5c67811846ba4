"""Everything that the window writes out: tables, reports, prints and the training folder."""
