"""Two organs, or more, that must all carry: each counts its own voices under its own rule.

Where every organ takes a ballot for the same seats, whoever each of them elects is elected; the
seats on which they differ stay vacant for the next round.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from governance.consultation.rules.law import Outcome
from governance.consultation.rules.poll import Poll
from governance.refusals import Sentence, say
from governance.rulebook.ballots import Ballot
from governance.rulebook.decisions import (
    CARRIED,
    ELECTED,
    FURTHER_ROUND,
    INQUORATE,
    LOST,
    VACANT,
)

Count = Callable[[Poll], Outcome]


def all_carry(poll: Poll, kinds: dict[str, Count]) -> Outcome:
    """Carried if every organ carries; lost as soon as one cannot any more."""
    found = {key: _of_organ(poll, key, kinds) for key in poll.law.organs}
    results = [each.result for each in found.values()]
    numbers = {
        "organs": {
            key: {"result": each.result, **dict(each.numbers)} for key, each in found.items()
        }
    }
    working = [
        said
        for key, each in found.items()
        for said in (say("in {organ}:", organ=key), *each.working)
    ]
    if poll.law.elects:
        return _elected(poll, list(found.values()), working, numbers)
    settled = [each for each in results if each not in (None, CARRIED)]
    if settled:
        result, last = LOST, say("an organ does not carry it, and it is not carried")
    elif None in results:
        result, last = None, say("not decided: an organ has not decided")
    else:
        result, last = CARRIED, say("every organ carries it")
    return Outcome(result, (*working, last), numbers=numbers)


def _elected(
    poll: Poll, found: list[Outcome], working: list[Sentence], numbers: dict[str, Any]
) -> Outcome:
    """Whoever every organ elects, and whether a further round follows for the seats left."""
    results = [each.result for each in found]
    if None in results or INQUORATE in results:
        result = INQUORATE if INQUORATE in results and None not in results else None
        last = say("not decided: an organ has not decided")
        return Outcome(result, (*working, last), poll.law.elected, numbers)
    elected = tuple(
        name for name in found[0].chosen if all(name in each.chosen for each in found[1:])
    )
    ballots = [each.ballot or Ballot() for each in poll.law.organs.values()]
    vacant = ballots[0].places - len(elected)
    stays_in = tuple(
        dict.fromkeys(
            name for each in found for name in (*each.chosen, *_stay(each)) if name not in elected
        )
    )
    numbers |= {"vacant": vacant, "stays_in": list(stays_in), "round": poll.law.round}
    numbers |= {"anybody": True} if vacant and not any(x.candidates for x in ballots) else {}
    most = [each.rounds.at_most for each in ballots if each.rounds.at_most is not None]
    names = ", ".join(elected) or "-"
    told = [*working, say("elected by every organ: {names}", names=names)]
    if not vacant:
        result, last = ELECTED, say("every seat is filled")
    elif stays_in and all(poll.law.round < each for each in most):
        last = say("seats still vacant: {n}; another round follows", n=vacant)
        result = FURTHER_ROUND
    else:
        result, last = VACANT, say("seats that stay vacant: {n}", n=vacant)
    return Outcome(result, (*told, last), elected, numbers)


def _stay(outcome: Outcome) -> tuple[str, ...]:
    """Who stays in for an organ; everybody, where its own seats are filled."""
    numbers = outcome.numbers
    if outcome.result == ELECTED:
        return tuple(name for each in numbers["groups"] for name in each["votes"])
    return tuple(numbers["stays_in"])


def _of_organ(poll: Poll, key: str, kinds: dict[str, Count]) -> Outcome:
    organ = poll.law.organs[key]
    law = replace(poll.law, kind=organ.kind, counting=organ, organs={}, organ=key)
    voices = [each for each in poll.voices if each.organ.casefold() == key.casefold()]
    return kinds[organ.kind](Poll(law, voices, poll.now))
