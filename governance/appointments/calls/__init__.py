"""Calls for candidacies: approved, published, extended, cancelled, closed."""
