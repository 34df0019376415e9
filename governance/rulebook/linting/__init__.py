"""The linter: what is read, line by line, and everything that keeps it from being law."""
