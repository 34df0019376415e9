"""A candidate's own part: where they stand, what they owe, their data, the way out."""
