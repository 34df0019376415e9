"""Who acts, and how surely we know it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How surely we know who is acting."""

    LINK = "link"  # a link and a one-time code: one question only, gives information
    SESSION = "session"
    FRESH = "fresh"  # signed in within the last minutes
    CLOCK = "clock"  # nobody: time passed, or the engine goes on by itself
    OPERATOR = "operator"  # somebody with a shell on the installation


@dataclass(frozen=True)
class Actor:
    """Who acts, how surely we know, through which door."""

    person_id: str | None
    level: Level
    via: str
    roles: frozenset[str] = frozenset()
    invitation: str | None = None

    @property
    def is_clock(self) -> bool:
        """Whether this is the clock and not a person."""
        return self.level == Level.CLOCK


CLOCK = Actor(None, Level.CLOCK, "flow")


def operator(via: str = "cli") -> Actor:
    """Somebody who runs the installation, by its shell."""
    return Actor(None, Level.OPERATOR, via)
