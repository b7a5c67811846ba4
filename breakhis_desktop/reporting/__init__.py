"""Records to rows, frames, CSV, XLSX, JSON and PDF; never opens the store, and the same run always gives the same bytes."""
