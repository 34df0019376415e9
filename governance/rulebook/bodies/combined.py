"""Rules made of rules: one of several, each of several, and clauses of exception."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, model_validator

from governance.rulebook.bodies import seats, times
from governance.rulebook.bodies.parts import Condition, Rule, RuleId

INHERITED = ("article", "severity", "confidence", "since", "until")


def _handed_down(value: object, *lists: str) -> object:
    """Rules inside a rule have its article and dates where they say nothing else."""
    if not isinstance(value, Mapping):
        return value
    given = {key: value[key] for key in INHERITED if key in value}
    whole = dict(value)
    for name in lists:
        listed = value.get(name)
        if isinstance(listed, (list, tuple)):
            whole[name] = [
                {"id": f"{value.get('id', 'rule')}/{index}", **given, **each}
                if isinstance(each, Mapping)
                else each
                for index, each in enumerate(listed, 1)
            ]
    return whole


class AnyOf(Rule):
    """Kept where one of several rules is kept."""

    kind: Literal["any_of"]
    rules: tuple[AnyRule, ...] = Field(min_length=2)

    @model_validator(mode="before")
    @classmethod
    def _inherit(cls, value: object) -> object:
        return _handed_down(value, "rules")


class AllOf(Rule):
    """Kept where each of several rules is kept: one article that says several things."""

    kind: Literal["all_of"]
    rules: tuple[AnyRule, ...] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _inherit(cls, value: object) -> object:
        return _handed_down(value, "rules")


class ExceptionClause(Rule):
    """A clause that lets a composition stand although named rules fail, while a condition holds.

    `excuses`: rules that may fail. `instead`: rules that must hold in the place of those named in
    `replaces`. While it is in force, the excused and replaced rules are `exception`.
    """

    kind: Literal["exception"]
    excuses: tuple[RuleId, ...] = ()
    replaces: tuple[RuleId, ...] = ()
    while_: tuple[Condition, ...] = Field((), alias="while")
    instead: tuple[AnyRule, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _inherit(cls, value: object) -> object:
        return _handed_down(value, "instead")

    @model_validator(mode="after")
    def _some(self) -> ExceptionClause:
        if not (self.excuses or self.replaces):
            raise ValueError("an exception names the rules that it excuses or replaces")
        if self.replaces and not self.instead:
            raise ValueError("rules that are replaced need others instead")
        return self


AnyRule = Annotated[
    seats.Size
    | seats.Quota
    | seats.AtMostPer
    | seats.Distinct
    | seats.Same
    | seats.Disjoint
    | seats.Floating
    | seats.Ranked
    | seats.Rotation
    | seats.Cover
    | seats.ShareOf
    | seats.Balance
    | seats.Distribution
    | seats.Ranges
    | times.Term
    | times.TermLimit
    | times.ReElection
    | times.CoolingOff
    | times.Vacancy
    | times.Succession
    | times.Stagger
    | times.Eligibility
    | times.Incompatibility
    | times.Nomination
    | times.Guide
    | times.Elsewhere
    | AnyOf
    | AllOf
    | ExceptionClause,
    Field(discriminator="kind"),
]
for _model in (AnyOf, AllOf, ExceptionClause):
    _model.model_rebuild()
