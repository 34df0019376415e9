"""An organisation's law as data: read, checked, pinned by version, compared."""
