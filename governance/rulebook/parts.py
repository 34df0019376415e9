"""The small parts that every rule is made of: texts, articles, fractions, periods, deadlines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import Annotated, Any, Literal, get_args

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    RootModel,
    WithJsonSchema,
    field_validator,
    model_validator,
)

from governance.refusals import ByLanguage

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)]
OfficeRef = Annotated[str, Field(pattern=r"^office\.[a-z][a-z0-9_]*$", max_length=60)]
Country = Annotated[str, Field(pattern=r"^[A-Z]{3}$", description="ISO 3166-1 alpha-3 code.")]
Language = Literal["ar", "en", "es", "fr"]
Level = Literal["link", "session", "fresh"]
Words = Annotated[str, Field(min_length=1, max_length=2000)]
Count = Annotated[int, Field(ge=1, le=10_000, strict=True)]
Reminder = Annotated[int, Field(ge=-60, le=-1, strict=True)]


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


def listed(texts: Sequence[Text]) -> ByLanguage:
    """Several texts as a list in each language."""
    return ByLanguage(
        {each: ", ".join(text.say(each) for text in texts) for each in get_args(Language)}
    )


# Before the reason of an article that cites nobody; pages say it in the reader's language.
OWN_RULE = "the organisation's own rule: "


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
        return self.cites or f"{OWN_RULE}{self.own}"


UNITS = ("hours", "days", "working_days", "weeks", "months", "years")


LENGTH = re.compile(r"(\d{1,5}) (hour|day|working day|week|month|year)s?")


class Period(Part):
    """A length of time in exactly one unit; also written as text, "3 years"."""

    hours: Count | None = None
    days: Count | None = Field(None, description="Calendar days.")
    working_days: Count | None = None
    weeks: Count | None = None
    months: Count | None = None
    years: Count | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: object) -> object:
        found = LENGTH.fullmatch(value.strip().lower()) if isinstance(value, str) else None
        return {f"{found[2].replace(' ', '_')}s": int(found[1])} if found else value

    @model_validator(mode="after")
    def _one_unit(self) -> Period:
        if len(list(self._given())) != 1:
            raise ValueError(f"a period has one unit: {', '.join(UNITS[:-1])} or {UNITS[-1]}")
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
        for unit in UNITS:
            if (count := getattr(self, unit)) is not None:
                yield unit, count


LATE = "late"

OnLate = Literal["fail", "tacit", "remind", "escalate", "extend"]
TimeOfDay = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Zone = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_+\-/]*$", max_length=60)]


class Extension(Part):
    """By how much a deadline moves, and how often it may."""

    by: Period
    times: Count = 1


class Window(Period):
    """A period that is open for something."""

    roll: bool = Field(True, description="A last day that is not worked moves to the next one.")


class End(Window):
    """When something ends: a period from an anchor, forward or back, at a time of day.

    The anchor is `delivery`, when the question was handed over to whoever is asked; `opening`,
    when it was put; or a date that the question bears, such as `meeting`.
    """

    anchor: Key = Field("delivery", description="From when: delivery, opening, or a named date.")
    backward: bool = Field(False, description="Counted back: before the anchor.")
    at: TimeOfDay | None = Field(None, description="When the last day ends; empty: 24:00.")
    zone: Zone | None = Field(None, description="Whose time of day; empty: the calendar's.")
    calendar: Key | None = Field(None, description="Which working days; empty: calendar_of.")

    @field_validator("at")
    @classmethod
    def _no_midnight(cls, value: str | None) -> str | None:
        if value == "00:00":
            raise ValueError(
                "a last day cannot end at 00:00, when it begins: leave it out for 24:00"
            )
        return value

    @model_validator(mode="after")
    def _back_from_a_date(self) -> End:
        if self.backward and self.anchor in ("delivery", "opening"):
            raise ValueError("backward is counted from a named date, such as anchor: meeting")
        return self


class Pause(Part):
    """The clock may stand still while information is awaited: how long, how often, for whom."""

    at_most: Period = Field(description="The limit: then the clock runs on by itself.")
    times: Count = 1
    by: Literal["asker", "anybody"] = Field(
        "asker", description="Who may stop it: whoever put the question, or also who is asked."
    )


class Deadline(End):
    """A period to answer in, on whose calendar, and what its end means.

    In place of a unit, `earlier_of` or `later_of` several ends. `fail`: the result is `late`.
    `tacit`: whoever was reached and kept silent consents. `remind`: the question stays open, with
    a reminder each working day. `escalate`: the office in `escalate_to` is asked, then as
    `remind`. `extend`: the date moves as `extension` says, then as `fail`.
    """

    earlier_of: tuple[End, ...] = Field((), description="Whichever of these comes first.")
    later_of: tuple[End, ...] = Field((), description="Whichever of these comes last.")
    calendar_of: Literal["case", "person"] = Field(
        "case", description="The procedure's calendar, or that of each person's duty station."
    )
    on_late: OnLate = "fail"
    escalate_to: OfficeRef | None = None
    extension: Extension | None = Field(
        None, description="How a deadline may be extended; empty: by whoever put the question."
    )
    extension_asked: Literal["told", "stops_the_clock"] = Field(
        "told", description="What happens when somebody asked wants more time."
    )
    pause: Pause | None = Field(None, description="Empty: the clock never stands still.")
    not_reached: Literal["no_consent", "counts_as_silent"] = Field(
        "no_consent", description="What silence is worth if the question never arrived."
    )
    remind: tuple[Reminder, ...] = Field(
        (), description="Working days before the last day, such as [-3, -1]."
    )
    if_down: Literal["stays", "moves"] = Field(
        "stays", description="What happens if the service was away at the end: moves by a day."
    )

    @model_validator(mode="before")
    @classmethod
    def _as_written_earlier(cls, value: object) -> object:
        """`remind_before: [3]` of earlier law is `remind: [-3]`; `remind_daily` is `remind`."""
        if not isinstance(value, dict):
            return value
        given = dict(value)
        if (before := given.pop("remind_before", None)) and "remind" not in given:
            given["remind"] = [-each for each in before if isinstance(each, int)]
        if given.get("on_late") == "remind_daily":
            given["on_late"] = "remind"
        return given

    @model_validator(mode="after")
    def _one_unit(self) -> Deadline:
        compared = [each for each in (self.earlier_of, self.later_of) if each]
        units = len(list(self._given()))
        if units + len(compared) != 1:
            raise ValueError(
                f"a deadline has one unit ({', '.join(UNITS)}), or earlier_of, or later_of"
            )
        if any(len(each) == 1 for each in compared):
            raise ValueError("earlier_of and later_of compare two ends or more")
        return self

    @model_validator(mode="after")
    def _complete(self) -> Deadline:
        if (self.on_late == "escalate") != (self.escalate_to is not None):
            raise ValueError("escalate_to goes with on_late: escalate, and only with it")
        if self.on_late == "extend" and self.extension is None:
            raise ValueError("on_late: extend needs extension: {by: {days: 7}, times: 1}")
        return self

    @property
    def ends_late(self) -> bool:
        """True where the end without an answer is a result of its own."""
        return self.on_late in ("fail", "extend")

    @property
    def ends(self) -> tuple[End, ...]:
        """The ends that are compared; the deadline itself where there is one."""
        return self.earlier_of or self.later_of or (self,)

    @property
    def plain(self) -> dict[str, Any]:
        """As plain data: `{"working_days": 5}`; of several ends, the first with a unit."""
        first = self.ends[0]
        return {first.unit: first.count}

    def __str__(self) -> str:
        if self.earlier_of or self.later_of:
            how = "the earlier of" if self.earlier_of else "the later of"
            return f"{how} {' and '.join(str(each) for each in self.ends)}"
        return super().__str__()
