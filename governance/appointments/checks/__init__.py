"""Vetting: the checks of a candidacy, findings and rulings, the gate before the letter."""
