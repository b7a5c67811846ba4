"""The charts of the page of results, one kind per file, drawn from predictions and figures."""
