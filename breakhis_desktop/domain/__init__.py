"""What is true on paper: no pixels, no files, no widgets; standard library only. ARCHITECTURE.md has the words of the project."""
