"""Rules that count: sizes, quotas, seats over groups, shares, cover."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Literal

from pydantic import Field, model_validator

from governance.rulebook.bodies.parts import (
    Amount,
    Attribute,
    Bounds,
    Number,
    Portion,
    Rounding,
    Rule,
    Scalar,
    Values,
    Where,
    Whole,
)
from governance.rulebook.parts import Key, Part, Period


class Size(Rule, Bounds):
    """How many members there are: exactly, within a range, or by a formula of the membership."""

    kind: Literal["size"]


class Union(Bounds):
    """A bound over several groups counted together."""

    of: tuple[Scalar, ...] = Field(min_length=1)


class Quota(Rule):
    """How many members have each value of an attribute: each group, each role, each chamber."""

    kind: Literal["quota"]
    attribute: Attribute = "region"
    each: dict[str, Bounds] = Field(default_factory=dict, description="A value and its number.")
    every: Bounds | None = Field(None, description="The same bound for every value there can be.")
    unions: tuple[Union, ...] = Field((), description="Bounds over several values together.")
    others: Literal["allowed", "not_allowed"] = Field(
        "allowed", description="Whether members may have a value that is not named."
    )

    @model_validator(mode="after")
    def _some(self) -> Quota:
        if not (self.each or self.every or self.unions):
            raise ValueError("a quota needs each, every or unions")
        return self


class AtMostPer(Rule):
    """No value of an attribute more often than a number: at most two from one state."""

    kind: Literal["at_most_per"]
    attribute: Attribute
    at_most: Amount
    except_: tuple[Scalar, ...] = Field((), alias="except", description="Values that are free.")


class Distinct(Rule):
    """No two of those selected have the same value: from different states, or regions."""

    kind: Literal["distinct"]
    attribute: Attribute


class Same(Rule):
    """All of those selected have the same value."""

    kind: Literal["same"]
    attribute: Attribute


class Disjoint(Rule):
    """No value of the first selection is found in the second one, or in another body."""

    kind: Literal["disjoint"]
    attribute: Attribute = "state"
    and_: Where | None = Field(None, alias="and", description="The second selection.")
    body: Key | None = Field(None, description="The second selection is taken from this body.")

    @model_validator(mode="after")
    def _two_sides(self) -> Disjoint:
        if self.and_ is None and self.body is None:
            raise ValueError("disjoint needs a second side: and, or body")
        return self


class SeatBlock(Part):
    """Seats for members of any of several groups, or that a group has in turn."""

    of: tuple[Scalar, ...] = Field((), description="The groups that may have these seats.")
    where: Where | None = Field(None, description="Or: who may have these seats.")
    number: Amount = 1
    title: str = Field("", max_length=200)
    turns: tuple[tuple[Scalar, ...], ...] = Field(
        (), description="Instead of `of`: the groups of each turn, in their order."
    )
    since: date | None = Field(None, description="When the first turn began.")
    turn: Period | None = Field(None, description="How long a turn lasts.")

    @model_validator(mode="after")
    def _one_way(self) -> SeatBlock:
        if sum((bool(self.of), self.where is not None, bool(self.turns))) != 1:
            raise ValueError("a block of seats has one of: of, where, turns")
        dated = {self.since is not None, self.turn is not None}
        if dated != {bool(self.turns)}:
            raise ValueError("turns go with since and turn, and only with them")
        return self


class Floating(Rule):
    """Seats over groups that overlap: every member must fit into a seat of its own (a matching)."""

    kind: Literal["floating"]
    attribute: Attribute = "region"
    seats: tuple[SeatBlock, ...] = Field(min_length=1)
    vacant: Literal["not_allowed", "allowed"] = Field(
        "not_allowed", description="Whether seats may stay empty."
    )


class Ranked(Rule, Bounds):
    """Of those selected, so many are among the first in a ranking: the largest contributors."""

    kind: Literal["ranked"]
    by: Attribute = Field(description="A number: a table of the body, or a column.")
    order: Literal["highest", "lowest"] = "highest"
    top: Amount | None = Field(None, description="So many places of the ranking count.")
    over: Number | None = Field(None, description="Instead of top: the number to be reached.")
    within: tuple[Scalar, ...] = Field(
        (), description="Rank only states of these groups of the body's scheme."
    )
    pool: Literal["all", "members"] = Field(
        "all", description="Ranked: all states of the table, or only the members."
    )
    leaving_out: Where | None = Field(
        None, description="The states of these members are not ranked: they have other seats."
    )

    @model_validator(mode="after")
    def _one_measure(self) -> Ranked:
        if (self.top is None) == (self.over is None):
            raise ValueError("ranked needs top (places) or over (a number), one of them")
        return self


class Rotation(Rule):
    """A seat that groups or states have in turn."""

    kind: Literal["rotation"]
    attribute: Attribute = "region"
    mode: Literal["order", "not_the_same_again", "all_before_again"] = "order"
    order: tuple[Scalar, ...] = Field((), description="mode order: the values in their turn.")
    since: date | None = Field(None, description="mode order: when the first turn began.")
    turn: Period | None = Field(None, description="mode order: how long a turn lasts.")

    @model_validator(mode="after")
    def _complete(self) -> Rotation:
        if self.mode == "order" and not (self.order and self.since and self.turn):
            raise ValueError("a rotation by order needs order, since and turn")
        return self


class Cover(Rule):
    """Every value is there: each region, each expertise."""

    kind: Literal["cover"]
    attribute: Attribute
    every: tuple[Scalar, ...] | Literal["all"] | None = Field(
        None, description="The values; all: every group of the scheme, or declared value."
    )
    at_least: Whole = Field(1, description="How many members for each value.")
    different_people: bool = Field(
        False, description="Each value by a member who is not counted for another."
    )
    values_at_least: Whole | None = Field(None, description="How many different values in all.")

    @model_validator(mode="after")
    def _some(self) -> Cover:
        if self.every is None and self.values_at_least is None:
            raise ValueError("cover needs every or values_at_least")
        return self


class ShareOf(Rule):
    """A share of those selected: at least one third are women."""

    kind: Literal["share"]
    of: Where = Field(description="Who is counted; the base is `among`.")
    at_least: Portion | None = None
    at_most: Portion | None = None
    more_than: Portion | None = Field(None, description="Strictly more than this share.")
    rounding: Rounding | Literal["exact"] = Field(
        "exact", description="How the share of the base becomes a number of members."
    )

    @model_validator(mode="after")
    def _some(self) -> ShareOf:
        if self.at_least is None and self.at_most is None and self.more_than is None:
            raise ValueError("a share needs at_least, at_most or more_than")
        return self


class Balance(Rule):
    """The numbers of the values differ by no more than so many."""

    kind: Literal["balance"]
    attribute: Attribute
    values: Values = Field((), description="Empty: the values that there can be.")
    at_most: Whole = Field(1, description="The largest difference.")


class Distribution(Rule):
    """Due weight to a distribution: shown with its numbers, never a bar by itself."""

    kind: Literal["distribution"]
    attribute: Attribute = "region"


class Ranges(Rule):
    """Each state's desirable range: a midpoint from four factors, and how far one may be from it.

    midpoint = base x (membership weight / number of members + contribution weight x its share of
    contributions + population weight x its share of population) + staff already owed by `fixed`.
    """

    kind: Literal["range"]
    base: Amount | None = Field(None, description="The base figure: posts to be shared.")
    members: Amount = "membership"
    membership_weight: Portion
    contribution_weight: Portion
    population_weight: Portion
    contribution: Attribute = "contribution"
    population: Attribute = "population"
    flex: Portion = Field(description='How far from the midpoint, as a share: "15/100".')
    flex_at_least: Number = Field(
        Fraction(0), description='Never less than this many posts: "4.8".'
    )
    lower_at_least: Number | None = Field(None, description="No lower limit is below this.")
    upper_at_least: Number | None = Field(None, description="No upper limit is below this.")
    rounding: Rounding = "nearest"
    target: Portion | None = Field(
        None, description="Share of selections from unrepresented and under-represented states."
    )
