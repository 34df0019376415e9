"""What happened, and what is still owed: the chain of entries, due work, deadlines, the outbox."""
