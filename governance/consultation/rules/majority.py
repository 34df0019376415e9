"""Votes that are counted: majorities with their limbs, any one, unanimity; quorum and vetoes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from governance.consultation.rules.law import Outcome, Voice
from governance.consultation.rules.limbs import Measured, in_base, measure, plain_number
from governance.consultation.rules.poll import (
    Number,
    Poll,
    Said,
    both,
    either,
    opposite,
    worth,
)
from governance.consultation.rules.quorums import Quorate, quorate
from governance.consultation.rules.ties import broken, is_tied
from governance.refusals import Sentence, say
from governance.rulebook.decisions import CARRIED, INQUORATE, LOST, Counting
from governance.rulebook.majorities import Limb

HALF, ALL = "1/2", "1/1"


def by_count(poll: Poll) -> Outcome:
    """The outcome of a vote: quorum, then what stops it, then every limb, then a tie."""
    count = counted(poll)
    result, said, numbers = _decided(poll, count)
    working = (*tally(poll), *count.told(), *said)
    return Outcome(result, working, numbers={**numbers_of(poll), **count.as_plain(), **numbers})


@dataclass(frozen=True)
class Count:
    """Everything that was measured about one vote. None: answers that are awaited decide it."""

    quorum: Quorate
    limbs: tuple[Measured, ...]
    stopped: bool | None
    vetoed: bool | None
    concurred: bool | None
    deemed: bool | None  # too few against for a blocking minority
    minority: tuple[Number, int] | None

    @property
    def carried(self) -> bool | None:
        """Whether it is carried, leaving the quorum aside."""
        limbs = either(both(*(each.holds for each in self.limbs)), self.deemed)
        return both(opposite(self.stopped), opposite(self.vetoed), self.concurred, limbs)

    def told(self) -> Iterator[Sentence]:
        """What was measured, in the order in which it is asked."""
        yield from self.quorum.told()
        for each in self.limbs:
            if each.count == "weight":
                yield say("by weight:")
            if each.group:
                yield say("in the group {group}:", group=each.group)
            if each.of != "yes":
                yield say('counting the answers "{of}":', of=each.of)
            yield from each.told()
        if self.minority is not None:
            n, least = self.minority
            yield say(
                "a blocking minority has at least {least}; not in favour: {n}",
                least=least,
                n=plain_number(n),
            )

    def as_plain(self) -> dict[str, Any]:
        """The numbers of the first limb as the vote's own, and all limbs."""
        first = self.limbs[0].as_plain()
        own = ("base", "base_of", "needed", "threshold", "strict", "rounding", "found")
        return {
            **{name: first[name] for name in own},
            **self.quorum.as_plain(),
            "limbs": [each.as_plain() for each in self.limbs],
        }


def counted(poll: Poll) -> Count:
    """Measure everything that the rule asks for."""
    law = poll.law.counting
    limbs, base = limbs_of(poll.law.kind, law)
    minority = _not_in_favour(poll, law, base) if law.blocking_minority else None
    return Count(
        quorum=quorate(poll),
        limbs=tuple(measure(poll, each, base) for each in limbs),
        stopped=blocked(poll),
        vetoed=_vetoed(poll, law),
        concurred=_concurred(poll, law),
        deemed=minority[1] if minority else False,
        minority=(minority[0], law.blocking_minority or 0) if minority else None,
    )


def limbs_of(kind: str, law: Counting) -> tuple[tuple[Limb, ...], str]:
    """The limbs of a kind, the main one first, and the base that they are of."""
    shared = {"of": law.of, "count": law.count, "rounding": law.rounding}
    if kind == "any_one":
        return (Limb(at_least=1), *law.also), law.base or "entitled"
    if kind == "unanimity":
        base = law.base or "entitled"
        if law.abstentions == "do_not_stop" and base == "entitled":
            base = "members_less_abstainers"
        elif law.abstentions == "do_not_stop" and base in {"cast", "valid"}:
            base = "yes_no"
        return (Limb.model_validate({"at_least": ALL, **shared}), *law.also), base
    if law.at_least is not None:
        main = Limb.model_validate({"at_least": law.at_least, **shared})
    else:
        main = Limb.model_validate({"more_than": law.more_than or HALF, **shared})
    return (main, *law.also), law.base or "yes_no"


def blocked(poll: Poll) -> bool | None:
    """Whether a blocking position was taken; open while somebody may still take one."""
    return poll.sum(lambda _, said: int(said is not None and said.blocking)).is_more_than(0)


def tally(poll: Poll) -> Iterator[Sentence]:
    """What everybody has said, in numbers."""
    told = poll.tells()
    yield say(
        "in favour: {yes}; against: {no}; abstaining: {abstain}; without an answer: {silent}",
        **{name: told[name] for name in ("yes", "no", "abstain", "silent")},
    )
    if told["invalid"]:
        yield say("invalid answers: {n}", n=told["invalid"])
    yield from apart(poll)


def apart(poll: Poll) -> Iterator[Sentence]:
    """Who is not counted, and who may still answer."""
    told = poll.tells()
    if told["view"]:
        yield say("answers recorded and not counted: {n}", n=told["view"])
    if told["recused"]:
        yield say("taking no part, being recused: {n}", n=told["recused"])
    if poll.not_counted:
        yield say(
            "answers not counted, of somebody absent, on leave, not entitled or recused: {n}",
            n=len(poll.not_counted),
        )
    if poll.awaited:
        yield say("{n} may still answer", n=len(poll.awaited))


def numbers_of(poll: Poll) -> dict[str, Any]:
    """The counts, by meaning and by position."""
    positions = dict.fromkeys(poll.law.positions, 0)
    for each in poll.heard:
        if each.said is not None:
            positions[each.said.key] += 1
    return {"counts": poll.tells(), "positions": positions, "awaited": len(poll.awaited)}


def _decided(poll: Poll, count: Count) -> tuple[str | None, list[Sentence], dict[str, Any]]:
    if count.quorum.holds is not True:
        if count.quorum.holds is None:
            return None, [say("not decided: answers are awaited that can change the outcome")], {}
        return INQUORATE, [say("there is no quorum, and nothing is decided")], {}
    if count.carried:
        return CARRIED, [_why_carried(count)], {}
    tied = both(opposite(count.stopped), opposite(count.vetoed), is_tied(poll, count.limbs))
    if count.carried is None or tied is None:
        return None, [say("not decided: answers are awaited that can change the outcome")], {}
    if tied:
        broke = broken(poll)
        numbers: dict[str, Any] = {"tie": broke.as_plain()}
        if broke.rule == "casting_vote" and broke.result is None:
            numbers["castings"] = [{"key": poll.law.organ, "between": [], "places": 1}]
        return broke.result, [say("there is a tie"), *broke.said], numbers
    return LOST, list(_why_lost(count)), {}


def _why_carried(count: Count) -> Sentence:
    if both(*(each.holds for each in count.limbs)):
        return say("it is carried")
    return say("it is carried: there is no blocking minority")


def _why_lost(count: Count) -> Iterator[Sentence]:
    if count.stopped:
        yield say("somebody took a position that stops it")
    if count.vetoed:
        yield say("somebody with a veto is against")
    if count.concurred is False:
        yield say("somebody whose concurrence is needed is not in favour")
    yield say("it is not carried")


def _vetoed(poll: Poll, law: Counting) -> bool | None:
    if not law.veto:
        return False

    def score(voice: Voice, said: Said) -> int:
        return int(worth(said) == "no" and voice.is_called(law.veto))

    return poll.sum(score, by_name=True).is_more_than(0)


def _concurred(poll: Poll, law: Counting) -> bool | None:
    if not law.concurring:
        return True

    def score(voice: Voice, said: Said) -> int:
        return int(worth(said) != "yes" and voice.is_called(law.concurring))

    return opposite(poll.sum(score, by_name=True).is_more_than(0))


def _not_in_favour(poll: Poll, law: Counting, base: str) -> tuple[Number, bool | None]:
    def score(voice: Voice, said: Said) -> int:
        return int(in_base(base, voice, said, law.recusal) and worth(said) != "yes")

    found = poll.sum(score)
    return found.now, opposite(found.is_at_least(law.blocking_minority or 0))
