"""Reviews of a body's composition, from the day they are due to their decision; schemes as rows."""
