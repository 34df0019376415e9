"""Minutes: what a body says of its own meeting, checked, corrected, adopted and never edited."""
