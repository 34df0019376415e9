"""Assessment: criteria before names, the panel, scores unseen until one's own are in, ranking."""
