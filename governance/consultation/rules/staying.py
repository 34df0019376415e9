"""Who stands in the next round of a ballot. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from governance.consultation.rules.law import DecisionRule
from governance.consultation.rules.poll import Number
from governance.rulebook.ballots import Ballot, Stay


@dataclass(frozen=True)
class Round:
    """The round that would follow, for the seats of one group; `again`: among those tied only."""

    ballot: Ballot
    law: DecisionRule
    group: str
    vacant: int
    again: bool = False

    @property
    def stay(self) -> Stay | None:
        """What decides who stands in it."""
        return self.ballot.rounds.stay_after(self.law.round)

    @property
    def is_open(self) -> bool:
        """Whether anybody may be named: nobody was named as candidate, and nothing narrows it."""
        if self.again or self.ballot.candidates or not self.vacant:
            return False
        if self.stay is None or self.stay.reopens:
            return True
        return self._keeps and (self.law.anybody or not self.law.standing)

    def among(self, left: tuple[str, ...], votes: Mapping[str, Number]) -> tuple[str, ...]:
        """Who stands: whoever has as many votes as the last of those who stay, stays too.

        `left` are those not elected, the highest first.
        """
        if not self.vacant or not left:
            return ()
        if self.again or self.stay is None or self._keeps:
            return left
        if self.stay.reopens:
            return self._everybody(left, votes)
        keep = self._how_many(self.stay, len(left))
        if keep >= len(left):
            return left
        last = votes[left[keep - 1]]
        return tuple(name for name in left if votes[name] >= last)

    @property
    def _keeps(self) -> bool:
        """Whether whoever stood goes on standing."""
        stay = self.stay
        measures = (stay.per_seat, stay.highest, stay.drop_lowest) if stay else ()
        return not any(measures) and not (stay and stay.reopens)

    def _everybody(self, left: tuple[str, ...], votes: Mapping[str, Number]) -> tuple[str, ...]:
        """Every candidate of the group who is not elected, whoever was dropped before included."""
        elected = {*self.law.elected, *(name for name in votes if name not in left)}
        stood = (
            name
            for name, group in self.ballot.candidates.items()
            if name not in elected and (not self.group or group == self.group)
        )
        return tuple(dict.fromkeys((*left, *stood)))

    def _how_many(self, stay: Stay, left: int) -> int:
        if stay.per_seat is not None:
            return stay.per_seat * self.vacant
        if stay.highest is not None:
            return stay.highest
        return max(left - (stay.drop_lowest or 0), 1)
