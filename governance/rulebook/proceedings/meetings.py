"""What rules of procedure say of meetings: notice, agenda, papers, quorum."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema, model_validator

from governance.rulebook.majorities import Amount, Limb, spelled_out
from governance.rulebook.parts import Count, Language, Part, Period, Reminder

Subject = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Whole = Annotated[int, Field(ge=0, le=10_000, strict=True)]


def _times(value: object) -> object:
    if isinstance(value, float):
        raise ValueError(f"{value} is a rounded number: write the fraction as text, such as 3/2")  # noqa: TRY004 -- pydantic gathers ValueErrors
    return Fraction(value) if isinstance(value, str) and FRACTION.fullmatch(value) else value


FRACTION = re.compile(r"\d{1,4}/[1-9]\d{0,3}")
Times = Annotated[
    Fraction,
    BeforeValidator(_times),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "pattern": FRACTION.pattern}),
]


def _list(value: object) -> object:
    return (value,) if isinstance(value, dict) else value


class Anchored(Period):
    """A period after an event, or before one."""

    after: Literal["call", "circulation", "dispatch", "closing", "opening", "decision"] | None = (
        None
    )
    before: Literal["opening", "closing"] | None = None

    @model_validator(mode="after")
    def _one_anchor(self) -> Anchored:
        if (self.after is None) == (self.before is None):
            raise ValueError("a period has one event: after or before")
        return self


class Extraordinary(Part):
    """Who may ask for a meeting out of turn, and within which time it is held."""

    asked_by: Amount
    within: Period


class NoticeOfMeeting(Period):
    """How long before the opening a meeting is convened; less where it is urgent."""

    urgent: Period | None = None
    extreme_urgency: Literal["chair", "nobody"] = "nobody"
    extraordinary: Extraordinary | None = None


class ProposalsClose(Part):
    """When proposals for the agenda close: one anchor, or the earlier or later of two."""

    at: Annotated[tuple[Anchored, ...], BeforeValidator(_list)] = Field(min_length=1, max_length=2)
    take: Literal["earlier", "later"] = "earlier"


class AgendaDistribution(Period):
    """How long before the opening agenda and papers go out, and until when they may be revised."""

    revisions_until: Period | None = Field(None, description="Before the opening.")


class Reminders(Part):
    """How long ahead people are reminded: of proposals, papers, the quorum, actions, corrections.

    What is left out is reminded of at the usual time. Corrections count in working days.
    """

    proposals: Period = Period(days=7)
    papers: Period = Period(days=16)
    quorum: Period = Period(days=5)
    actions: Period = Period(days=7)
    corrections: tuple[Reminder, ...] = (-2,)


class LateItems(Part):
    """Who admits a late item, by what majority."""

    admitted_by: Literal["body", "chair", "nobody"] = "body"
    majority: Limb | None = None
    unanimous: bool = False


class PaperBeforeDebate(Part):
    """How many hours before the debate a document is there, in which languages."""

    hours: Count
    languages: tuple[Language, ...] = ()


QuorumOf = Literal["seats", "filled", "entitled", "roster_less_leave"]
QUORUM_OF = {
    "all_seats": "seats",
    "members": "filled",
    "filled_seats": "filled",
    "membership": "filled",
    "voting_members": "entitled",
    "entitled_less_leave": "roster_less_leave",
    "members_less_leave": "roster_less_leave",
}


class Quorum(Part):
    """How many are needed, of whom. Exactly one of more_than, at_least and times_root.

    `of`: all seats, filled seats, those with a voting right, or these less those on leave.
    `counting`: who counts as there: those with a voting right, or any member.
    """

    more_than: Amount | None = None
    at_least: Amount | None = None
    times_root: Times | None = Field(None, description="3/2 for 3√n/2, as Debian has it.")
    of: Annotated[QuorumOf, BeforeValidator(lambda word: QUORUM_OF.get(word, word))] = "entitled"
    counting: Literal["voting", "members"] = "voting"
    rounding: Literal["up", "down", "nearest"] = "up"
    proxies_count: bool = False
    remote_counts: bool = True
    chair_counts: bool = True
    minimum: Whole = Field(0, description="Never fewer than so many.")

    @model_validator(mode="before")
    @classmethod
    def _spelled(cls, value: object) -> object:
        if isinstance(value, (str, int)) and not isinstance(value, bool):
            return spelled_out({"threshold": value})
        return spelled_out(value)

    @model_validator(mode="after")
    def _one_bound(self) -> Quorum:
        if len([each for each in self._bounds if each[1] is not None]) != 1:
            raise ValueError("a quorum has one bound: more_than, at_least or times_root")
        return self

    @property
    def _bounds(self) -> tuple[tuple[str, Any], ...]:
        names = ("more_than", "at_least", "times_root")
        return tuple((name, getattr(self, name)) for name in names)

    @property
    def bound(self) -> tuple[str, Any]:
        """Which bound it is, and its amount."""
        return next((name, each) for name, each in self._bounds if each is not None)


class SecondCall(Part):
    """How long one waits without a quorum, and what suffices then; empty: any number."""

    after: Period
    quorum: Quorum | None = None


class Threshold(Limb):
    """What a decision on a subject needs; `also` are further limbs, each of which must hold."""

    also: tuple[Limb, ...] = ()
    minimum_yes: Whole = 0
    no_block: bool = Field(False, description="One blocking position stops it.")


class Veto(Part):
    """Who can stop a decision by a vote against, and what an abstention of theirs does."""

    holders: tuple[str, ...] = Field(min_length=1)
    abstention: Literal["stops", "does_not_stop"] = "does_not_stop"
