"""Applications of one's own: begun with an address, saved, completed, sent; no account."""
