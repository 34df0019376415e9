"""Whether enough take part: to open and to decide, or on a second call."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from governance.consultation.rules.limbs import Measured, plain_number, quorum
from governance.consultation.rules.poll import Poll, both
from governance.refusals import Sentence, say

QUORUM_SAYS: dict[str, Sentence] = {
    "open": say("quorum to open: {needed} of {base}; taking part: {n}"),
    "decide": say("quorum: {needed} of {base}; taking part: {n}"),
    "second_call": say("quorum on the second call: {needed} of {base}; taking part: {n}"),
}


@dataclass(frozen=True)
class Quorate:
    """Every quorum that the rule asks for now. None: answers that are awaited decide it."""

    asked: tuple[tuple[str, Measured], ...]

    @property
    def holds(self) -> bool | None:
        """Whether all of them are there."""
        return both(*(each.holds for _, each in self.asked))

    def told(self) -> Iterator[Sentence]:
        """Each quorum and who takes part."""
        for name, each in self.asked:
            yield say(
                QUORUM_SAYS[name].pattern,
                needed=plain_number(each.needed),
                base=plain_number(each.base),
                n=plain_number(each.found),
            )

    def as_plain(self) -> dict[str, Any]:
        """The quorum to decide as `quorum`, the other beside it; None where none is asked for."""
        told = {name: each.as_plain() for name, each in self.asked}
        opening = {"quorum_to_open": told["open"]} if "open" in told else {}
        return {"quorum": told.get("decide") or told.get("second_call"), **opening}


def quorate(poll: Poll) -> Quorate:
    """The quorums of the rule, measured: on a second call only that call's own."""
    law = poll.law.counting.quorum
    names: tuple[str, ...] = ("open", "decide")
    if poll.law.call > 1 and law.second_call is not None:
        names = ("second_call",)
    asked = ((name, getattr(law, name)) for name in names)
    return Quorate(tuple((name, quorum(poll, each)) for name, each in asked if each is not None))
