"""After the decision: offer, roster, entry on duty, probation, acting and interim, end of term."""
