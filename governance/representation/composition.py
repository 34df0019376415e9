"""A composition: who sits, or would sit, together. Plain facts, and the changes one may make."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from types import MappingProxyType
from typing import Any

NOTHING: Mapping[str, Any] = MappingProxyType({})
SOMEBODY = "somebody"
SEXES: Mapping[str, str] = MappingProxyType({"F": "female", "M": "male", "X": "other"})  # of rows


@dataclass(frozen=True, eq=False)
class Member:
    """One person, or one state, in one seat.

    `state` is ISO 3166-1 alpha-3; `region` what the file or the organisation says, None where the
    scheme decides; `more` holds the other columns that rules speak of. Dates are whole days, and
    the last day of a term is in it.
    """

    name: str
    state: str
    region: str | None = None
    seat: str = ""
    sex: str | None = None
    role: str = ""
    chamber: str = ""
    birth_date: date | None = None
    term_start: date | None = None
    term_end: date | None = None
    elected_on: date | None = None
    left_on: date | None = None
    more: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    row: int | None = None

    def sits_on(self, day: date) -> bool:
        """Whether the term runs on this day and the person has not left."""
        begun = self.term_start is None or self.term_start <= day
        running = self.term_end is None or day <= self.term_end
        return begun and running and (self.left_on is None or day < self.left_on)

    def has_left_by(self, day: date) -> bool:
        """Whether the term was over, or left, before this day."""
        ended = self.term_end is not None and self.term_end < day
        return ended or (self.left_on is not None and self.left_on <= day)

    @property
    def last_day(self) -> date | None:
        """The day the person served last, as far as it is known."""
        return self.left_on or self.term_end

    @property
    def acting(self) -> bool:
        """Whether the seat is held for the time being only."""
        return self.more.get("acting") is True

    def with_values(self, values: Mapping[str, Any]) -> Member:
        """The same seat with other facts, by the name of the attribute."""
        own = {key: each for key, each in values.items() if key in OWN}
        rest = {key: each for key, each in values.items() if key not in OWN}
        return replace(self, **own, more={**self.more, **rest} if rest else self.more)


OWN = frozenset(each.name for each in fields(Member)) - {"more", "row"}


@dataclass(frozen=True)
class Composition:
    """The members who are weighed together, in no order that matters."""

    members: tuple[Member, ...] = ()

    def with_member(self, member: Member) -> Composition:
        """The same composition with one more."""
        return Composition((*self.members, member))

    def after(self, changes: Iterable[Change]) -> Composition:
        """The composition once these changes are made."""
        members = self.members
        for change in changes:
            members = change.made(members)
        return Composition(members)


@dataclass(frozen=True)
class Change:
    """One change: somebody leaves, somebody comes, or a seat goes to somebody with other facts."""

    name: str | None  # who leaves, or whose seat it is; None: a new seat
    values: Mapping[str, Any] | None  # the facts of who comes; None: nobody does

    def made(self, members: tuple[Member, ...]) -> tuple[Member, ...]:
        """The members once this change is made."""
        if self.name is None:
            new = {"name": _new_name(members), "state": "", **(self.values or {})}
            return (*members, Member("", "").with_values(new))
        if self.values is None:
            return tuple(each for each in members if each.name != self.name)
        values = self.values
        return tuple(
            each.with_values(values) if each.name == self.name else each for each in members
        )

    def as_plain(self) -> dict[str, Any]:
        """As plain data, for the answer to a machine."""
        act = "add" if self.name is None else "remove" if self.values is None else "change"
        said = {key: _plain(each) for key, each in (self.values or {}).items()}
        return {"act": act, "who": self.name, "facts": said}


def _new_name(members: tuple[Member, ...]) -> str:
    taken = {each.name for each in members}
    number = next(n for n in range(1, len(taken) + 2) if f"{SOMEBODY} {n}" not in taken)
    return f"{SOMEBODY} {number}"


def _plain(value: Any) -> Any:
    if isinstance(value, (tuple, frozenset)):
        return [_plain(each) for each in value]
    return value if value is None or isinstance(value, (bool, int, str)) else str(value)
