"""A body as one file says it: who sits in it, who holds its offices, and its rules of procedure.

For bodies of this installation the same facts are rows; this file is for rules that are loaded
with a body, and for checking rolls and minutes of any body without an installation.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from governance.rulebook.parts import Count, Country, Language, Part, Text, Words
from governance.rulebook.proceedings.law import NOTHING_SAID, Proceedings

Capacity = Literal["member", "observer", "adviser", "guest", "staff"]
CAPACITIES = {
    "voting": "member",
    "voting member": "member",
    "delegate": "member",
    "director": "member",
    "advisor": "adviser",
    "liaison": "observer",
    "invited": "guest",
    "invitee": "guest",
    "secretariat": "staff",
    "secretary": "staff",
    "support": "staff",
}
BodyKey = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$", max_length=60)]


def _said(value: object) -> object:
    return {"en": value} if isinstance(value, str) else value


def capacity_of(value: object) -> object:
    """A capacity by its own name, or by one that bodies use for it."""
    return CAPACITIES.get(value.strip().lower(), value) if isinstance(value, str) else value


def _list(value: object) -> object:
    return value if isinstance(value, (list, tuple)) else (value,)


class Span(Part):
    """From a day to a day, both included; empty: open."""

    since: date | None = None
    until: date | None = Field(None, description="The last day.")
    reason: str = Field("", max_length=300)

    @model_validator(mode="before")
    @classmethod
    def _other_names(cls, value: object) -> object:
        if not isinstance(value, dict):
            return value
        names = {"from": "since", "to": "until", "start": "since", "end": "until"}
        return {names.get(key, key): each for key, each in value.items()}

    @model_validator(mode="after")
    def _in_order(self) -> Span:
        if self.since and self.until and self.until < self.since:
            raise ValueError("until is before since")
        return self

    def holds(self, on: date) -> bool:
        """Whether the day lies in it."""
        return (self.since or date.min) <= on <= (self.until or date.max)


class Alternate(Span):
    """Who may sit in the place of the holder, and when."""

    name: Words

    @model_validator(mode="before")
    @classmethod
    def _from_name(cls, value: object) -> object:
        return {"name": value} if isinstance(value, str) else value


class RightChange(Part):
    """A voting right gained or lost, from a day on."""

    since: date
    has: bool
    reason: str = Field("", max_length=300)


class Member(Span):
    """Somebody with a place in the body, or an office whose holder sits in it."""

    name: Words
    aliases: Annotated[tuple[Words, ...], BeforeValidator(_list)] = ()
    seat: str = Field("", max_length=120, description="The seat; empty: the name is the seat.")
    represents: str = Field("", max_length=120)
    email: str = Field("", max_length=254, description="The address that invitations go to.")
    office: str = Field(
        "", max_length=60, description="An office of the organisation: whoever holds it sits here."
    )
    post: str = Field(
        "", max_length=60, description="A post of the rulebook: who is appointed to it sits here."
    )
    capacity: Annotated[Capacity, BeforeValidator(capacity_of)] = "member"
    votes: bool = Field(True, description="Whether the seat carries a vote at all.")
    alternates: Annotated[tuple[Alternate, ...], BeforeValidator(_list)] = ()
    leave: Annotated[tuple[Span, ...], BeforeValidator(_list)] = ()
    voting_right: Annotated[tuple[RightChange, ...], BeforeValidator(_list)] = ()

    @model_validator(mode="before")
    @classmethod
    def _from_name(cls, value: object) -> object:
        if isinstance(value, dict) and "office" in value and "name" not in value:
            return {**value, "name": str(value["office"]).removeprefix("office.").replace("_", " ")}
        return {"name": value} if isinstance(value, str) else value


class VacantSeat(Part):
    """A seat that nobody holds yet."""

    seat: Words
    represents: str = Field("", max_length=120)
    post: str = Field("", max_length=60, description="A post of the rulebook, as for members.")
    capacity: Annotated[Capacity, BeforeValidator(capacity_of)] = "member"
    votes: bool = True

    @model_validator(mode="before")
    @classmethod
    def _from_name(cls, value: object) -> object:
        return {"seat": value} if isinstance(value, str) else value


class Officer(Span):
    """Who holds an office of the body, such as chair."""

    office: Words
    name: Words


class Held(Part):
    """An earlier meeting: who was there, for voting rights that follow attendance."""

    day: date
    present: tuple[Words, ...] = ()
    leave: tuple[Words, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _other_names(cls, value: object) -> object:
        if isinstance(value, dict) and "date" in value and "day" not in value:
            return {("day" if key == "date" else key): each for key, each in value.items()}
        return value


class Place(Part):
    """A place that minutes name with its time, and its zone."""

    name: Words
    zone: str = Field(pattern=r"^[A-Za-z_]+(/[A-Za-z_+\-0-9]+)*$", max_length=60)


class Milestone(Part):
    """Something that the mandate expects by a day."""

    title: Annotated[Text, BeforeValidator(_said)]
    due_on: date


class MandateText(Part):
    """What the body is for, and until when."""

    text: Annotated[Text, BeforeValidator(_said)]
    approved_by: str = Field("", max_length=200, description="The parent's decision.")
    since: date | None = None
    sunset: date | None = Field(None, description="The last day.")
    milestones: tuple[Milestone, ...] = ()


class Decided(Part):
    """The last decision that stands in the register, for the series of numbers."""

    number: Words
    day: date | None = None


class Composed(Part):
    """The rules on who may sit with whom, and what they ask of a seat that the register lacks."""

    body: str = Field(
        pattern=r"^[a-z][a-z0-9_]*$", max_length=60, description="As docs/representation.md."
    )
    election_on: date | None = Field(
        None, description="The next election; empty: when the next terms end."
    )
    seats: dict[str, dict[str, bool | int | str | tuple[str, ...]]] = Field(
        default_factory=dict, description="By seat: role, chamber, and columns of the body."
    )

    @model_validator(mode="before")
    @classmethod
    def _from_key(cls, value: object) -> object:
        return {"body": value} if isinstance(value, str) else value


class Body(Part):
    """A body with its members and its rules of procedure."""

    format: Literal[1] = Field(1, alias="schema")
    body: BodyKey
    title: Annotated[Text, BeforeValidator(_said)]
    parent: BodyKey | None = Field(None, description="Whose rules apply where these say nothing.")
    kind: str = Field("committee", max_length=30)
    zone: str = Field("UTC", pattern=r"^[A-Za-z_]+(/[A-Za-z_+\-0-9]+)*$", max_length=60)
    calendar: str = Field("", max_length=40, description="A calendar of the organisation.")
    country: Country | None = Field(None, description="Whose holidays count, without a calendar.")
    languages: tuple[Language, ...] = ("en",)
    seats: Count | None = Field(None, description="How many seats there are, vacant ones too.")
    members: tuple[Member, ...] = ()
    vacant: tuple[VacantSeat, ...] = Field((), description="Seats that nobody holds yet.")
    officers: tuple[Officer, ...] = ()
    places: tuple[Place, ...] = ()
    meetings: tuple[Held, ...] = Field((), description="Earlier meetings, for voting rights.")
    last_decision: Decided | None = None
    mandate: MandateText | None = None
    access: Literal["open", "restricted"] = "restricted"
    composition: Composed | None = None
    rules: Proceedings = NOTHING_SAID

    @model_validator(mode="before")
    @classmethod
    def _members_by_kind(cls, value: object) -> object:
        """`observers:` and `guests:` as lists of their own are members of that capacity."""
        if not isinstance(value, dict):
            return value
        given: dict[str, Any] = dict(value)
        for name, capacity in (("observers", "observer"), ("guests", "guest"), ("staff", "staff")):
            listed = given.pop(name, None)
            if isinstance(listed, list):
                given["members"] = [*given.get("members", []), *_as(capacity, listed)]
        return given


def _as(capacity: str, listed: list[Any]) -> list[Any]:
    """Each of the list in this capacity, without a vote."""
    return [
        {
            "capacity": capacity,
            "votes": False,
            **({"name": each} if isinstance(each, str) else each),
        }
        if isinstance(each, (str, dict))
        else each
        for each in listed
    ]
