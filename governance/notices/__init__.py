"""Senders of what must be told: notices of the outbox and one-time codes, as mail.

They get plain data and the rows of lower floors, never rows of another domain.
"""
