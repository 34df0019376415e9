"""Rules on persons and time: terms, limits, re-eligibility, vacancies, succession, eligibility."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, field_validator, model_validator

from governance.rulebook.bodies.parts import (
    Amount,
    Attribute,
    Bounds,
    Portion,
    Rounding,
    Rule,
    Said,
    Where,
    Whole,
)
from governance.rulebook.parts import Key, Part, Period

IMMEDIATE = Period(days=92)


class Term(Rule):
    """How long a term is. Who replaces somebody may have the remainder only."""

    kind: Literal["term"]
    length: Period
    exactly: bool = Field(False, description="Not only at most; a remainder may be shorter.")


class TermLimit(Rule):
    """How many terms, or years, somebody may serve: one after another, or in a lifetime."""

    kind: Literal["term_limit"]
    consecutive: Whole | None = None
    lifetime: Whole | None = None
    years: Whole | None = Field(None, description="Years in all, instead of terms.")
    together: tuple[Key, ...] = Field((), description="Roles whose terms are counted together.")
    acting_counts: bool = Field(False, description="Whether acting time is a term.")
    remainder_counts: bool | Period = Field(
        True, description="Whether a predecessor's remainder is a term; or only if longer than."
    )
    longer_than: Period | None = Field(
        None, description="Only terms longer than this count, whoever held them before."
    )
    break_after: Period = Field(IMMEDIATE, description="A longer pause ends the row of terms.")

    @model_validator(mode="after")
    def _some(self) -> TermLimit:
        if self.consecutive is None and self.lifetime is None and self.years is None:
            raise ValueError("a term limit needs consecutive, lifetime or years")
        return self


class Step(Part):
    """One line of the matrix: who held this may not, or only later, hold that."""

    from_: tuple[Key, ...] = Field((), alias="from", description="Roles held; empty: any.")
    to: tuple[Key, ...] = Field((), description="Roles barred; `same`: the one held. Empty: any.")
    after: Period | None = Field(None, description="Barred for this long; empty: immediately.")
    allowed: bool = Field(False, description="true: said for completeness, nothing is barred.")


class ReElection(Rule):
    """Whether who held a role may be elected again, to the same role or to another (a matrix)."""

    kind: Literal["re_election"]
    matrix: tuple[Step, ...] = Field(min_length=1)
    immediate: Period = Field(IMMEDIATE, description="A shorter pause is none.")


class CoolingOff(Rule):
    """A time that must have passed since somebody left a role, or since a date on file."""

    kind: Literal["cooling_off"]
    after_roles: tuple[Key, ...] = Field((), description="Since a term in these roles ended.")
    after_date: Attribute | None = Field(None, description="Since the date in this column.")
    period: Period

    @model_validator(mode="after")
    def _some(self) -> CoolingOff:
        if not self.after_roles and self.after_date is None:
            raise ValueError("cooling_off needs after_roles or after_date")
        return self


class Vacancy(Rule):
    """What happens to a seat that falls vacant: who fills it, for how long, from which group."""

    kind: Literal["vacancy"]
    filled_by: Said | None = None
    serves: Literal["remainder", "full_term"] = "remainder"
    same: tuple[Attribute, ...] = Field((), description="What the successor shares: region.")
    only_if_more_than: Period | None = Field(None, description="Else it stays vacant.")


class Acting(Part):
    """Who acts until the seat is filled."""

    from_: tuple[Key, ...] = Field(alias="from", min_length=1, description="Roles, first first.")
    first: Literal["longest_service", "as_listed", "oldest"] = "longest_service"
    service_in: tuple[Key, ...] = Field((), description="Roles whose years count; empty: all.")
    at_most: Period | None = Field(None, description="The longest time of acting.")


class Succession(Rule):
    """Who takes a vacant office: by right, or acting for a time."""

    kind: Literal["succession"]
    role: Key
    by: tuple[Key, ...] = Field((), description="Roles that succeed by right, first first.")
    acting: Acting | None = None
    unless_vacant: tuple[Key, ...] = Field(
        (), description="`acting` applies only when these roles are vacant too."
    )

    @model_validator(mode="after")
    def _some(self) -> Succession:
        if not self.by and self.acting is None:
            raise ValueError("a succession needs by or acting")
        return self


class Stagger(Rule):
    """Not all terms end at once: so many at most in one year; so many stay over a renewal."""

    kind: Literal["stagger"]
    ending_at_most: Amount | None = Field(None, description="Terms that end together.")
    share_at_most: Portion | None = Field(None, description="The same as a share.")
    rounding: Rounding = "up"
    together: Literal["year", "month", "day"] = "year"
    staying_at_least: Portion | None = Field(
        None, description="Share of members who stay when one composition follows another."
    )
    staying_at_most: Portion | None = Field(
        None, description="The same the other way: 1/2 where half at least are renewed."
    )

    @model_validator(mode="after")
    def _some(self) -> Stagger:
        said = (self.ending_at_most, self.share_at_most)
        if not any((*said, self.staying_at_least, self.staying_at_most)):
            raise ValueError(
                "stagger needs ending_at_most, share_at_most, staying_at_least or staying_at_most"
            )
        return self


class Eligibility(Rule):
    """What each person must be or have."""

    kind: Literal["eligibility"]
    requires: Where


class Incompatibility(Rule):
    """What nobody may be or have at the same time, here or in another body."""

    kind: Literal["incompatibility"]
    forbids: Where | None = None
    body: Key | None = Field(None, description="Nobody sits in this body too.")

    @model_validator(mode="after")
    def _some(self) -> Incompatibility:
        if self.forbids is None and self.body is None:
            raise ValueError("incompatibility needs forbids or body")
        return self


class Nomination(Rule):
    """What binds candidacies: how many a state may put forward, how many there must be, by when."""

    kind: Literal["nomination"]
    attribute: Attribute = "state"
    at_most: Whole | None = Field(None, description="Candidates for each value.")
    at_least: Bounds | None = Field(None, description="Candidates in all.")
    per: Attribute | None = Field(None, description="each_at_least is for each value of this.")
    each_at_least: dict[str, Whole] = Field(default_factory=dict)
    more_than_seats: bool = Field(False, description="More candidates than vacant seats.")
    before: Period | None = Field(None, description="Received so long before the date in `of`.")
    of: Key | None = Field(None, description="A fact: the day that `before` is counted from.")
    extend: Period | None = Field(None, description="The window is longer where they are too few.")
    times: Whole = Field(1, description="How often it may be extended.")

    @field_validator("at_least", mode="before")
    @classmethod
    def _not_exactly(cls, value: object) -> object:
        """A plain number, or the name of a fact, is the least there may be."""
        plain = isinstance(value, (int, str)) and not isinstance(value, bool)
        return {"at_least": value} if plain else value


class Guide(Rule):
    """A guide that binds ballots and not outcomes: so many votes must go to each group."""

    kind: Literal["guide"]
    attribute: Attribute = "region"
    each: dict[str, Whole] = Field(min_length=1)


class Elsewhere(Rule):
    """A rule that no composition can keep or break: a majority, a deadline, a duty to report."""

    kind: Literal["procedure"]
