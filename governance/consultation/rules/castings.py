"""Which casting votes an outcome waits for, where it waits for nothing else. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from governance.consultation.rules.law import DecisionRule, Outcome


@dataclass(frozen=True)
class Casting:
    """One tie that an officer breaks: for or against, or so many of the names `between`."""

    key: str = ""
    between: tuple[str, ...] = ()
    places: int = 1

    def as_plain(self) -> dict[str, Any]:
        """As the question keeps it."""
        return {"key": self.key, "between": list(self.between), "places": self.places}

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Casting:
        """As the question has kept it."""
        return cls(plain["key"], tuple(plain["between"]), plain["places"])


def castings_awaited(law: DecisionRule, found: Outcome) -> tuple[Casting, ...]:
    """The ties of an outcome, where everything but a casting vote is there; otherwise nothing."""
    if found.result is not None or not found.numbers:
        return ()
    parts = list(found.numbers["organs"].values()) if law.organs else [found.numbers]
    ties: list[Casting] = []
    for part in parts:
        mine = part.get("castings", ())
        is_open = law.organs and part["result"] is None
        early = law.early_close and "groups" not in part  # a ballot never closes early
        if (is_open and not mine) or (part.get("awaited") and not early):
            return ()
        ties += (Casting.from_plain(each) for each in mine)
    return tuple(ties)
