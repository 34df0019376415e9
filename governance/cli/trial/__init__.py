"""A rule tried on answers from files: reads forgivingly, refuses precisely, touches no database."""
