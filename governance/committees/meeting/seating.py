"""Who sits where in a roll: each line with whom the register knows under its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from governance.committees.meeting.roll import LEAVE, PROXY, Roll, RollLine
from governance.committees.noticed import Place
from governance.committees.register import MEMBER, Held, Person, Register
from governance.committees.rules import Presence


@dataclass(frozen=True)
class Seated:
    """One line of the roll with whom the register knows under its name, and for which seat."""

    line: RollLine
    person: Person | None
    seat: str = ""

    @property
    def is_member(self) -> bool:
        """Whether the person sits on a member's seat."""
        return self.person is not None and self.person.capacity == MEMBER


@dataclass(frozen=True)
class Checking:
    """A roll in its context: the register, the day, earlier rolls."""

    register: Register
    roll: Roll
    day: date
    history: tuple[Held, ...] = ()
    before: Roll | None = None

    def at(self, line: RollLine, printed: str = "") -> Place:
        """The place of a line."""
        return Place(self.roll.name, line.line, printed or line.name)


def held_of(register: Register, roll: Roll, day: date) -> Held:
    """A roll as a meeting held, by seat: who was there, who on leave."""
    case = Checking(register, roll, day)
    seated = [seated_of(case, line) for line in roll.lines]
    here = {each.seat for each in seated if each.line.is_present and each.seat}
    away = {each.seat for each in seated if each.line.status == LEAVE and each.seat}
    return Held(day, frozenset(here), frozenset(away))


def seated_of(case: Checking, line: RollLine) -> Seated:
    """Whom a line means, and for which seat they are there."""
    person = case.register.find(line.name, case.day)
    if person is None and line.seat:
        person = case.register.find(line.seat, case.day)
    if line.alternate_for:
        holder = case.register.find(line.alternate_for, case.day)
        if holder is not None:
            return Seated(line, person, holder.seat)
    return Seated(line, person, person.seat if person else "")


def presence_of(case: Checking, seated: Sequence[Seated]) -> Presence:
    """Which seats are in the room, on the line, represented, on leave."""
    here = {
        each.seat: each.line
        for each in seated
        if each.line.is_present and each.seat and _may_sit(case, each)
    }
    given = {each.seat for each in seated if each.line.status == PROXY or each.line.proxy_to}
    for each in seated:
        for name in each.line.proxy_for:
            giver = case.register.find(name, case.day)
            if giver is not None:
                given.add(giver.seat)
    return Presence(
        seats=frozenset(here),
        remote=frozenset(seat for seat, line in here.items() if line.remote),
        proxies=frozenset(seat for seat in given if seat and seat not in here),
        leave=frozenset(each.seat for each in seated if each.line.status == LEAVE and each.seat),
    )


def _may_sit(case: Checking, each: Seated) -> bool:
    """Who has left sits for nobody; an alternate that is named for a holder does."""
    if each.line.alternate_for and each.person is None:
        return True
    return each.person is not None and each.person.span.holds(case.day)
