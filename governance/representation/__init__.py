"""Who may sit with whom: compositions, rules, verdicts. It has no tables of its own."""
