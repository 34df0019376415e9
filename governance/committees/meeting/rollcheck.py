"""A roll held against the registers: who has no seat, whose right rests, who counts, who is twice.

Pure. The same check is made before a roll is imported into a meeting, and of a file on its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from governance.committees.meeting.proxies import proxy_findings
from governance.committees.meeting.roll import LEAVE, PRESENT, Roll
from governance.committees.meeting.rollsums import left_out, pasted, sums, twice
from governance.committees.meeting.seating import (
    Checking,
    Seated,
    held_of,
    presence_of,
    seated_of,
)
from governance.committees.noticed import Noticed, notice
from governance.committees.register import MEMBER, STAFF, Held, Person, Register
from governance.committees.rules import Presence, QuorumCount, quorum, right_to_vote
from governance.refusals import Sentence, say

NON_MEMBERS = frozenset({"observer", "adviser", "guest", "staff"})


@dataclass(frozen=True)
class RollCheck:
    """What came of a check: findings in the order of lines, the quorum, who may vote."""

    findings: tuple[Noticed, ...]
    quorum: QuorumCount
    seated: tuple[Seated, ...]
    presence: Presence
    day: date
    history: tuple[Held, ...] = ()


def check_roll(
    register: Register, roll: Roll, day: date, earlier: Sequence[tuple[date, Roll]] = ()
) -> RollCheck:
    """Everything that a roll has wrong on a day, and the quorum that follows from it."""
    history = tuple(held_of(register, each, on) for on, each in earlier if on < day)
    before = max(
        (each for each in earlier if each[0] < day), key=lambda each: each[0], default=None
    )
    case = Checking(register, roll, day, history, before[1] if before else None)
    seated = [seated_of(case, line) for line in roll.lines]
    presence = presence_of(case, seated)
    count = quorum(register, day, presence, history=history)
    found = [
        *(each for one in seated for each in _line(case, one)),
        *twice(case, seated),
        *left_out(case, seated),
        *proxy_findings(case, seated),
        *pasted(case),
        *sums(case, count),
    ]
    found.sort(key=lambda each: each.line or 10**6)
    return RollCheck(tuple(found), count, tuple(seated), presence, day, history)


def _line(case: Checking, each: Seated) -> Iterator[Noticed]:
    if each.person is None:
        yield from _unknown(case, each)
        return
    if not each.person.span.holds(case.day):
        yield _gone(case, each, each.person)
        return
    yield from _capacity(case, each, each.person)
    yield from _alternate(case, each, each.person)
    yield from _leave(case, each, each.person)
    yield from _right(case, each, each.person)
    if each.line.came and each.line.left and each.line.left < each.line.came:
        yield notice(
            case.at(each.line, f"{each.line.came:%H:%M} to {each.line.left:%H:%M}"),
            rule="times_in_order",
            because=say(
                "{name} left at {left}, before coming at {came}",
                name=each.line.name,
                left=f"{each.line.left:%H:%M}",
                came=f"{each.line.came:%H:%M}",
            ),
            cure=say("Correct the times."),
        )


def _unknown(case: Checking, each: Seated) -> Iterator[Noticed]:
    line = each.line
    claims = line.voting or line.capacity == MEMBER or (not line.capacity and line.voting is None)
    if line.capacity in NON_MEMBERS and not line.voting:
        return  # guests need no place in the register
    if line.capacity == "alternate" and each.seat:
        yield notice(
            case.at(line),
            rule="alternate_is_registered",
            because=say(
                "{name} sits for {seat} and is not registered as alternate",
                name=line.name,
                seat=each.seat,
            ),
            cure=say("Register the alternate, or list the person as guest."),
            follows="not registered as alternate",
        )
    elif claims or line.capacity == "alternate":
        near = case.register.names.near(line.name)
        several = case.register.known(line.name)
        yield notice(
            case.at(line),
            rule="has_a_seat",
            because=_no_seat(line.name, several),
            cure=_did_you_mean(case, near),
            follows="no seat",
        )


def _no_seat(name: str, several: list[Person]) -> Sentence:
    if len(several) > 1:
        known = ", ".join(sorted({each.name for each in several}))
        return say("{name} could be several people: {known}", name=name, known=known)
    return say("{name} has no seat in this body", name=name)


def _did_you_mean(case: Checking, near: list[str]) -> Sentence:
    if near:
        names = " or ".join(sorted({case.register.by_key[key].name for key in near}))
        return say("Did you mean {near}?", near=names)
    return say("List the person as guest, or enter the seat in the register.")


def _gone(case: Checking, each: Seated, person: Person) -> Noticed:
    until, since = person.span.until, person.span.since
    if until is not None and until < case.day:
        because = say("{name} left the body on {until}", name=person.name, until=until)
        follows = f"no member since {until}"
    else:
        because = say(
            "{name} joins the body on {since}, after this meeting", name=person.name, since=since
        )
        follows = f"no member until {since}"
    return notice(
        case.at(each.line),
        rule="still_a_member",
        because=because,
        cure=say("Take the name out of the list of members."),
        follows=follows,
    )


def _capacity(case: Checking, each: Seated, person: Person) -> Iterator[Noticed]:
    printed = "member" if each.line.capacity == "alternate" else each.line.capacity
    if not printed and each.line.voting and person.capacity != MEMBER:
        printed = MEMBER
    if not printed or printed == person.capacity:
        return
    is_member = person.capacity == MEMBER
    if is_member == (printed == MEMBER):
        return  # an observer listed as guest misleads nobody
    if is_member and printed == STAFF:
        return  # a member may serve as secretary
    yield notice(
        case.at(each.line, f"{each.line.name}: {printed}"),
        rule="listed_as_what_one_is",
        because=say(
            "{name} is listed as {printed} and is {actual}",
            name=each.line.name,
            printed=printed,
            actual=person.capacity,
        ),
        cure=say("List the person as {actual}.", actual=person.capacity),
        follows=person.capacity,
    )


def _alternate(case: Checking, each: Seated, person: Person) -> Iterator[Noticed]:
    if not each.line.is_present:
        return
    if each.line.alternate_for and each.seat != person.seat:
        yield notice(
            case.at(each.line),
            rule="alternate_is_registered",
            because=say(
                "{name} sits for {seat} and is no alternate of that seat",
                name=each.line.name,
                seat=each.seat,
            ),
            cure=say("Register the alternate, or list the person for the own seat."),
            follows=f"seat {person.seat}",
        )


def _leave(case: Checking, each: Seated, person: Person) -> Iterator[Noticed]:
    leave = person.on_leave(case.day)
    line = each.line
    if leave is not None and line.status == PRESENT:
        yield notice(
            case.at(line, f"{line.name}: present"),
            rule="leave_is_kept",
            because=say(
                "{name} is listed as present and is on leave until {until}",
                name=line.name,
                until=leave.until or "further notice",
            ),
            cure=say("Correct the roll, or end the leave in the register."),
            follows="on leave",
        )
    elif leave is not None and line.status != LEAVE:
        yield notice(
            case.at(line, f"{line.name}: {line.status}"),
            rule="leave_is_printed",
            because=say("{name} is on leave, and the roll does not say so", name=line.name),
            cure=say("List the leave; it changes the quorum and the voting right."),
            follows="on leave",
        )
    elif leave is None and line.status == LEAVE:
        yield notice(
            case.at(line, f"{line.name}: leave"),
            rule="leave_is_registered",
            because=say("{name} is listed as on leave, and no leave is registered", name=line.name),
            cure=say("Register the leave, or list the person as absent."),
            follows="no leave registered",
        )


def _right(case: Checking, each: Seated, person: Person) -> Iterator[Noticed]:
    if each.line.voting is None or person.capacity != MEMBER:
        return
    holder = case.register.holder(person, case.day) or person
    right = right_to_vote(case.register, holder, case.day, case.history)
    if right.has == each.line.voting:
        return
    yield notice(
        case.at(each.line, f"{each.line.name}: {'voting' if each.line.voting else 'not voting'}"),
        rule="voting_right_is_carried_over",
        article=right.article,
        because=say(
            "{name} is listed as voting and has no right to vote: {why}"
            if each.line.voting
            else "{name} is listed as not voting and has the right to vote: {why}",
            name=each.line.name,
            why=str(right.because),
        ),
        cure=say("Carry the change of the voting right over into the roll."),
        follows="voting right" if right.has else "no voting right",
    )
