"""The kinds of documents: what must be known before each may be written."""
