"""The facts of each kind of document: what must be known before it may be written.

Every field is required. A field that may be empty says why: its description begins with
`MAY_BE_ABSENT`. Facts arrive as plain data, in the language of the document.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictInt,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from governance.documents.letters import Note, cleaned, without_a_glyph
from governance.refusals import Finding, Reason, Refused, Verdict, say

MAY_BE_ABSENT = "May be absent: "
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# WCAG 2.2, 1.4.3: text of ordinary size needs this contrast with its ground.
_CONTRAST = 4.5


def _may_be_absent(because: str) -> Any:
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
    other_names: tuple[OtherName, ...] = _may_be_absent("it may have one official language.")
    address: Annotated[tuple[Line, ...], Field(min_length=1, max_length=6)]
    colour: Colour


class Addressee(Facts):
    """To whom the letter goes, and how this person is addressed."""

    name: Line
    family_name: Line
    form: Literal["ms", "mr", "neutral"]
    address: Annotated[tuple[Line, ...], Field(max_length=7)] = _may_be_absent(
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


class Salary(Facts):
    """What is paid."""

    amount: Sum
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
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
    addressee: Addressee


class Letter(Document):
    """What every letter has besides."""

    signatory: Signatory
    contact: Line = Field(description="Who answers questions about the letter.")
    copies: tuple[Line, ...] = _may_be_absent("no copy may be owed to anybody.")


class AppointmentLetter(Letter):
    """Letter of appointment: what staff regulations require it to say."""

    post: Post
    decision: Decision
    regulations: Annotated[tuple[Line, ...], Field(min_length=1, max_length=12)]
    nature: Literal["fixed_term", "continuing", "temporary", "secondment"]
    releasing_employer: Line | None = _may_be_absent("only a seconded person has one.")
    entry_on_duty: Day
    until: Day | None = _may_be_absent("a continuing appointment has no fixed end.")
    probation: Period | None = _may_be_absent("the regulations may provide for none.")
    notice: Period
    notice_in_probation: Period | None = _may_be_absent(
        "there may be no probation, or the same notice in it."
    )
    category: Line
    level: Line
    step: Line | None = _may_be_absent("a level may have no steps.")
    salary: Salary
    increment_after: Period | None = _may_be_absent("a level may have no increments.")
    special_conditions: tuple[Passage, ...] = _may_be_absent("none may have been agreed.")
    accept_by: Day

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        """Facts that need each other are there together, and days stand in their order."""
        faults = [sentence for holds, sentence in self._conditions() if not holds]
        if faults:
            raise PydanticCustomError("agrees", "{faults}", {"faults": "; ".join(faults)})
        return self

    def _conditions(self) -> Sequence[tuple[bool, str]]:
        seconded = self.nature == "secondment"
        unending = self.nature == "continuing"
        return (
            (unending or self.until is not None, "until: this appointment needs its last day"),
            (not (unending and self.until), "until: a continuing appointment has no last day"),
            (
                self.until is None or self.until > self.entry_on_duty,
                "until: the appointment would end before it begins",
            ),
            (
                seconded == (self.releasing_employer is not None),
                "releasing_employer: needed for a secondment, and only for one",
            ),
            (
                self.probation is not None or self.notice_in_probation is None,
                "notice_in_probation: there is no probation",
            ),
            (self.accept_by >= self.date, "accept_by: the day has passed when the letter is dated"),
        )


class RegretLetter(Letter):
    """Letter of regret: honest about what was decided, and about the person's file."""

    post: Post
    stage: Literal["before_interview", "after_interview"]
    review: Passage | None = _may_be_absent("the regulations may give no review.")
    retained_until: Day | None = _may_be_absent("the day of erasure may not be set yet.")


class Acceptance(Document):
    """Acceptance of an appointment: what the chosen person declares."""

    post: Post
    letter_reference: Line
    letter_date: Day
    entry_on_duty: Day
    accept_by: Day
    regulations: Annotated[tuple[Line, ...], Field(min_length=1, max_length=12)]
    special_conditions: tuple[Passage, ...] = _may_be_absent("none may have been agreed.")


@dataclass(frozen=True)
class Kind:
    """One kind of document: its name in the source language, and its facts."""

    name: str
    facts: type[Document]


KINDS = {
    "acceptance": Kind("Acceptance of an appointment", Acceptance),
    "appointment": Kind("Letter of appointment", AppointmentLetter),
    "regret": Kind("Letter of regret", RegretLetter),
}


@dataclass(frozen=True)
class Known:
    """Facts that a document may be written from, and what was taken out of them."""

    facts: Document
    notes: tuple[Finding, ...]


def known(kind: str, data: Any) -> Known:
    """The facts of a document, cleaned and checked; refuses with every fault and its path."""
    form = KINDS[kind]
    clean, notes = cleaned(data)
    try:
        facts = form.facts.model_validate(clean)
    except ValidationError as error:
        faults = [_fault(form, detail) for detail in error.errors(include_url=False)]
        raise Refused(faults, Reason.INPUT) from None
    if unprintable := without_a_glyph(facts.model_dump(mode="json")):
        raise Refused([_no_glyph(form, note) for note in unprintable], Reason.INPUT)
    return Known(facts, tuple(_taken_out(form, note) for note in notes))


_MISSING = ("{document} lacks {field}", "Enter {field}.")
_UNKNOWN = ("{document} has no field {field}", "Correct its name or take it out.")
_UNFIT = ("{field} of {document} cannot be used: {problem}", "Correct {field}.")


def _fault(form: Kind, detail: ErrorDetails) -> Finding:
    path = ".".join(str(step) for step in detail["loc"]) or "the whole"
    because, cure = {"missing": _MISSING, "extra_forbidden": _UNKNOWN}.get(detail["type"], _UNFIT)
    facts = {"document": form.name, "field": path, "problem": detail["msg"]}
    return Finding(
        "document_facts", "", Verdict.FAIL, say(because, **facts), say(cure, **facts), path
    )


def _no_glyph(form: Kind, note: Note) -> Finding:
    facts = {"document": form.name, "field": note.path, "characters": note.characters}
    return Finding(
        "every_character_has_a_glyph",
        "",
        Verdict.FAIL,
        say(
            "{field} of {document} has characters that no font here can show: {characters}", **facts
        ),
        say("Write {field} in Latin, Greek, Cyrillic or Arabic letters.", **facts),
        note.path,
    )


def _taken_out(form: Kind, note: Note) -> Finding:
    facts = {"document": form.name, "field": note.path, "characters": note.characters}
    return Finding(
        "no_control_characters",
        "",
        Verdict.ADVISORY,
        say("control characters were taken out of {field} of {document}: {characters}", **facts),
        where=note.path,
    )
