"""How a question is decided: positions that may be taken, and the kinds of rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from governance.rulebook.ballots import Ballot
from governance.rulebook.majorities import (
    Amount,
    AnyBase,
    Limb,
    OneOrMore,
    Quorum,
    Tie,
    spelled_out,
)
from governance.rulebook.parts import LATE, Article, Count, Deadline, Key, Part
from governance.rulebook.positions import MEANINGS, USUAL_POSITIONS, Choose, Position

__all__ = ["KINDS", "MEANINGS", "Choose", "Counting", "DecisionRule", "Kind", "Organ", "Position"]


@dataclass(frozen=True)
class Kind:
    """One way to decide: what it is, and what may come of it."""

    sentence: str
    results: tuple[str, ...]  # none: the results are the positions themselves
    needs_blocking: bool = False
    takes_choice: bool = False
    one_person: bool = False
    counted: bool = False  # votes are counted, against a base

    @property
    def closes_by_clock(self) -> bool:
        """Whether every result may come although nobody does anything."""
        return not self.one_person and not self.needs_blocking


# What is not here is refused by the linter: a rule that nobody can count is no rule.
CARRIED, LOST = "carried", "lost"
INQUORATE, REVOTE, DEEMED_GIVEN = "inquorate", "revote", "deemed_given"
ELECTED, FURTHER_ROUND, VACANT = "elected", "further_round", "vacant"
BOTH = (CARRIED, LOST)
KINDS: dict[str, Kind] = {
    "single": Kind("One person answers, and the answer is the result.", (), one_person=True),
    "choice": Kind(
        "One person chooses among candidates; the position taken is the result.",
        (),
        takes_choice=True,
        one_person=True,
    ),
    "any_one": Kind("Carried as soon as one of those asked is in favour.", BOTH, counted=True),
    "unanimity": Kind("Carried if everybody is in favour.", BOTH, counted=True),
    "consensus": Kind(
        "Carried unless somebody present formally objects.", BOTH, needs_blocking=True
    ),
    "no_objection": Kind(
        "Carried unless somebody objects in writing before the end of their time.",
        BOTH,
        needs_blocking=True,
    ),
    "majority": Kind("Carried by a share of a base, under every limb.", BOTH, counted=True),
    "organs": Kind("Carried if every organ carries it under its own rule.", BOTH),
    "ballot": Kind(
        "Seats are filled by those with enough votes, then the highest, in rounds.",
        (ELECTED, FURTHER_ROUND, VACANT),
        counted=True,
    ),
    "advice": Kind("Views are recorded; nothing is bound.", (CARRIED,)),
}
KINDS_ALSO_CALLED = {
    "single_approver": "single",
    "approval": "single",
    "any_of": "any_one",
    "any_one_of": "any_one",
    "all_of": "unanimity",
    "all": "unanimity",
    "unanimous": "unanimity",
    "silence": "no_objection",
    "silence_procedure": "no_objection",
    "vote": "majority",
    "two_organs": "organs",
    "both_organs": "organs",
    "double_majority": "organs",
    "election": "ballot",
    "advisory": "advice",
    "views": "advice",
}


def kind_of(value: object) -> object:
    """A kind by its own name, or by one that bodies use for it."""
    if not isinstance(value, str):
        return value
    name = value.strip().lower().replace("-", "_").replace(" ", "_")
    return KINDS_ALSO_CALLED.get(name, name)


AnyKind = Annotated[Key, BeforeValidator(kind_of)]


Limbs = Annotated[
    tuple[Limb, ...], BeforeValidator(lambda value: (value,) if isinstance(value, dict) else value)
]


class Counting(Part):
    """What is counted, of what, and how much is needed. Every part of it may be left out."""

    base: AnyBase | None = Field(None, description="Of what the shares are.")
    more_than: Amount | None = Field(None, description="Strict: 1/2 is more than half.")
    at_least: Amount | None = Field(None, description="Not strict; rounded up. Or a number.")
    of: OneOrMore = Field((), description="Positions or meanings counted; empty: those for.")
    count: Literal["heads", "weight"] = "heads"
    rounding: Literal["up", "down", "nearest"] = Field("up", description="Of at_least.")
    also: Limbs = Field((), description="Further limbs, each of which must hold.")
    veto: OneOrMore = Field((), description="Names, seats or groups whose no stops it.")
    concurring: OneOrMore = Field((), description="Names, seats or groups who must be for.")
    blocking_minority: Count | None = Field(
        None, description="Fewer than so many not in favour do not stop it, whatever a limb says."
    )
    abstentions: Literal["stop", "do_not_stop"] = Field(
        "stop", description="Whether an abstention prevents unanimity."
    )
    recusal: Literal["out_of_base", "in_base"] = Field(
        "out_of_base", description="Whether who is recused leaves base and quorum."
    )
    quorum: Quorum = Quorum()
    tie: Tie = Tie()
    ballot: Ballot | None = None

    @model_validator(mode="before")
    @classmethod
    def _spelled_out(cls, value: object) -> object:
        return _floor(spelled_out(_of_ballot(value)))

    @model_validator(mode="after")
    def _one_bound(self) -> Counting:
        if self.more_than is not None and self.at_least is not None:
            raise ValueError("more_than and at_least are both given: write one, the other in also")
        return self


BESIDE = ("base", "count", "quorum", "tie", "recusal")
MAJORITY = (*BESIDE, "more_than", "at_least", "threshold", "strict")


def _of_ballot(value: object) -> object:
    """What a ballot is, and the majority that it takes, may stand in `ballot` or beside it."""
    if not isinstance(value, dict) or not isinstance(value.get("ballot") or {}, dict):
        return value
    ballot = dict(value.get("ballot") or {})
    inner = {name: ballot.pop(name) for name in MAJORITY if name in ballot and name not in value}
    mine = Ballot.model_fields.keys() & value.keys()
    if not mine and not inner:
        return value
    rest = {name: each for name, each in value.items() if name not in mine}
    return {**rest, **inner, "ballot": {**{name: value[name] for name in mine}, **ballot}}


def _floor(value: object) -> object:
    """`floor: 9`, at least nine votes in favour whatever the share, as a limb."""
    if not isinstance(value, dict) or "floor" not in value:
        return value
    given = dict(value)
    limb = {"at_least": given.pop("floor")}
    return {**given, "also": [*(given.get("also") or ()), limb]}


def _elects(value: dict[str, Any]) -> bool:
    """Whether every organ of a rule, as it was written, takes a ballot."""
    organs = value.get("organs")
    return (
        isinstance(organs, dict)
        and bool(organs)
        and all(isinstance(x, dict) and kind_of(x.get("kind")) == "ballot" for x in organs.values())
    )


SECRECY_ALSO_CALLED = {
    "until_close": "secret_until_close",
    "for_ever": "secret_for_ever",
    "forever": "secret_for_ever",
    "secret": "secret_for_ever",
    "public": "open",
}
Secrecy = Annotated[
    Literal["open", "secret_until_close", "secret_for_ever"],
    BeforeValidator(lambda value: SECRECY_ALSO_CALLED.get(str(value), value)),
]


class Organ(Counting):
    """The rule of one of several organs that must all carry."""

    kind: AnyKind = "majority"


class DecisionRule(Counting):
    """Under which rule answers make a result."""

    kind: AnyKind = Field(description="One of the kinds of decision.")
    positions: tuple[Position, ...] = Field(
        min_length=1, description="Empty: the usual ones of the kind."
    )
    may_change: bool = Field(False, description="An answer may be changed until the close.")
    early_close: bool | None = Field(
        None, description="Close once no remaining answer can matter; empty: unless may_change."
    )
    secrecy: Secrecy = Field(
        "open", description="Whether positions are seen at once, after the close, or never."
    )
    article: Article | None = Field(None, description="Where it differs from the stage's.")
    organs: dict[Key, Organ] = Field(default_factory=dict, description="For kind: organs.")

    @model_validator(mode="before")
    @classmethod
    def _usual(cls, value: object) -> object:
        """Without positions, the usual ones of the kind; as a mapping, each with its flags."""
        if not isinstance(value, dict):
            return value
        positions = value.get("positions")
        if positions is None:
            kind = "ballot" if _elects(value) else str(kind_of(value.get("kind")))
            usual = USUAL_POSITIONS.get(kind)
            return {**value, "positions": usual} if usual else value
        if isinstance(positions, dict):
            listed = [
                {"key": key, **(each if isinstance(each, dict) else {"meaning": each})}
                for key, each in positions.items()
            ]
            return {**value, "positions": listed}
        return value

    def position(self, key: str) -> Position | None:
        """The position of this key."""
        return next((each for each in self.positions if each.key == key), None)

    def results(self, within: Deadline | None) -> tuple[str, ...]:
        """All that may come of the question, lateness included."""
        kind = KINDS.get("ballot" if self.elects else self.kind)
        if kind is None:
            return ()
        reached = kind.results or tuple(each.key for each in self.positions)
        late = within is not None and within.ends_late and kind.one_person
        return (*reached, *self._special, *((LATE,) if late else ()))

    @property
    def elects(self) -> bool:
        """Whether seats are filled: by one ballot, or by those of every organ."""
        return self.kind == "ballot" or (
            bool(self.organs) and all(each.kind == "ballot" for each in self.organs.values())
        )

    @property
    def _special(self) -> tuple[str, ...]:
        """Results that only a quorum or a rule on ties brings about."""
        ties = {self.tie.rule, self.tie.when_secret} & {REVOTE, DEEMED_GIVEN}
        if self.tie.rule in {REVOTE, "casting_vote"} and self.tie.then == DEEMED_GIVEN:
            ties.add(DEEMED_GIVEN)
        told = sorted(each for each in ties if each is not None) if self.kind == "majority" else []
        asked = (self.quorum.open, self.quorum.decide) != (None, None)
        return ((INQUORATE,) if asked else ()) + tuple(told)

    def plain(self, within: Deadline | None, article: str) -> dict[str, Any]:
        """As plain data, for the room that puts the question."""
        told = {
            "kind": self.kind,
            "article": str(self.article or article),
            "positions": [_plain(each) for each in self.positions],
            "on_late": within.on_late if within else "wait",
            "within": within.plain if within else None,
            "may_change": self.may_change,
        }
        counting = self.model_dump(
            mode="json", include=set(Counting.model_fields), exclude_defaults=True
        )
        organs = {
            key: each.model_dump(mode="json", exclude_defaults=True)
            for key, each in self.organs.items()
        }
        more = {
            "counting": counting,
            "organs": organs,
            "early_close": self.early_close,
            "secrecy": None if self.secrecy == "open" else self.secrecy,
        }
        return told | {name: each for name, each in more.items() if each not in (None, {})}


def _plain(position: Position) -> dict[str, Any]:
    choose = position.choose
    told = {
        "key": position.key,
        "blocking": position.blocking,
        "needs_text": position.needs_text,
        "choose_at_least": choose.at_least if choose else 0,
        "choose_at_most": choose.at_most if choose else 0,
    }
    if not position.counts:
        told["counts"] = False
    if position.meaning is not None:
        told["meaning"] = position.meaning
    return told
