"""Two organs, or more, that must all carry: each counts its own voices under its own rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from governance.consultation.rules.law import Outcome
from governance.consultation.rules.poll import Poll
from governance.refusals import say
from governance.rulebook.decisions import CARRIED, LOST

Count = Callable[[Poll], Outcome]


def all_carry(poll: Poll, kinds: dict[str, Count]) -> Outcome:
    """Carried if every organ carries; lost as soon as one cannot any more."""
    found = {key: _of_organ(poll, key, kinds) for key in poll.law.organs}
    results = [each.result for each in found.values()]
    working = [
        said
        for key, each in found.items()
        for said in (say("in {organ}:", organ=key), *each.working)
    ]
    settled = [each for each in results if each not in (None, CARRIED)]
    if settled:
        result, last = LOST, say("an organ does not carry it, and it is not carried")
    elif None in results:
        result, last = None, say("not decided: an organ has not decided")
    else:
        result, last = CARRIED, say("every organ carries it")
    numbers = {
        "organs": {
            key: {"result": each.result, **dict(each.numbers)} for key, each in found.items()
        }
    }
    return Outcome(result, (*working, last), numbers=numbers)


def _of_organ(poll: Poll, key: str, kinds: dict[str, Count]) -> Outcome:
    organ = poll.law.organs[key]
    law = replace(poll.law, kind=organ.kind, counting=organ, organs={})
    voices = [each for each in poll.voices if each.organ.casefold() == key.casefold()]
    return kinds[organ.kind](Poll(law, voices, poll.now))
