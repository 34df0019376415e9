"""A rehearsal: the whole installation, with invented people who act through its API."""
