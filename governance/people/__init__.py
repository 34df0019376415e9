"""Persons, the offices and roles that they hold over time."""
