"""The shapes that the facts of documents are made of: people, posts, meetings, votes.

Every field is required. A field that may be empty says why: its description begins with
`MAY_BE_ABSENT`. Facts arrive as plain data, in the language of the document.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictInt, StringConstraints
from pydantic_core import PydanticCustomError

MAY_BE_ABSENT = "May be absent: "
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# WCAG 2.2, 1.4.3: text of ordinary size needs this contrast with its ground.
_CONTRAST = 4.5


def may_be_absent(because: str) -> Any:
    """A field that may be null or empty, and why."""
    return Field(description=MAY_BE_ABSENT + because)


def _a_day(value: Any) -> Any:
    if isinstance(value, date) or (isinstance(value, str) and _DAY.fullmatch(value)):
        return value
    raise PydanticCustomError("a_day", "a date is written as 2027-03-01")


def _exact(value: Any) -> Any:
    if isinstance(value, int | str | Decimal) and not isinstance(value, bool):
        return value
    raise PydanticCustomError("exact", 'a sum is written exactly, as text: "98412.50"')


def _readable(value: str) -> str:
    """The house colour is the colour of small text, so it must be dark enough to be read."""
    shares = [int(value[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares]  # noqa: PLR2004 -- WCAG's definition of luminance
    luminance = sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    if 1.05 / (luminance + 0.05) < _CONTRAST:
        raise PydanticCustomError(
            "readable", "the colour is too pale to be read on white: choose a darker one"
        )
    return value


def _colour(value: Any) -> Any:
    if isinstance(value, str) and re.fullmatch(r"#[0-9A-Fa-f]{6}", value):
        return _readable(value)
    raise PydanticCustomError("colour", "a colour is written as #1d3c6b")


Day = Annotated[date, BeforeValidator(_a_day)]
Sum = Annotated[Decimal, BeforeValidator(_exact), Field(ge=0, max_digits=12, decimal_places=2)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Passage = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
Colour = Annotated[str, BeforeValidator(_colour)]
Language = Literal["en", "fr", "es", "ar"]


class Facts(BaseModel):
    """Plain facts, complete and unchangeable; a field that nobody knows is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class OtherName(Facts):
    """The organisation's name in another of its languages."""

    language: Language
    name: Line


class Organisation(Facts):
    """Whose letterhead it is."""

    name: Line
    short_name: Line = Field(description="Stands at the head of every page after the first.")
    other_names: tuple[OtherName, ...] = may_be_absent("it may have one official language.")
    address: Annotated[tuple[Line, ...], Field(min_length=1, max_length=6)]
    colour: Colour


class Addressee(Facts):
    """To whom the letter goes, and how this person is addressed."""

    name: Line
    family_name: Line
    form: Literal["ms", "mr", "neutral"]
    address: Annotated[tuple[Line, ...], Field(max_length=7)] = may_be_absent(
        "a letter may be delivered by electronic means alone."
    )


class Signatory(Facts):
    """Who signs, and in what office."""

    name: Line
    office: Line


class Post(Facts):
    """The post, as the call named it."""

    title: Line
    duty_station: Line
    vacancy: Line = Field(description="The reference of the call.")


class Period(Facts):
    """A length of time."""

    number: Annotated[StrictInt, Field(ge=1, le=999)]
    unit: Literal["days", "working_days", "weeks", "months", "years"]


Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]


class Money(Facts):
    """A sum in a currency."""

    amount: Sum
    currency: Currency


class Salary(Facts):
    """What is paid."""

    amount: Sum
    currency: Currency
    per: Literal["year", "month"]
    basis: Literal["net", "gross"]


class Decision(Facts):
    """The decision that the letter carries out."""

    reference: Line
    date: Day
    authority: Line
    article: Line


class Document(Facts):
    """What every document has."""

    organisation: Organisation
    reference: Line
    place: Line
    date: Day


class Addressed(Document):
    """A document that goes to somebody."""

    addressee: Addressee


class Letter(Addressed):
    """What every letter has besides."""

    signatory: Signatory
    contact: Line = Field(description="Who answers questions about the letter.")
    copies: tuple[Line, ...] = may_be_absent("no copy may be owed to anybody.")


class Body(Facts):
    """A committee, council or assembly."""

    name: Line


class Meeting(Facts):
    """One meeting of a body: when and where."""

    title: Line = Field(description="Such as: Twelfth session.")
    opens: Day
    closes: Day | None = may_be_absent("it may last one day.")
    time: Line = Field(description="When it begins, with its zone: 10:00 (CET).")
    venue: Line
    online: Line | None = may_be_absent("it may be held in one room only.")


class BodyPaper(Document):
    """A paper of a body: whose it is, and who signs for it."""

    body: Body
    signatories: Annotated[tuple[Signatory, ...], Field(max_length=4)] = may_be_absent(
        "a paper may be issued by the secretariat without a signature."
    )


class MeetingPaper(BodyPaper):
    """A paper of one meeting."""

    meeting: Meeting


class AgendaItem(Facts):
    """One item of an agenda."""

    number: Annotated[Line, Field(description="Such as: 3, or 4(b).")]
    title: Line
    purpose: Literal["information", "discussion", "decision", "election", "procedure"]
    documents: tuple[Line, ...] = may_be_absent("an item may have no papers.")
    annotation: Passage | None = may_be_absent("only an annotated agenda explains its items.")
    minutes: Annotated[StrictInt, Field(ge=1, le=999)] | None = may_be_absent(
        "no time may be set for it."
    )


Presence = Literal["present", "remote", "proxy", "excused", "absent", "observer"]


class Attendee(Facts):
    """Somebody on the roll of a meeting."""

    name: Line
    delegation: Line
    capacity: Line
    presence: Presence
    represented_by: Line | None = may_be_absent("only who gave a proxy is represented.")


Count = Annotated[StrictInt, Field(ge=0, le=99999)]


class Tally(Facts):
    """A vote as it was counted: the rule, its base, the numbers, the working."""

    method: Literal[
        "consensus", "show_of_hands", "roll_call", "secret_ballot", "electronic", "correspondence"
    ]
    in_favour: Count
    against: Count
    abstaining: Count
    not_voting: Count
    base: Line = Field(description="Of what the majority is counted: votes cast for or against.")
    threshold: Line = Field(description="What was needed: two thirds, that is 14 of 20.")
    article: Line
    result: Literal["adopted", "rejected"]


class DecisionText(Facts):
    """A decision in its own words."""

    reference: Line
    title: Line
    date: Day
    paragraphs: Annotated[tuple[Passage, ...], Field(min_length=1)]
    vote: Tally | None = may_be_absent("it may have been taken without a vote.")


class Action(Facts):
    """Something that somebody undertook."""

    what: Passage
    who: Line
    by: Day | None = may_be_absent("no day may be set for it.")


class Rule(Facts):
    """A decision rule in words."""

    name: Line = Field(description="Such as: silence procedure.")
    article: Line
    base: Line
    threshold: Line
    quorum: Line | None = may_be_absent("the rule may ask for none.")
    silence: Line | None = may_be_absent("silence may mean nothing under the rule.")


M = TypeVar("M", bound=Facts)


def agreed(facts: M, *conditions: tuple[bool, str]) -> M:
    """The facts, where every condition holds; otherwise every fault at once."""
    if faults := [sentence for holds, sentence in conditions if not holds]:
        raise PydanticCustomError("agrees", "{faults}", {"faults": "; ".join(faults)})
    return facts
