"""Who may sit with whom: compositions, rules, verdicts. No tables: callers hand it a Composition."""
