"""The PDF report for human readers: A4, with thumbnails."""
