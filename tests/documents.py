"""What tests of documents have in common."""

from __future__ import annotations

from datetime import date
from typing import Any


def day_of(facts: dict[str, Any]) -> date:
    """The day that the facts of a document say it is of."""
    return date.fromisoformat(facts["date"])
