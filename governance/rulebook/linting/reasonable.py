"""Rules of procedure held against one another: numbers that can never be, or that undo each other.

Each check is one question with its sentence; it looks at one body and says where the fault is.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterator
from typing import Any

from governance.refusals import Sentence, say
from governance.rulebook.parts import Period
from governance.rulebook.proceedings.body import Body
from governance.rulebook.proceedings.law import Ruling
from governance.rulebook.proceedings.minutes import PLACES

Fault = tuple[tuple[object, ...], Sentence, Sentence]
# Enough for comparing two periods of the law; months and working days as long as they may be.
IN_HOURS = {"hours": 1, "days": 24, "working_days": 34, "months": 744, "years": 8784}


def unreasonable(body: Body) -> Iterator[Fault]:
    """Everything in the rules that cannot work."""
    for check in CHECKS:
        yield from check(body)


def _each(body: Body, name: str) -> Iterator[tuple[int, Ruling[Any]]]:
    yield from enumerate(body.rules.rulings(name))


def _hours(period: Period) -> int:
    return period.count * IN_HOURS[period.unit]


def _urgent(body: Body) -> Iterator[Fault]:
    for index, ruling in _each(body, "notice_of_meeting"):
        urgent = ruling.value.urgent
        if urgent is not None and _hours(urgent) >= _hours(ruling.value):
            yield (
                ("rules", "notice_of_meeting", index, "value", "urgent"),
                say(
                    "an urgent meeting has {urgent} of notice, an ordinary one {ordinary}",
                    urgent=str(urgent),
                    ordinary=str(ruling.value),
                ),
                say("Urgent notice is shorter; exchange the two, or leave it out."),
            )


def _reachable(body: Body) -> Iterator[Fault]:
    voting = [each for each in body.members if each.capacity == "member" and each.votes]
    seats = body.seats or len(voting)
    for name in ("quorum_to_open", "quorum_to_decide"):
        for index, ruling in _each(body, name):
            bound, amount = ruling.value.bound
            path = ("rules", name, index, "value")
            if isinstance(amount, int) and bound != "times_root" and seats and amount > seats:
                yield (
                    path,
                    say("{n} are needed, and there are {seats} seats", n=amount, seats=seats),
                    say("Correct the number, or the seats."),
                )
            if bound == "more_than" and amount == 1 and not isinstance(amount, int):
                yield (
                    path,
                    say("more than all of them can never be there"),
                    say("Write at_least: 1/1."),
                )


def _second_call(body: Body) -> Iterator[Fault]:
    for index, ruling in _each(body, "second_call"):
        lower = ruling.value.quorum
        first = body.rules.rulings("quorum_to_open")
        if lower is None or not first:
            continue
        bound, amount = first[0].value.bound
        second_bound, second = lower.bound
        same_kind = isinstance(amount, int) == isinstance(second, int)
        if same_kind and bound == second_bound and second >= amount:
            yield (
                ("rules", "second_call", index, "value", "quorum"),
                say(
                    "the second call needs {second}, the first {first}", second=second, first=amount
                ),
                say("A second call is for a lower quorum; correct one of them."),
            )


def _proxies(body: Body) -> Iterator[Fault]:
    allowed = [each.value.allowed for each in body.rules.rulings("proxies")]
    for name in ("quorum_to_open", "quorum_to_decide"):
        for index, ruling in _each(body, name):
            if ruling.value.proxies_count and allowed and not any(allowed):
                yield (
                    ("rules", name, index, "value", "proxies_count"),
                    say("proxies count towards the quorum, and no proxy is allowed"),
                    say("Allow proxies, or write proxies_count: false."),
                )
    for index, ruling in _each(body, "proxies"):
        if ruling.value.allowed and ruling.value.per_holder == 0:
            yield (
                ("rules", "proxies", index, "value", "per_holder"),
                say("proxies are allowed, and nobody may hold one"),
                say("Write allowed: false, or how many one may hold."),
            )


def _casting(body: Body) -> Iterator[Fault]:
    silent = any(each.value == "none" for each in body.rules.rulings("chair_votes"))
    for index, ruling in _each(body, "tie"):
        if silent and ruling.value.rule == "casting_vote":
            yield (
                ("rules", "tie", index, "value"),
                say("a tie is broken by the chair, and the chair has no vote"),
                say("Write chair_votes: casting, or another rule on ties."),
            )


def _right(body: Body) -> Iterator[Fault]:
    for index, ruling in _each(body, "voting_right"):
        right = ruling.value
        if right.lost_after_missed and not right.back_after_attended:
            yield (
                ("rules", "voting_right", index, "value", "back_after_attended"),
                say("a right that is lost never comes back"),
                say("Say after how many meetings attended it comes back."),
            )


def _proposals(body: Body) -> Iterator[Fault]:
    sent = body.rules.rulings("agenda_distribution")
    for index, ruling in _each(body, "proposals_close"):
        for number, anchor in enumerate(ruling.value.at):
            late = sent and anchor.before == "opening" and _hours(anchor) < _hours(sent[0].value)
            if late:
                yield (
                    ("rules", "proposals_close", index, "value", "at", number),
                    say(
                        "proposals close {close} before the opening, and the agenda has gone out "
                        "{sent} before it",
                        close=Period(**anchor.plain),
                        sent=Period(**sent[0].value.plain),
                    ),
                    say("Let proposals close before the agenda goes out."),
                )


def _revisions(body: Body) -> Iterator[Fault]:
    for index, ruling in _each(body, "agenda_distribution"):
        until = ruling.value.revisions_until
        if until is not None and _hours(until) > _hours(ruling.value):
            yield (
                ("rules", "agenda_distribution", index, "value", "revisions_until"),
                say("revisions end before the agenda is out"),
                say("Both are counted back from the opening; correct one of them."),
            )


def _tacit(body: Body) -> Iterator[Fault]:
    windows = body.rules.rulings("correction_window")
    for index, ruling in _each(body, "tacit_adoption"):
        if not ruling.value.allowed:
            continue
        if not windows and ruling.value.after is None:
            yield (
                ("rules", "tacit_adoption", index, "value"),
                say("minutes are adopted by silence, and no window says when"),
                say("Add correction_window, or after with a period."),
            )
        elif (
            windows and ruling.value.after and _hours(ruling.value.after) < _hours(windows[0].value)
        ):
            yield (
                ("rules", "tacit_adoption", index, "value", "after"),
                say("minutes would be adopted while corrections may still be asked for"),
                say("Let tacit adoption come at the end of the window, or later."),
            )


def _numbering(body: Body) -> Iterator[Fault]:
    for index, ruling in _each(body, "numbering"):
        patterns = (ruling.value.decisions, *ruling.value.aliases)
        for pattern in patterns:
            for name in _unknown(pattern):
                yield (
                    ("rules", "numbering", index, "value", "decisions"),
                    say('the pattern "{written}" asks for {name}', written=pattern, name=name),
                    say("It may ask for: {known}.", known=", ".join(PLACES)),
                )
        needs = {"year": "{year", "meeting": "{meeting", "session": "{session"}
        mark = needs.get(ruling.value.restarts)
        if mark and mark not in ruling.value.decisions:
            yield (
                ("rules", "numbering", index, "value", "restarts"),
                say(
                    "numbers begin anew with each {what}, and the pattern does not name it",
                    what=ruling.value.restarts,
                ),
                say("Two decisions would have one number: add {mark}}}, or never.", mark=mark),
            )


def _unknown(pattern: str) -> list[str]:
    try:
        names = [each[1] for each in string.Formatter().parse(pattern) if each[1] is not None]
    except ValueError:
        return ["a bracket that is not closed"]
    return [each or "nothing" for each in names if not re.fullmatch("|".join(PLACES), each or "")]


CHECKS: tuple[Callable[[Body], Iterator[Fault]], ...] = (
    _urgent,
    _reachable,
    _second_call,
    _proxies,
    _casting,
    _right,
    _proposals,
    _revisions,
    _tacit,
    _numbering,
)
