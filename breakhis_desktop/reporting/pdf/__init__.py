"""The report that people read and hand on: A4, with thumbnails."""
