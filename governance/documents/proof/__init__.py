"""Seal and proof: a signature over a whole record, and the reading of it. No rows."""
