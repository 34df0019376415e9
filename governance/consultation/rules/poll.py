"""The poll: who has a voice, what they have said, and what they may still say.

Every number that a rule looks at is a sum over voices. Whoever has answered adds a fixed part;
whoever may still answer adds something between the least and the most that any answer would add.
A condition on such a sum holds for certain, fails for certain, or is open: that is the whole of
early closing. At the end of time nobody may still answer, and nothing is open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from pendulum import DateTime

from governance.consultation.rules.law import DecisionRule, Position, Voice

Number = int | Fraction
Said = Position | None  # what a voice says, or will have said: a position, or nothing
Score = Callable[[Voice, Said], Number]


class Range(NamedTuple):
    """A sum as it stands, and the least and the most that it can become."""

    now: Number
    least: Number
    most: Number

    def is_at_least(self, floor: Number) -> bool | None:
        """True, False, or None while answers that are awaited decide it."""
        return True if self.least >= floor else False if self.most < floor else None

    def is_more_than(self, floor: Number) -> bool | None:
        """The same, strictly."""
        return True if self.least > floor else False if self.most <= floor else None


def both(*conditions: bool | None) -> bool | None:
    """All of them: False for certain with one that fails, open with one that is open."""
    if False in conditions:
        return False
    return None if None in conditions else True


def either(*conditions: bool | None) -> bool | None:
    """One of them at least."""
    if True in conditions:
        return True
    return None if None in conditions else False


def opposite(condition: bool | None) -> bool | None:
    """Not; open stays open."""
    return None if condition is None else not condition


def is_over(voice: Voice, now: DateTime) -> bool:
    """Whether this person's time has passed: only for whom the question reached."""
    return voice.reached and voice.due_at is not None and now >= voice.due_at


class Heard(NamedTuple):
    """A voice, what it says now, and everything that it may have said in the end."""

    voice: Voice
    said: Said
    may_say: tuple[Said, ...]


@dataclass(frozen=True)
class Poll:
    """The voices under a rule at an instant."""

    law: DecisionRule
    voices: Sequence[Voice]
    now: DateTime

    @cached_property
    def heard(self) -> list[Heard]:
        """Every voice with what it may say. One that is there many times is heard once."""
        once = {id(each): each for each in self.voices}
        heard = {key: self._heard(self._without_chair(each)) for key, each in once.items()}
        return [heard[id(each)] for each in self.voices]

    @cached_property
    def awaited(self) -> list[Voice]:
        """Who may still answer."""
        return [each.voice for each in self.heard if len(each.may_say) > 1]

    @cached_property
    def not_counted(self) -> list[Voice]:
        """Who gave an answer that is not counted: absent, not entitled or recused."""
        return [
            each.voice
            for each in self.heard
            if each.voice.position is not None and not self._may_vote(each.voice)
        ]

    @cached_property
    def _alike(self) -> list[tuple[Heard, int]]:
        """Voices that no count can tell apart, and how many of each there are."""
        first: dict[tuple[object, ...], Heard] = {}
        many: dict[tuple[object, ...], int] = {}
        times = Counter(map(id, self.heard))
        for same, each in {id(each): each for each in self.heard}.items():
            voice, said = each.voice, each.said.key if each.said else None
            roll = (voice.entitled, voice.present, voice.on_leave, voice.recused)
            key = (said, len(each.may_say), *roll, voice.weight, voice.group)
            first.setdefault(key, each)
            many[key] = many.get(key, 0) + times[same]
        return [(each, many[key]) for key, each in first.items()]

    def sum(self, score: Score, *, by_name: bool = False) -> Range:
        """The range of a sum over all voices; `by_name`: the score asks who it is."""
        now = least = most = 0  # type: Number
        voices = ((each, 1) for each in self.heard) if by_name else self._alike
        for (voice, said, may_say), many in voices:
            mine = score(voice, said) * many
            now += mine
            if len(may_say) == 1:
                least += mine
                most += mine
                continue
            scores = [score(voice, each) for each in may_say]
            least += min(scores) * many
            most += max(scores) * many
        return Range(now, least, most)

    def counted(self, meaning: str) -> Range:
        """How many voices say something of this meaning."""
        return self.sum(lambda _, said: int(worth(said) == meaning))

    def tells(self) -> dict[str, int]:
        """How many for, against, abstaining, and so on; and how many have said nothing."""
        told = dict.fromkeys(("yes", "no", "abstain", "invalid", "recused", "view", "silent"), 0)
        for (voice, said, _), many in self._alike:
            if voice.entitled and not (voice.recused and said is None):
                told[worth(said) or "silent"] += many
            elif voice.recused:
                told["recused"] += many
        return told

    def _heard(self, voice: Voice) -> Heard:
        if not self._may_vote(voice):
            return Heard(voice, None, (None,))
        if voice.position is not None:
            said = self.law.positions.get(voice.position)
            return Heard(voice, said, (said,))
        if voice.final or is_over(voice, self.now):
            waits = self.law.on_late in {"remind", "escalate", "extend"} and not voice.final
            silent = self._consent() if self.law.on_late == "tacit" and voice.reached else None
            return Heard(voice, silent, self._anything if waits else (silent,))
        return Heard(voice, None, self._anything)

    def _may_vote(self, voice: Voice) -> bool:
        here = voice.present is not False and not (voice.on_leave and self._leave_counts)
        return voice.entitled and not voice.recused and here

    @cached_property
    def _leave_counts(self) -> bool:
        """Whether the law knows a leave that takes somebody out of the roster."""
        law = self.law.counting
        limbs = (law.base, *(each.base for each in law.also))
        quorums = (law.quorum.open, law.quorum.decide, law.quorum.second_call)
        bases = (*limbs, *(each.of for each in quorums if each is not None))
        return "roster_less_leave" in bases

    def _without_chair(self, voice: Voice) -> Voice:
        """A chair who votes only to break a tie has no voice in the count."""
        tie = self.law.counting.tie
        breaks = "casting_vote" in (tie.rule, tie.then, tie.when_secret)
        if breaks and not tie.chair_votes and voice.is_called((tie.chair,)):
            return replace(voice, entitled=False, position=None)
        return voice

    @cached_property
    def _offered(self) -> tuple[Position, ...]:
        return tuple(self.law.positions.values())

    @cached_property
    def _anything(self) -> tuple[Said, ...]:
        """What somebody who is awaited may still say: nothing, or any position."""
        return (None, *self._offered)

    def _consent(self) -> Said:
        """What silence says where the law lets it consent."""
        return next((each for each in self._offered if each.worth == "yes"), None)


def worth(said: Said) -> str:
    """The meaning of what somebody says; empty for nothing, view where it is not counted."""
    if said is None:
        return ""
    return said.worth if said.counts else "view"
