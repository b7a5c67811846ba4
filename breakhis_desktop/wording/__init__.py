"""Every sentence that the program says of what happened, in English: one table of codes for each part of the program."""
