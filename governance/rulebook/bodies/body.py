"""A body and its rules, as one file says it. Read this first."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from governance.rulebook.bodies.combined import AnyRule
from governance.rulebook.bodies.parts import Attribute, Number, Rule, Said, Scalar, Whole
from governance.rulebook.parts import Article, Country, Key, Part, Period


class StateInGroup(Part):
    """A state that belongs to a group only for a purpose, or for a time."""

    state: Country
    since: date | None = None
    until: date | None = Field(None, description="Excluded.")
    purpose: Key | None = Field(None, description="Only for this purpose, such as elections.")
    source: str = Field("", max_length=300)


def _state(value: object) -> object:
    return {"state": value} if isinstance(value, str) else value


class Group(Part):
    """A group of a scheme and its states."""

    key: Key
    title: Said
    states: tuple[Annotated[StateInGroup, BeforeValidator(_state)], ...] = ()


class Scheme(Part):
    """How somebody divides the world: groups of states, with the source."""

    key: Key
    title: Said
    source: str = Field(min_length=1, max_length=500)
    confidence: Literal["read", "reported", "recalled"] = "read"
    file: str | None = Field(
        None, description="A CSV beside this file: state,group,since,until,purpose,source."
    )
    groups: tuple[Group, ...] = ()
    unlisted: Literal["unknown", "none"] | None = Field(
        None,
        description="A state that stands nowhere: not on file, or in no group. Empty: not on file "
        "for the scheme of the region, in no group for any other.",
    )

    @model_validator(mode="after")
    def _some_groups(self) -> Scheme:
        if not self.groups:
            raise ValueError("a scheme needs groups, or a file that has them")
        return self


class Role(Part):
    """A role in the body; they stand from the highest to the lowest."""

    key: Key
    title: Said
    term: Period | None = Field(None, description="Its ordinary length, for the calendar.")


class Chamber(Part):
    """A part of the body with seats of its own."""

    key: Key
    title: Said


class Column(Part):
    """A column of the members' file that rules speak of."""

    type: Literal["word", "words", "number", "date", "flag"] = Field(
        "word", description="words: several, separated by semicolons; flag: yes or no."
    )
    values: tuple[str, ...] = Field((), description="What may stand there; empty: anything.")
    title: Said | None = None


class Table(Part):
    """A number, or a word, for each state."""

    title: Said | None = None
    source: str = Field("", max_length=300)
    file: str | None = Field(None, description="A CSV beside this file: state,value.")
    type: Literal["number", "word"] = "number"
    values: dict[Country, Number | str] = Field(default_factory=dict)
    others: Number | str | None = Field(
        None, description="What holds for every state that is not listed; empty: not on file."
    )


class Dated(Part):
    """A fact's value from a day on."""

    since: date
    value: Scalar


class Fact(Part):
    """A fact that rules speak of; given on the command line with --fact key=value."""

    title: Said | None = None
    value: Scalar | None = None
    values: tuple[Dated, ...] = Field((), description="Or its values over time.")
    source: str = Field("", max_length=300)


def _fact(value: object) -> object:
    return {"value": value} if isinstance(value, (bool, int, str)) else value


class Membership(Part):
    """How many members the organisation has, or which."""

    count: Whole | None = None
    of: Literal["un", "interpol"] | None = Field(None, description="A list that ships with us.")
    states: tuple[Country, ...] = Field((), description="Or the states themselves.")
    values: tuple[Dated, ...] = Field((), description="Or the number over time.")

    @model_validator(mode="after")
    def _one(self) -> Membership:
        given = (self.count is not None, bool(self.of), bool(self.states), bool(self.values))
        if sum(given) != 1:
            raise ValueError("membership has one of: count, of, states, values")
        return self


def _members(value: object) -> object:
    return {"count": value} if isinstance(value, int) and not isinstance(value, bool) else value


class OtherState(Part):
    """A member that is not in the list of states that ships: an organisation, a territory."""

    code: Country
    name: str


class ReviewDue(Part):
    """When a review of the composition falls due: each year, before an election, on a vacancy.

    Each line has exactly one of its three days. The clock opens the review.
    """

    key: Key
    article: Article
    title: Said | None = None
    every_year: str | None = Field(
        None, pattern=r"^[0-9]{2}-[0-9]{2}$", description="A day of each year: month-day."
    )
    before_election: Period | None = Field(None, description="So long before the next election.")
    after_vacancy: Period | None = Field(None, description="So long after a seat fell vacant.")
    answered_within: Period | None = Field(
        None, description="A composition at risk that nobody answers for is blocked after so long."
    )

    @model_validator(mode="after")
    def _one_day(self) -> ReviewDue:
        days = (self.every_year, self.before_election, self.after_vacancy)
        if sum(each is not None for each in days) != 1:
            raise ValueError("a review has one of: every_year, before_election, after_vacancy")
        if self.every_year is not None:
            try:
                date.fromisoformat(f"2024-{self.every_year}")
            except ValueError:
                raise ValueError(f'"{self.every_year}" is no month and day') from None
        return self


FactOf = Annotated[Fact, BeforeValidator(_fact)]


class Body(Part):
    """A body: what its members are, how they are grouped, and the rules on who may sit together."""

    schema_version: Literal[1] = Field(alias="schema")
    body: Key
    title: Said
    article: Article | None = None
    source: str = Field("", max_length=500)
    held_by: Literal["persons", "states"] = Field(
        "persons", description="Whether seats belong to people, or to states."
    )
    membership: Annotated[Membership, BeforeValidator(_members)] | None = None
    region: Key | None = Field(
        None, description="The scheme behind the attribute region; empty: the column."
    )
    purpose: Key = Field("elections", description="For which purpose states are grouped.")
    roles: tuple[Role, ...] = ()
    chambers: tuple[Chamber, ...] = ()
    columns: dict[Attribute, Column] = Field(default_factory=dict)
    schemes: tuple[Scheme, ...] = Field((), description="Own schemes; they go before shipped ones.")
    tables: dict[Attribute, Table] = Field(default_factory=dict)
    facts: dict[Key, FactOf] = Field(default_factory=dict)
    states: tuple[OtherState, ...] = ()
    reviews: tuple[ReviewDue, ...] = Field((), description="When the composition is reviewed.")
    rules: tuple[AnyRule, ...] = Field(min_length=1)

    def rule(self, id_: str) -> Rule | None:
        """The rule of this name."""
        return next((each for each in self.rules if each.id == id_), None)
