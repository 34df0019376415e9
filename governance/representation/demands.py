"""Demands that rules make on numbers, what they find together, and the changes that would help."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from governance.representation.becoming import Facts
from governance.representation.choosing import Chosen
from governance.representation.composition import Change, Member
from governance.representation.found import Found, Range, broken, kept, not_on_file
from governance.representation.view import View

TRIES = 12  # people tried for one change of a cure


@dataclass(frozen=True)
class Demand:
    """How many members there must be of one sort; `into`: the facts that make somebody one.

    `own`: the same for a member whom the rule looks at already.
    """

    label: str
    wanted: Range
    members: tuple[Member, ...]
    open: int  # members of whom it cannot be said
    into: Facts
    own: Facts | None = None

    @property
    def change(self) -> Facts:
        """What must become of somebody whom the rule looks at already."""
        return self.into if self.own is None else self.own

    @property
    def miss(self) -> int:
        """How far the number is outside for certain."""
        low, high, most = len(self.members), len(self.members) + self.open, self.wanted.most
        if high < self.wanted.least:
            return self.wanted.least - high
        return low - most if most is not None and low > most else 0

    @property
    def is_open(self) -> bool:
        """True where it depends on what is not on file."""
        low, high = len(self.members), len(self.members) + self.open
        return not self.miss and bool(self.wanted.misses(low) or self.wanted.misses(high))

    def __str__(self) -> str:
        return f"{self.label} {len(self.members)}"

    @property
    def told(self) -> str:
        """The fault in words."""
        have, least, most = len(self.members), self.wanted.least, self.wanted.most
        low = have < least
        return f"{self.label} {have} {'<' if low else '>'} {least if low else most}"


def told(demands: Iterable[Demand]) -> str:
    """The numbers in a row."""
    return ", ".join(map(str, demands))


def weighed(view: View, chosen: Chosen, attribute: str, demands: Sequence[Demand]) -> Found:
    """What the demands say together."""
    numbers = {each.label: len(each.members) for each in demands}
    faults = [each for each in demands if each.miss]
    if faults:
        over = [each for each in faults if len(each.members) > each.wanted.least]
        people = view.people(member for each in over for member in each.members)
        return broken(
            "not as required: {faults}",
            people=people,
            miss=_together(faults),
            ways=lambda: list(_ways(view, chosen, demands)),
            hint="Change the composition: {faults}.",
            numbers=numbers,
            faults="; ".join(each.told for each in faults),
        )
    if any(each.is_open for each in demands):
        found = not_on_file(view, attribute, _unclear(view, chosen, attribute))
        return replace(found, ways=lambda: list(_ways(view, chosen, demands)))
    return kept("{counted}", counted=told(demands), numbers=numbers)


def _together(faults: Sequence[Demand]) -> int:
    """Members to be moved, at least: one who leaves a full group may join a thin one."""
    over = sum(each.miss for each in faults if len(each.members) > each.wanted.least)
    return 2 * max(over, sum(each.miss for each in faults) - over) + len(faults)


def _unclear(view: View, chosen: Chosen, attribute: str) -> list[Member]:
    blank = [each for each in chosen.members if view.of(each, attribute) is None]
    return [*chosen.unclear, *blank]


def _ways(view: View, chosen: Chosen, demands: Sequence[Demand]) -> Iterator[Change]:
    """Move somebody from a full group to a thin one, add, or leave; the lowest in rank first."""
    thin = [each for each in demands if len(each.members) < each.wanted.least]
    movable = _movable(chosen, demands)
    for demand in thin:
        for member in lowest_first(view, movable)[:TRIES]:
            yield Change(member.name, {**demand.change, **own_region(view, demand.change, member)})
        yield Change(None, {**demand.into})
    for member in lowest_first(view, movable)[:TRIES]:
        yield Change(member.name, None)
    if not thin:
        for demand in demands:
            if demand.wanted.most is None or len(demand.members) < demand.wanted.most:
                for member in lowest_first(view, movable)[:TRIES]:
                    yield Change(
                        member.name, {**demand.change, **own_region(view, demand.change, member)}
                    )


def _movable(chosen: Chosen, demands: Sequence[Demand]) -> list[Member]:
    """Who may leave their group: of a full one, of none; else of one with more than it needs."""
    full = [x for x in demands if x.wanted.most is not None and len(x.members) > x.wanted.most]
    counted = {id(member) for each in demands for member in each.members}
    movable = [member for each in full for member in each.members]
    movable += [each for each in chosen.members if id(each) not in counted]
    spare = [x for x in demands if len(x.members) > x.wanted.least]
    return movable or [member for each in spare for member in each.members]


def own_region(view: View, into: Facts, member: Member) -> Facts:
    """A region that the file gives must change with the state."""
    if "state" in into and "region" not in into and member.region is not None:
        scheme = view.scheme_of("region")
        groups = scheme.groups_of(str(into["state"]), view.body.purpose, view.on) if scheme else ()
        return {"region": groups[0] if groups else None}
    return {}


def lowest_first(view: View, members: Iterable[Member]) -> list[Member]:
    """Members in the order in which a cure would rather change them."""
    once = {id(each): each for each in members}.values()
    return sorted(once, key=lambda each: (-view.rank(each), each.name))
