"""What real published minutes had wrong, one family of checks a module."""
