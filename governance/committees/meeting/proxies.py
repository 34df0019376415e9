"""Proxies of a roll: who may hold how many, for whom, and who may not give one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from governance.committees.meeting.roll import RollLine
from governance.committees.meeting.seating import Checking, Seated
from governance.committees.noticed import Noticed, notice
from governance.committees.register import Person
from governance.committees.rules import right_to_vote
from governance.refusals import Sentence, say
from governance.rulebook.proceedings.votes import Proxies


def proxy_findings(case: Checking, seated: Sequence[Seated]) -> Iterator[Noticed]:
    """What is wrong with the proxies that a roll names."""
    given = list(_given(case, seated))
    ruling = case.register.rules.ruling("proxies", case.day)
    law = ruling.value if ruling else None
    article = str(ruling.article) if ruling else ""
    held: dict[str, int] = {}
    givers: set[str] = set()
    for line, giver, holder in given:
        held[holder] = held.get(holder, 0) + 1
        for because, cure in _wrong(case, seated, (giver, holder), law):
            yield _noticed(case, line, because, cure, article)
        if giver in givers:
            because = say("{giver} has given two proxies", giver=_name(case, giver))
            yield _noticed(case, line, because, say("Keep the later one."), article)
        givers.add(giver)
        if law and law.allowed and held[holder] == law.per_holder + 1:
            because = say(
                "{holder} holds more proxies than the {limit} that are allowed",
                holder=_name(case, holder),
                limit=law.per_holder,
            )
            yield _noticed(case, line, because, say("Give the proxy to another member."), article)


def _given(case: Checking, seated: Sequence[Seated]) -> Iterator[tuple[RollLine, str, str]]:
    """Each proxy as line, giver's seat, holder's seat; a seat is empty where nobody is known."""
    for each in seated:
        if each.line.proxy_to:
            holder = case.register.find(each.line.proxy_to, case.day)
            yield each.line, each.seat or each.line.name, _seat(holder, each.line.proxy_to)
        for name in each.line.proxy_for:
            giver = case.register.find(name, case.day)
            yield each.line, _seat(giver, name), each.seat or each.line.name


def _seat(person: Person | None, name: str) -> str:
    return person.seat if person else name


def _name(case: Checking, seat: str) -> str:
    return next((each.name for each in case.register.members(case.day) if each.seat == seat), seat)


def _wrong(
    case: Checking, seated: Sequence[Seated], pair: tuple[str, str], law: Proxies | None
) -> Iterator[tuple[Sentence, Sentence]]:
    giver, holder = pair
    names = {"giver": _name(case, giver), "holder": _name(case, holder)}
    here = {each.seat for each in seated if each.line.is_present}
    members = {each.seat: each for each in case.register.members(case.day)}
    if law is not None and not law.allowed:
        yield say("{giver} gave a proxy, and none is allowed", **names), say("Strike the proxy.")
        return
    if giver not in members:
        yield say("{giver} gave a proxy and is no member", **names), say("Strike the proxy.")
    elif not right_to_vote(case.register, members[giver], case.day, case.history).has:
        yield (
            say("{giver} gave a proxy and has no right to vote", **names),
            say("Strike the proxy."),
        )
    if holder not in members:
        yield (
            say("{holder} holds a proxy and is no member", **names),
            say("Give the proxy to another member."),
        )
    elif holder not in here and (law is None or law.holder_present):
        yield (
            say("{holder} holds a proxy and is not there", **names),
            say("A proxy counts while its holder is present; strike it."),
        )
    if giver in here:
        yield (
            say("{giver} is present and represented by proxy", **names),
            say("Strike the proxy while the member is present."),
        )


def _noticed(
    case: Checking, line: RollLine, because: Sentence, cure: Sentence, article: str
) -> Noticed:
    return notice(
        case.at(line), rule="proxies_are_in_order", because=because, cure=cure, article=article
    )
