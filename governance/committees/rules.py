"""Who may vote on a day, how many are needed, how many are there: each with its working.

Pure: no rows, no clock. Fractions are exact; more than half is floor(n/2) + 1, at least p is the
ceiling. Role, seat, voting right and presence are four facts, and are never taken for each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil, floor, isqrt

from governance.committees.register import DAY, MEMBER, Held, Person, Register
from governance.refusals import Sentence, say
from governance.rulebook.proceedings.meetings import Quorum, SecondCall
from governance.rulebook.proceedings.votes import VotingRight

ARTICLE = "Mandate, default"
MORE_THAN_HALF = Quorum(more_than=Fraction(1, 2))
ANYBODY = Quorum(at_least=1)


def needed(law: Quorum, base: int) -> int:
    """How many a quorum needs of so many."""
    kind, amount = law.bound
    if isinstance(amount, int) and kind != "times_root":
        least = amount + 1 if kind == "more_than" else amount
    elif kind == "more_than":
        least = floor(amount * base) + 1
    elif kind == "times_root":
        least = _root(Fraction(amount), base)
    else:
        least = _rounded(amount * base, law.rounding)
    return max(least, law.minimum)


def _rounded(value: Fraction, how: str) -> int:
    if how == "down":
        return floor(value)
    return floor(value + Fraction(1, 2)) if how == "nearest" else ceil(value)


def _root(times: Fraction, base: int) -> int:
    """The least whole number that is not under `times` the square root of the base."""
    square = times * times * base
    least = isqrt(floor(square))
    return least if least * least >= square else least + 1


@dataclass(frozen=True)
class RightToVote:
    """Whether a seat may vote on a day, since when, and why."""

    has: bool
    because: Sentence
    article: str = ""


def right_to_vote(
    register: Register, person: Person, on: date, history: Sequence[Held] = ()
) -> RightToVote:
    """The right of a seat on a day: what is registered, then what attendance makes of it."""
    if person.capacity != MEMBER:
        return RightToVote(
            has=False, because=say("{what} have no vote", what=f"{person.capacity}s")
        )
    if not person.votes:
        return RightToVote(has=False, because=say("the seat carries no vote"))
    registered = [each for each in person.rights if each.since <= on]
    ruling = register.rules.ruling("voting_right", on)
    if ruling is None or not ruling.value.lost_after_missed:
        return _registered(person, registered[-1].has if registered else True, on)
    since = registered[-1].since if registered else (person.span.since or date.min)
    is_new = person.span.since is not None and bool(ruling.value.gained_after_attended)
    begin = registered[-1].has if registered else not is_new
    last = on if ruling.value.effective == "at_once" else on - DAY
    held = [each for each in _all(register, history) if since <= each.day <= last]
    return _by_attendance(ruling.value, str(ruling.article), person, begin, held)


def _registered(person: Person, has: bool, on: date) -> RightToVote:
    change = next((each for each in reversed(person.rights) if each.since <= on), None)
    if change is None:
        return RightToVote(has=True, because=say("the seat carries a vote"))
    because = (
        say("voting right since {since}", since=change.since)
        if has
        else say(
            "no voting right since {since}: {reason}",
            since=change.since,
            reason=change.reason or "suspended",
        )
    )
    return RightToVote(has, because)


def _all(register: Register, history: Sequence[Held]) -> list[Held]:
    """Earlier meetings in order; a roll that is given stands for what the register says of it."""
    days = {each.day: each for each in (*register.meetings, *history)}
    return [days[day] for day in sorted(days)]


def _by_attendance(
    law: VotingRight, article: str, person: Person, begin: bool, held: Iterable[Held]
) -> RightToVote:
    has, missed, attended, changed = begin, 0, 0, None
    for meeting in held:
        if person.seat in meeting.present:
            missed, attended = 0, attended + 1
        elif law.leave_excuses and (
            person.seat in meeting.leave or person.on_leave(meeting.day) is not None
        ):
            continue
        else:
            missed, attended = missed + 1, 0
        wanted = law.back_after_attended if changed else law.gained_after_attended
        if has and missed >= law.lost_after_missed:
            has, changed = False, meeting.day
        elif not has and attended >= max(wanted or law.back_after_attended, 1):
            has, changed = True, meeting.day
    if changed is None:
        because = (
            say("fewer than {n} meetings missed in a row", n=law.lost_after_missed)
            if has
            else say("a new member votes after {n} meetings", n=law.gained_after_attended)
        )
    elif has:
        because = say(
            "voting right gained after {day}: {n} meetings attended in a row",
            day=changed,
            n=law.back_after_attended,
        )
    else:
        because = say(
            "voting right lost after {day}: {n} meetings missed in a row",
            day=changed,
            n=law.lost_after_missed,
        )
    return RightToVote(has, because, article)


@dataclass(frozen=True)
class Presence:
    """Seats in the room, seats represented by proxy, seats on leave as the roll has them."""

    seats: frozenset[str]
    remote: frozenset[str] = frozenset()
    proxies: frozenset[str] = frozenset()
    leave: frozenset[str] = frozenset()


@dataclass(frozen=True)
class QuorumCount:
    """How many count, how many are needed, of how many; and each step of it."""

    counted: int
    needed: int
    base: int
    article: str
    working: tuple[Sentence, ...]

    @property
    def reached(self) -> bool:
        """Whether there is a quorum."""
        return self.counted >= self.needed

    def as_json(self) -> dict[str, object]:
        """As plain data, to be stored with what was decided."""
        return {
            "counted": self.counted,
            "needed": self.needed,
            "base": self.base,
            "reached": self.reached,
            "article": self.article,
            "working": [str(each) for each in self.working],
        }


@dataclass(frozen=True)
class Roster:
    """The members on a day, and which of them may vote, may vote and are not on leave."""

    members: tuple[Person, ...]
    entitled: tuple[Person, ...]
    available: tuple[Person, ...]

    def of(self, law: Quorum, register: Register) -> int:
        """The number that a quorum is a part of."""
        sizes = {
            "seats": register.seats or len(self.members),
            "filled": len(self.members),
            "entitled": len(self.entitled),
            "roster_less_leave": len(self.available),
        }
        return sizes[law.of]


def roster(
    register: Register,
    on: date,
    history: Sequence[Held] = (),
    leave: frozenset[str] = frozenset(),
) -> Roster:
    """Who belongs to the body on a day, who of them may vote, who of these is not on leave."""
    members = register.members(on)
    entitled = [each for each in members if right_to_vote(register, each, on, history).has]
    available = [each for each in entitled if each.on_leave(on) is None and each.seat not in leave]
    return Roster(tuple(members), tuple(entitled), tuple(available))


BASES = {
    "seats": say("{n} seats"),
    "filled": say("{n} members"),
    "entitled": say("{n} members with a voting right"),
    "roster_less_leave": say("{n} members with a voting right and not on leave"),
}


def quorum(
    register: Register,
    on: date,
    presence: Presence,
    *,
    history: Sequence[Held] = (),
    parameter: str = "quorum_to_open",
) -> QuorumCount:
    """The quorum of a meeting on a day, with its working."""
    ruling = register.rules.ruling(parameter, on) or register.rules.ruling("quorum_to_open", on)
    rule = _law(ruling.value) if ruling else MORE_THAN_HALF
    article = str(ruling.article) if ruling else ARTICLE
    who = roster(register, on, history, presence.leave)
    base = who.of(rule, register)
    need = needed(rule, base)
    counting = who.members if rule.counting == "members" else who.entitled
    seats = {each.seat for each in counting if _counts(register, rule, each, on)}
    room = seats & presence.seats
    if not rule.remote_counts:
        room -= presence.remote
    by_proxy = (seats & presence.proxies) - room if rule.proxies_count else frozenset()
    counted = len(room) + len(by_proxy)
    working = [
        say(BASES[rule.of].pattern, n=base),
        _bound(rule, base, need),
        say("{n} of those who count are present", n=len(room)),
    ]
    if rule.proxies_count:
        working.append(say("{n} more are represented by proxy", n=len(by_proxy)))
    working.append(
        say("{n} present, {need} needed: there is a quorum", n=counted, need=need)
        if counted >= need
        else say("{n} present, {need} needed: there is no quorum", n=counted, need=need)
    )
    return QuorumCount(counted, need, base, article, tuple(working))


def _law(value: Quorum | SecondCall) -> Quorum:
    """What a first or a second call needs; a second call without a number needs anybody."""
    if isinstance(value, SecondCall):
        return value.quorum or ANYBODY
    return value


def _counts(register: Register, law: Quorum, person: Person, on: date) -> bool:
    return law.chair_counts or register.office(person, on) != "chair"


def _bound(law: Quorum, base: int, need: int) -> Sentence:
    kind, amount = law.bound
    if kind == "times_root":
        return say(
            "at least {times} times the square root of {base}: {need}",
            times=str(amount),
            base=base,
            need=need,
        )
    if isinstance(amount, int):
        return say("a fixed number: {need}", need=need)
    if kind == "more_than":
        return say("more than {share} of {base}: {need}", share=str(amount), base=base, need=need)
    return say("at least {share} of {base}: {need}", share=str(amount), base=base, need=need)
