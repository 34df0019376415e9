"""Committees: the body and its seats, meetings, minutes, and what follows from decisions."""
