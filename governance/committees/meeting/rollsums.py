"""A roll as a whole: nobody twice, nobody left out, not last month's, sums that follow from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from governance.committees.meeting.seating import Checking, Seated
from governance.committees.noticed import Noticed, Place, notice
from governance.committees.rules import QuorumCount
from governance.refusals import say

TOO_LIKE = 3  # a shorter list may be the same by chance


def twice(case: Checking, seated: Sequence[Seated]) -> Iterator[Noticed]:
    """Nobody stands in the roll twice, and a seat has one vote."""
    yield from _same_person(case, seated)
    yield from _same_seat(case, seated)


def _same_person(case: Checking, seated: Sequence[Seated]) -> Iterator[Noticed]:
    seen: dict[str, Seated] = {}
    for each in seated:
        key = each.person.key if each.person else each.line.name.casefold()
        before = seen.setdefault(key, each)
        if before is not each:
            yield notice(
                case.at(each.line),
                rule="listed_once",
                because=say(
                    "{name} stands in the roll twice, first on line {line}",
                    name=each.line.name,
                    line=before.line.line,
                ),
                cure=say("Keep one of the two lines."),
                follows="one person",
            )


def _same_seat(case: Checking, seated: Sequence[Seated]) -> Iterator[Noticed]:
    sits: dict[str, Seated] = {}
    for each in seated:
        if not (each.line.is_present and each.seat and each.is_member):
            continue
        before = sits.setdefault(each.seat, each)
        if before.person != each.person and each.line.voting and before.line.voting:
            yield notice(
                case.at(each.line),
                rule="one_vote_a_seat",
                because=say(
                    "the seat of {seat} is taken by {first} and by {second}, both as voting",
                    seat=each.seat,
                    first=before.line.name,
                    second=each.line.name,
                ),
                cure=say("An alternate votes only while the holder is away."),
                follows="one vote",
            )


def left_out(case: Checking, seated: Sequence[Seated]) -> Iterator[Noticed]:
    """Every member stands in the roll, those on leave as such."""
    there = {each.seat for each in seated if each.seat}
    lists_absent = any(not each.line.is_present for each in seated)
    for person in case.register.members(case.day):
        if person.seat in there:
            continue
        leave = person.on_leave(case.day)
        if leave is not None:
            yield notice(
                Place(case.roll.name, 0, ""),
                rule="leave_is_printed",
                because=say("{name} is on leave, and the roll does not say so", name=person.name),
                cure=say("List the leave; it changes the quorum and the voting right."),
                follows="on leave",
                advisory=not lists_absent,
            )
        elif lists_absent:
            yield notice(
                Place(case.roll.name, 0, ""),
                rule="every_member_is_listed",
                because=say("{name} is a member and stands nowhere in the roll", name=person.name),
                cure=say("List the member as present, absent, excused or on leave."),
                follows="member",
            )


def pasted(case: Checking) -> Iterator[Noticed]:
    """The roll is not that of the meeting before."""
    if case.before is None or len(case.roll.lines) < TOO_LIKE:
        return
    now = [(each.name.casefold(), each.status) for each in case.roll.lines]
    then = [(each.name.casefold(), each.status) for each in case.before.lines]
    if now == then:
        yield notice(
            Place(case.roll.name, case.roll.lines[0].line, ""),
            rule="roll_is_not_the_last_one",
            because=say(
                "the roll is the one of the meeting before ({file}), line for line",
                file=case.before.name,
            ),
            cure=say("Call the roll of this meeting, or confirm that it is the same."),
            follows="a roll of its own",
        )


def sums(case: Checking, count: QuorumCount) -> Iterator[Noticed]:
    """What the roll says of its own quorum, against what follows from its lines."""
    printed = (
        ("present", case.roll.present, count.counted),
        ("needed", case.roll.needed, count.needed),
        ("of", case.roll.base, count.base),
    )
    swapped = case.roll.present == count.needed and case.roll.needed == count.counted
    if swapped and count.needed != count.counted:
        yield notice(
            Place(case.roll.name, case.roll.where.get("present", 0), ""),
            rule="need_and_presence_are_not_swapped",
            article=count.article,
            because=say(
                "{n} present and {need} needed are printed the wrong way round",
                n=case.roll.present,
                need=case.roll.needed,
            ),
            cure=say("Exchange the two numbers."),
            follows=f"{count.counted} present, {count.needed} needed",
        )
        return
    for what, number, right in printed:
        if number is not None and number != right:
            yield notice(
                Place(case.roll.name, case.roll.where.get(what, 0), str(number)),
                rule="quorum_follows_from_the_roll",
                article=count.article,
                because=say(
                    "{what}: {number} is printed, {right} follows from the roll",
                    what=what,
                    number=number,
                    right=right,
                ),
                cure=say("Correct the number, or the roll."),
                follows=str(right),
            )
    if case.roll.reached is not None and case.roll.reached != count.reached:
        yield notice(
            Place(case.roll.name, case.roll.where.get("quorum", 0), ""),
            rule="quorum_follows_from_the_roll",
            article=count.article,
            because=count.working[-1],
            cure=say("Correct what is said of the quorum, or the roll."),
            follows="reached" if count.reached else "not reached",
        )
