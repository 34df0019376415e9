"""Ballots for seats: how many, who stands, how many names a paper bears, in which rounds."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from governance.rulebook.majorities import Amount
from governance.rulebook.parts import Count, Key, Part


class Stay(Part):
    """Who stays in for the next round: everybody, the highest, or all but the lowest.

    Of several, each holds from the round after its own number on, until the next of them does.
    """

    per_seat: Count | None = Field(None, description="So many for each vacant seat, the highest.")
    highest: Count | None = Field(None, description="So many, the highest.")
    drop_lowest: Count | None = Field(None, description="All but so many, the lowest.")
    reopens: bool = Field(False, description="Whoever was dropped may be voted for again.")
    after: Count = Field(1, description="From the round after this one on.")

    @model_validator(mode="after")
    def _one_measure(self) -> Stay:
        measures = (self.per_seat, self.highest, self.drop_lowest, self.reopens or None)
        if len([each for each in measures if each is not None]) > 1:
            raise ValueError("stay says one of per_seat, highest, drop_lowest and reopens")
        return self


Stays = Annotated[
    tuple[Stay, ...], BeforeValidator(lambda value: (value,) if isinstance(value, dict) else value)
]


class Relaxed(Part):
    """A lower majority once so many rounds have filled no more seats; empty: the highest win."""

    after: Count
    more_than: Amount | None = None
    at_least: Amount | None = None


class Rounds(Part):
    """How often a ballot for seats is repeated, among whom, and under which majority."""

    at_most: Count | None = Field(None, description="Empty: until every seat is filled.")
    stay: Stays = Field((), description="Empty: everybody not elected stays in.")
    relaxed: Relaxed | None = None

    @model_validator(mode="after")
    def _one_after_another(self) -> Rounds:
        after = [each.after for each in self.stay]
        if len(set(after)) != len(after):
            raise ValueError("each stay begins after another round: write different numbers")
        return self

    def stay_after(self, number: int) -> Stay | None:
        """What decides who stands after so many rounds; None: everybody not elected."""
        begun = [each for each in self.stay if each.after <= number]
        return max(begun, key=lambda each: each.after, default=None)


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
