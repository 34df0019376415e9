"""What the registers say of a body on a day: who sits, in what capacity, with which right to vote.

Plain facts without a database. A body's file and a body's rows are both read into this, so that
rolls and minutes are checked alike, wherever they come from. Days are in the body's zone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from governance.committees.names import Names
from governance.rulebook.proceedings.body import Body
from governance.rulebook.proceedings.body import Member as Written
from governance.rulebook.proceedings.law import NOTHING_SAID, Proceedings

MEMBER, OBSERVER, ADVISER, GUEST, STAFF = "member", "observer", "adviser", "guest", "staff"
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """From a day to a day, both included; None is open."""

    since: date | None = None
    until: date | None = None
    reason: str = ""

    def holds(self, on: date) -> bool:
        """Whether the day lies in it."""
        return (self.since or date.min) <= on <= (self.until or date.max)


@dataclass(frozen=True)
class Right:
    """A voting right gained or lost, from a day on."""

    since: date
    has: bool
    reason: str = ""


@dataclass(frozen=True)
class Person:
    """Somebody on a seat, for a time. `key` tells this sitting apart."""

    key: str
    name: str
    seat: str
    capacity: str = MEMBER
    votes: bool = True
    span: Span = Span()
    aliases: tuple[str, ...] = ()
    represents: str = ""
    alternate_of: str = ""  # the key of the holder
    leave: tuple[Span, ...] = ()
    rights: tuple[Right, ...] = ()

    def on_leave(self, on: date) -> Span | None:
        """The leave that the seat is on."""
        return next((each for each in self.leave if each.holds(on)), None)


@dataclass(frozen=True)
class Held:
    """An earlier meeting: who was there and who on leave, by seat."""

    day: date
    present: frozenset[str] = frozenset()
    leave: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Register:
    """A body with everybody who sits or sat in it."""

    body: str
    title: str
    zone: str = "UTC"
    seats: int | None = None
    people: tuple[Person, ...] = ()
    officers: tuple[tuple[str, str, Span], ...] = ()  # office, key of the person, when
    meetings: tuple[Held, ...] = ()
    places: Mapping[str, str] = field(default_factory=dict)
    last_number: str = ""
    rules: Proceedings = NOTHING_SAID

    @cached_property
    def names(self) -> Names:
        """Everybody's names."""
        return Names.of({each.key: _names(each) for each in self.people})

    @cached_property
    def by_key(self) -> dict[str, Person]:
        """Everybody by key."""
        return {each.key: each for each in self.people}

    def find(self, name: str, on: date) -> Person | None:
        """Whoever bears this name: of several, the one who sits on the day."""
        found = [self.by_key[key] for key in self.names.all(name)]
        sitting = [each for each in found if each.span.holds(on)]
        for among in (sitting, found):
            if len({each.name for each in among}) == 1:
                return min(among, key=lambda each: (bool(each.alternate_of), each.capacity))
        return None

    def known(self, name: str) -> list[Person]:
        """Everybody whom this name could mean, on any day."""
        return [self.by_key[key] for key in sorted(self.names.all(name))]

    def sitting(self, on: date) -> list[Person]:
        """Who holds a seat on a day, alternates left out."""
        return [each for each in self.people if each.span.holds(on) and not each.alternate_of]

    def members(self, on: date) -> list[Person]:
        """The members on a day: those whose seat may carry a vote.

        Of two who hold one seat on the day on which it passes on, the later one.
        """
        found: dict[str, Person] = {}
        for each in self.sitting(on):
            before = found.get(each.seat)
            if each.capacity == MEMBER and (before is None or _since(each) >= _since(before)):
                found[each.seat] = each
        return list(found.values())

    def holder(self, person: Person, on: date) -> Person | None:
        """For whom an alternate sits; a holder is their own."""
        if not person.alternate_of:
            return person
        held = self.by_key.get(person.alternate_of)
        return held if held is not None and held.span.holds(on) else None

    def office(self, person: Person, on: date) -> str:
        """The office that a person holds on a day; empty for none."""
        return next(
            (o for o, key, span in self.officers if key == person.key and span.holds(on)), ""
        )


def _since(person: Person) -> date:
    return person.span.since or date.min


def _names(person: Person) -> Iterator[str]:
    yield person.name
    yield from person.aliases
    if person.represents and not person.alternate_of:
        yield person.represents
    if person.seat and not person.alternate_of:
        yield person.seat


def register_of(body: Body, parents: Mapping[str, Body] | None = None) -> Register:
    """The register that a body's file writes, its rules with those of its parents."""
    people = tuple(_people(body))
    names = Names.of({each.key: _names(each) for each in people})
    seat_of = {each.key: each.seat for each in people}

    def seats(listed: tuple[str, ...]) -> frozenset[str]:
        keys = (key for name in listed for key in names.all(name))
        return frozenset(seat_of[key] for key in keys)

    return Register(
        body=body.body,
        title=str(body.title),
        zone=body.zone,
        seats=body.seats,
        people=people,
        officers=tuple(
            (each.office.casefold(), key, Span(each.since, each.until))
            for each in body.officers
            for key in sorted(names.all(each.name))
        ),
        meetings=tuple(
            Held(each.day, seats(each.present), seats(each.leave))
            for each in sorted(body.meetings, key=lambda each: each.day)
        ),
        places={each.name.casefold(): each.zone for each in body.places},
        last_number=body.last_decision.number if body.last_decision else "",
        rules=_inherited(body, parents or {}),
    )


def _inherited(body: Body, parents: Mapping[str, Body]) -> Proceedings:
    rules, seen, above = body.rules, {body.body}, body.parent
    while above is not None and above in parents and above not in seen:
        seen.add(above)
        rules = rules.over(parents[above].rules)
        above = parents[above].parent
    return rules


def _people(body: Body) -> Iterator[Person]:
    for index, each in enumerate(body.members):
        key = f"m{index}"
        yield _holder(key, each)
        for number, alternate in enumerate(each.alternates):
            yield Person(
                key=f"{key}a{number}",
                name=alternate.name,
                seat=each.seat or each.name,
                capacity=each.capacity,
                votes=each.votes,
                span=Span(alternate.since or each.since, alternate.until or each.until),
                represents=each.represents,
                alternate_of=key,
            )


def _holder(key: str, each: Written) -> Person:
    return Person(
        key=key,
        name=each.name,
        seat=each.seat or each.name,
        capacity=each.capacity,
        votes=each.votes and each.capacity == MEMBER,
        span=Span(each.since, each.until, each.reason),
        aliases=each.aliases,
        represents=each.represents,
        leave=tuple(Span(one.since, one.until, one.reason) for one in each.leave),
        rights=tuple(
            Right(one.since, one.has, one.reason)
            for one in sorted(each.voting_right, key=lambda one: one.since)
        ),
    )
