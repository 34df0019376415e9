"""The law that a case is under: pinned when it was launched, read back from its hash."""

from __future__ import annotations

from governance.rulebook.current import current_law, law_of

__all__ = ["current_law", "law_of"]
