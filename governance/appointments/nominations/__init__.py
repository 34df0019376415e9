"""Members are invited by note verbale, and their National Central Bureaus nominate by a link."""
