"""What a rule of decision is made of, who has a voice in it, and what an outcome holds. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from functools import lru_cache
from typing import Any

from governance.refusals import Sentence
from governance.rulebook.decisions import MEANINGS, Counting, Organ

PLAIN = Counting()


@dataclass(frozen=True)
class Position:
    """One of the answers that may be given: its key, what goes with it, what it is worth."""

    key: str
    blocking: bool = False
    needs_text: bool = False
    choose_at_least: int = 0
    choose_at_most: int = 0
    counts: bool = True
    meaning: str = ""

    @property
    def worth(self) -> str:
        """yes, no, abstain, invalid, recused or view: as the law says, or as its key does."""
        return self.meaning or MEANINGS.get(self.key, "view")


@dataclass(frozen=True)
class Cast:
    """The casting vote in one tie: a position, or the names cast for; with nothing, why not."""

    chosen: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True)
class DecisionRule:
    """How answers make an outcome: the kind, the article, the positions, what lateness means.

    `counting` has base, bounds, quorum, tie and ballot. `round` and `call` say which vote on the
    question this is, and which convocation; `seed` is recorded before a lot is drawn; `elected`
    are those whom earlier rounds elected, `standing` those who stay in (empty: every candidate);
    where `anybody` may be named, others too.
    `casts` are casting votes given apart, by the key of the tie; where the rule `asks_caster`, a
    tie waits for one, whatever anybody's time. `organ` is the one that is counted.
    """

    kind: str
    article: str
    positions: Mapping[str, Position]
    on_late: str = "fail"
    may_change: bool = False
    counting: Counting = PLAIN
    organs: Mapping[str, Organ] = field(default_factory=dict)
    early_close: bool = True
    secrecy: str = "open"
    round: int = 1
    call: int = 1
    seed: str = ""
    elected: tuple[str, ...] = ()
    standing: tuple[str, ...] = ()
    anybody: bool = False
    casts: Mapping[str, Cast] = field(default_factory=dict)
    asks_caster: bool = False
    organ: str = ""

    @property
    def elects(self) -> bool:
        """Whether seats are filled: by one ballot, or by those of every organ."""
        organs = self.organs.values()
        return self.kind == "ballot" or (bool(organs) and all(x.kind == "ballot" for x in organs))

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> DecisionRule:
        """From the plain data that a consultation keeps, of this version or an earlier one.

        The same text is read once: every answer to a question asks for the same law, twice.
        """
        return _law_of(json.dumps(plain))


@lru_cache(maxsize=256)
def _law_of(text: str) -> DecisionRule:
    plain = json.loads(text)
    positions = (Position(**each) for each in plain["positions"])
    early, changes = plain.get("early_close"), plain["may_change"]
    organs = plain.get("organs", {})
    return DecisionRule(
        kind=plain["kind"],
        article=plain["article"],
        positions={each.key: each for each in positions},
        on_late=plain["on_late"],
        may_change=changes,
        counting=Counting.model_validate(plain["counting"]) if "counting" in plain else PLAIN,
        organs={key: Organ.model_validate(each) for key, each in organs.items()},
        early_close=not changes if early is None else early,
        secrecy=plain.get("secrecy", "open"),
        round=plain.get("round", 1),
        call=plain.get("call", 1),
        seed=plain.get("seed", ""),
        elected=tuple(plain.get("elected", ())),
        standing=tuple(plain.get("standing", ())),
        anybody=plain.get("anybody", False),
        asks_caster=plain.get("asks_caster", False),
        casts={
            key: Cast(tuple(each["chosen"]), each.get("why", ""))
            for key, each in plain.get("casts", {}).items()
        },
    )


@dataclass(frozen=True)
class Voice:
    """One person asked: what they answered, whether the question reached them, by when.

    A position of None is "not yet answered", never an abstention. `present` is None where nobody
    took a roll: then whoever answers takes part. `casting` is the chair's casting vote where it
    is given apart. `final`: this person will not answer any more (the vote is closed).
    """

    who: str
    position: str | None = None
    chosen: tuple[str, ...] = ()
    reached: bool = True
    due_at: datetime | None = None
    present: bool | None = None
    entitled: bool = True
    weight: int | Fraction = 1
    seat: str = ""
    organ: str = ""
    group: str = ""
    on_leave: bool = False
    recused: bool = False
    casting: str | None = None
    final: bool = False

    def is_called(self, names: tuple[str, ...]) -> bool:
        """Whether one of the names is this one's, or its seat's or group's."""
        mine = {each.casefold() for each in (self.who, self.seat, self.group) if each}
        return any(name.casefold() in mine for name in names)


@dataclass(frozen=True)
class Outcome:
    """What the answers amount to. `result` is None while it is not settled.

    `numbers` are plain data: counts, base, needed, threshold, quorum, limbs, votes of candidates.
    """

    result: str | None
    working: tuple[Sentence, ...]
    chosen: tuple[str, ...] = ()
    numbers: Mapping[str, Any] = field(default_factory=dict)

    def as_plain(self, article: str) -> dict[str, Any]:
        """With its working and article, to be stored with the result."""
        return {
            "result": self.result,
            "chosen": list(self.chosen),
            "article": article,
            "working": [
                {"pattern": each.pattern, "facts": dict(each.facts)} for each in self.working
            ],
            **({"numbers": dict(self.numbers)} if self.numbers else {}),
        }
