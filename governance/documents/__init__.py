"""Documents: templates over plain data to HTML, PDF and plain text. No rows, no clock."""
