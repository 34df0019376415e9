"""The small parts that every rule is made of: texts, articles, fractions, periods, deadlines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    RootModel,
    WithJsonSchema,
    model_validator,
)

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)]
OfficeRef = Annotated[str, Field(pattern=r"^office\.[a-z][a-z0-9_]*$", max_length=60)]
Country = Annotated[str, Field(pattern=r"^[A-Z]{3}$", description="ISO 3166-1 alpha-3 code.")]
Language = Literal["ar", "en", "es", "fr"]
Level = Literal["link", "session", "fresh"]
Words = Annotated[str, Field(min_length=1, max_length=2000)]
Count = Annotated[int, Field(ge=1, le=10_000, strict=True)]


def _exact(value: object) -> object:
    if isinstance(value, float):
        message = f'{value} is a rounded number: write the fraction as text, such as "3/10"'
        raise ValueError(message)  # noqa: TRY004 -- pydantic gathers ValueErrors only
    if isinstance(value, str):
        try:
            return Fraction(value)
        except (ValueError, ZeroDivisionError):
            message = f'"{value}" is no fraction: write it as text, such as "3/10"'
            raise ValueError(message) from None
    return value


Share = Annotated[
    Fraction,
    BeforeValidator(_exact),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^[0-9]+(/[1-9][0-9]*)?$"}),
]


class Part(BaseModel):
    """The base of all parts of the law: nothing unknown is let in, nothing is changed later."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Text(RootModel[dict[Language, Words]]):
    """The same words in several languages."""

    model_config = ConfigDict(frozen=True)

    def say(self, language: str, fallback: str = "en") -> str:
        """In this language, or in the fallback, or in whichever there is."""
        words: dict[Any, str] = self.root
        return words.get(language) or words.get(fallback) or next(iter(words.values()), "")

    def __str__(self) -> str:
        return self.say("en")


class Article(Part):
    """Where a rule is written, or why the organisation has set it itself. Exactly one of them.

    As YAML: `article: "Constitution, art. 28"`, or `article: {own: "practice of the office"}`.
    """

    cites: str = Field("", max_length=300, description="The instrument and its article.")
    own: str = Field("", max_length=300, description="No article: the organisation's own reason.")
    since: date | None = Field(None, description="Date of effect; empty: the procedure's.")

    @model_validator(mode="before")
    @classmethod
    def _from_words(cls, value: object) -> object:
        return {"cites": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _one_of_both(self) -> Article:
        if bool(self.cites) == bool(self.own):
            raise ValueError("an article is cited, or the organisation's own reason is given")
        return self

    def __str__(self) -> str:
        return self.cites or f"the organisation's own rule: {self.own}"


class Period(Part):
    """A length of time in exactly one unit."""

    hours: Count | None = None
    days: Count | None = Field(None, description="Calendar days.")
    working_days: Count | None = None
    months: Count | None = None
    years: Count | None = None

    @model_validator(mode="after")
    def _one_unit(self) -> Period:
        if len(list(self._given())) != 1:
            raise ValueError("a period has one unit: hours, days, working_days, months or years")
        return self

    @property
    def unit(self) -> str:
        """The unit that is counted."""
        return next(self._given())[0]

    @property
    def count(self) -> int:
        """How many of the unit."""
        return next(self._given())[1]

    @property
    def plain(self) -> dict[str, int]:
        """As plain data: `{"working_days": 5}`."""
        return {self.unit: self.count}

    def __str__(self) -> str:
        name = self.unit.replace("_", " ")
        return f"{self.count} {name[:-1] if self.count == 1 else name}"

    def _given(self) -> Iterator[tuple[str, int]]:
        for unit in ("hours", "days", "working_days", "months", "years"):
            if (count := getattr(self, unit)) is not None:
                yield unit, count


LATE = "late"

OnLate = Literal["fail", "tacit", "remind", "escalate", "extend"]


class Extension(Part):
    """By how much a deadline moves, and how often it may."""

    by: Period
    times: Count = 1


class Window(Period):
    """A period that is open for something."""

    roll: bool = Field(True, description="A last day that is not worked moves to the next one.")


class Deadline(Window):
    """A period to answer in, on whose calendar, and what its end means.

    `fail`: the result is `late`. `tacit`: whoever was reached and kept silent consents.
    `remind`: the question stays open, with a reminder each working day. `escalate`: the office
    in `escalate_to` is asked. `extend`: the date moves as `extension` says, then as `fail`.
    """

    calendar_of: Literal["case", "person"] = Field(
        "case", description="The procedure's calendar, or that of each person's duty station."
    )
    on_late: OnLate = "fail"
    escalate_to: OfficeRef | None = None
    extension: Extension | None = None
    not_reached: Literal["no_consent", "counts_as_silent"] = Field(
        "no_consent", description="What silence is worth if the question never arrived."
    )
    remind_before: tuple[Count, ...] = Field((), description="Days before the end.")

    @model_validator(mode="after")
    def _complete(self) -> Deadline:
        if (self.on_late == "escalate") != (self.escalate_to is not None):
            raise ValueError("escalate_to goes with on_late: escalate, and only with it")
        if (self.on_late == "extend") != (self.extension is not None):
            raise ValueError("extension goes with on_late: extend, and only with it")
        return self

    @property
    def ends_late(self) -> bool:
        """True where the end without an answer is a result of its own."""
        return self.on_late in ("fail", "extend")
