"""Ballots for seats: how many, who stands, how many names a paper bears, in which rounds."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from governance.rulebook.majorities import Amount
from governance.rulebook.parts import Count, Key, Part


class Stay(Part):
    """Who stays in for the next round: everybody, the highest, or all but the lowest."""

    per_seat: Count | None = Field(None, description="So many for each vacant seat, the highest.")
    highest: Count | None = Field(None, description="So many, the highest.")
    drop_lowest: Count | None = Field(None, description="All but so many, the lowest.")


class Relaxed(Part):
    """A lower majority once so many rounds have filled no more seats; empty: the highest win."""

    after: Count
    more_than: Amount | None = None
    at_least: Amount | None = None


class Rounds(Part):
    """How often a ballot for seats is repeated, among whom, and under which majority."""

    at_most: Count | None = Field(None, description="Empty: until every seat is filled.")
    stay: Stay | None = Field(None, description="Empty: everybody not elected stays in.")
    relaxed: Relaxed | None = None


class Ballot(Part):
    """A ballot for seats."""

    seats: Count | dict[Key, Count] = Field(1, description="How many; or how many for each group.")
    candidates: dict[str, str] = Field(
        default_factory=dict, description="Who stands, each with a group or an empty text."
    )
    names: Literal["at_most", "exactly", "one"] = Field(
        "at_most", description="How many names a paper bears: seats at most, exactly, or one."
    )
    plurality: bool = Field(False, description="The highest are elected; no majority is needed.")
    rounds: Rounds = Rounds()

    @property
    def places(self) -> int:
        """How many seats there are in all."""
        return self.seats if isinstance(self.seats, int) else sum(self.seats.values())

    @model_validator(mode="before")
    @classmethod
    def _from_list(cls, value: object) -> object:
        if isinstance(value, dict) and isinstance(value.get("candidates"), (list, tuple)):
            return {**value, "candidates": _named(value["candidates"])}
        return value


def _named(candidates: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in candidates:
        if isinstance(each, dict):
            name, group = str(each.get("name", "")), str(each.get("group", ""))
        else:
            name, group = str(each), ""
        if name in found:
            raise ValueError(f'"{name}" stands twice among the candidates')
        found[name] = group
    return found
