"""What every rule on a composition is made of: texts, selections, bounds, conditions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import (
    BeforeValidator,
    Discriminator,
    Field,
    PlainSerializer,
    PlainValidator,
    Tag,
    WithJsonSchema,
    model_validator,
)

from governance.rulebook.parts import Article, Key, Part, Text

Attribute = Annotated[
    str,
    Field(
        pattern=r"^[a-z][a-z0-9_]*$",
        max_length=60,
        description="A column of the members' file, a scheme, a table, or a derived attribute.",
    ),
]
RuleId = Annotated[
    str, Field(pattern=r"^[A-Za-z][A-Za-z0-9._/\-]*$", max_length=60, description="Its short name.")
]
Scalar = bool | int | str
Values = tuple[Scalar, ...]
Rounding = Literal["up", "down", "nearest"]
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
Whole = Annotated[int, Field(ge=0, le=100_000, strict=True)]


def _said(value: object) -> object:
    return {"en": value} if isinstance(value, str) else value


Said = Annotated[
    Text,
    BeforeValidator(_said),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string"},
                {"type": "object", "additionalProperties": {"type": "string"}},
            ]
        }
    ),
]


def exact(value: object) -> object:
    """A number as law writes it: whole, or text such as "4.8", "3/10" or "15 %"."""
    if isinstance(value, float):
        message = f'{value} is a rounded number: write it as text, such as "{value}" or "3/10"'
        raise ValueError(message)  # noqa: TRY004 -- pydantic gathers ValueErrors only
    if isinstance(value, bool):
        raise ValueError("true and false are no numbers")  # noqa: TRY004 -- the same
    if isinstance(value, str):
        text = value.strip()
        percent = text.endswith("%")
        try:
            number = Fraction(text.removesuffix("%").strip())
        except (ValueError, ZeroDivisionError):
            message = f'"{value}" is no number: write it as text, such as "4.8", "3/10" or "15 %"'
            raise ValueError(message) from None
        return number / 100 if percent else number
    return value


Number = Annotated[
    Fraction,
    BeforeValidator(exact),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"anyOf": [{"type": "integer"}, {"type": "string"}]}),
]
Portion = Annotated[
    Fraction,
    BeforeValidator(exact),
    Field(ge=0, le=1),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "description": '"1/3", "0.4" or "40 %"'}),
]


def _comparable(value: object) -> date | Fraction:
    """A date or a number."""
    if isinstance(value, (date, Fraction)):
        return value
    if isinstance(value, str) and DAY.fullmatch(value.strip()):
        return date.fromisoformat(value.strip())
    number = exact(value)
    if isinstance(number, (int, Fraction)) and not isinstance(number, bool):
        return Fraction(number)
    raise ValueError('a number or a date is expected, such as 65, "4.8" or 2026-01-01')


Comparable = Annotated[
    date | Fraction,
    PlainValidator(_comparable),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"anyOf": [{"type": "integer"}, {"type": "string"}]}),
]


def _shape(value: object) -> str:
    """Which of the shapes that may stand here: told by what it is, so that one fault is told."""
    if isinstance(value, (Mapping, Part)):
        return "(mapping)"
    if isinstance(value, (list, tuple)):
        return "(list)"
    return "(text)" if isinstance(value, str) else "(value)"


class Compared(Part):
    """A value held against others: numbers and dates with bounds, words with what they are not."""

    at_least: Comparable | None = None
    at_most: Comparable | None = None
    more_than: Comparable | None = None
    less_than: Comparable | None = None
    not_: Scalar | Values | None = Field(None, alias="not", description="None of these.")
    known: bool | None = Field(None, description="Whether the value is on file.")
    fact: Key | None = Field(None, description="The value of this fact of the body.")

    @model_validator(mode="after")
    def _says_something(self) -> Compared:
        if not self.model_fields_set:
            raise ValueError(
                "a comparison says at_least, at_most, more_than, less_than, not, known, fact"
            )
        return self


Wanted = Annotated[
    Annotated[bool | int, Tag("(value)")]
    | Annotated[str, Tag("(text)")]
    | Annotated[Values, Tag("(list)")]
    | Annotated[Compared, Tag("(mapping)")],
    Discriminator(_shape),
]


class Where(Part):
    """Which members are meant: each attribute has one of its values; all lines hold together.

    As YAML: `{role: vice_president, region: [africa, asia]}`, `{age: {at_most: 65}}`,
    `{any: [{role: chair}, {chamber: upper}]}`, `{not: {sex: female}}`. Empty: everybody.
    """

    has: dict[Attribute, Wanted] = Field(default_factory=dict)
    any_: tuple[Where, ...] = Field((), alias="any", description="At least one of these.")
    all_: tuple[Where, ...] = Field((), alias="all", description="Each of these.")
    not_: Where | None = Field(None, alias="not", description="Not those.")

    @model_validator(mode="before")
    @classmethod
    def _from_lines(cls, value: object) -> object:
        if not isinstance(value, Mapping) or "has" in value:
            return value
        own = {key: each for key, each in value.items() if key in {"any", "all", "not"}}
        has = {key: each for key, each in value.items() if key not in own}
        return {**own, "has": has}

    @property
    def is_everybody(self) -> bool:
        """True where nobody is left out."""
        return not (self.has or self.any_ or self.all_ or self.not_)


class Formula(Part):
    """A number that follows from a fact: a share of it, rounded, within limits.

    As YAML: `{share: "1/3", of: membership, rounding: up, at_least: 11, at_most: 21}`.
    """

    share: Number = Field(description='The share, as text: "1/3".')
    of: Key = Field("membership", description="A fact of the body, or size: those selected.")
    rounding: Rounding = "up"
    plus: int = Field(0, description="Added after rounding.")
    at_least: Whole | None = Field(None, description="Never less than this.")
    at_most: Whole | None = Field(None, description="Never more than this.")


Amount = Annotated[
    Annotated[Whole, Tag("(value)")]
    | Annotated[Key, Tag("(text)")]
    | Annotated[Formula, Tag("(mapping)")],
    Discriminator(_shape),
]


class Bounds(Part):
    """How many: exactly, at least, at most; each a whole number, a fact's name, or a formula."""

    exactly: Amount | None = None
    at_least: Amount | None = None
    at_most: Amount | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_number(cls, value: object) -> object:
        plain = isinstance(value, int) and not isinstance(value, bool)
        return {"exactly": value} if plain else value

    @model_validator(mode="after")
    def _some_bound(self) -> Bounds:
        given = {"exactly", "at_least", "at_most"} & {
            name for name in self.model_fields_set if getattr(self, name) is not None
        }
        if not given:
            raise ValueError("a number is needed: exactly, at_least or at_most")
        if "exactly" in given and len(given) > 1:
            raise ValueError("exactly stands alone, without at_least and at_most")
        low, high = self.at_least, self.at_most
        if isinstance(low, int) and isinstance(high, int) and low > high:
            raise ValueError(f"at_least {low} is more than at_most {high}")
        return self


class Counted(Bounds):
    """A condition on numbers: how many members are selected."""

    among: Where = Where()


class InOffice(Part):
    """Somebody was elected while another one was in office: an election in mid-cycle."""

    elected: Where
    while_in_office: Where
    shares: Attribute | None = Field(None, description="Only if both have this in common.")


class Condition(Part):
    """One line of `when` or `while`. Each line has exactly one of its forms."""

    fails: RuleId | None = Field(None, description="This rule is not kept.")
    passes: RuleId | None = Field(None, description="This rule is kept.")
    fact: Key | None = Field(None, description="This fact of the body is true, or as follows.")
    is_: Scalar | None = Field(None, alias="is")
    at_least: Comparable | None = None
    at_most: Comparable | None = None
    count: Counted | None = None
    elected_while: InOffice | None = None
    if_unknown: Literal["holds", "fails", "undetermined"] = Field(
        "undetermined", description="What is taken where the facts are not on file."
    )

    @model_validator(mode="after")
    def _one_form(self) -> Condition:
        forms = (self.fails, self.passes, self.fact, self.count, self.elected_while)
        if sum(each is not None for each in forms) != 1:
            raise ValueError(
                "a condition has one form: fails, passes, fact, count or elected_while"
            )
        return self


class Waiver(Part):
    """Who may waive a rule, by the role that they have in the installation."""

    by: Key = Field(description="A role, such as committee_secretary or executive.")
    article: Article | None = None


class Rule(Part):
    """What every rule has, whatever its kind."""

    id: RuleId
    article: Article
    says: Said | None = Field(None, description="The rule in words, as people read it.")
    since: date | None = Field(None, description="In force from this day.")
    until: date | None = Field(None, description="In force until this day, which is excluded.")
    severity: Literal["binding", "as_a_rule", "consideration"] = "binding"
    confidence: Literal["read", "reported", "recalled"] = Field(
        "read", description="Seen in the text; from a copy or press; to be checked."
    )
    among: Where = Field(Where(), description="The members that the rule looks at.")
    waiver: Waiver | None = Field(None, description="Who may waive it; empty: nobody.")
    when: tuple[Condition, ...] = Field((), description="It applies only while all of these hold.")

    def in_force(self, day: date) -> bool:
        """Whether the rule holds on a day."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day < self.until
        )
