"""Letters about an appointment that was decided: offered, changed, ended; and what is declared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal, Self

from pydantic import Field, StrictInt, model_validator

from governance.documents.facts import (
    Addressed,
    Addressee,
    Day,
    Decision,
    Document,
    Facts,
    Letter,
    Line,
    Passage,
    Period,
    Post,
    Salary,
    Signatory,
    agreed,
    may_be_absent,
)


class AppointmentLetter(Letter):
    """Letter of appointment: what staff regulations require it to say."""

    post: Post
    decision: Decision
    regulations: Annotated[tuple[Line, ...], Field(min_length=1, max_length=12)]
    nature: Literal["fixed_term", "continuing", "temporary", "secondment"]
    releasing_employer: Line | None = may_be_absent("only a seconded person has one.")
    entry_on_duty: Day
    until: Day | None = may_be_absent("a continuing appointment has no fixed end.")
    probation: Period | None = may_be_absent("the regulations may provide for none.")
    notice: Period
    notice_in_probation: Period | None = may_be_absent(
        "there may be no probation, or the same notice in it."
    )
    category: Line
    level: Line
    step: Line | None = may_be_absent("a level may have no steps.")
    salary: Salary
    increment_after: Period | None = may_be_absent("a level may have no increments.")
    special_conditions: tuple[Passage, ...] = may_be_absent("none may have been agreed.")
    accept_by: Day

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        """Facts that need each other are there together, and days stand in their order."""
        return agreed(self, *self._conditions())

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


class Acceptance(Addressed):
    """Acceptance of an appointment: what the chosen person declares."""

    post: Post
    letter_reference: Line
    letter_date: Day
    entry_on_duty: Day
    accept_by: Day
    regulations: Annotated[tuple[Line, ...], Field(min_length=1, max_length=12)]
    special_conditions: tuple[Passage, ...] = may_be_absent("none may have been agreed.")


class OfferLetter(Letter):
    """Offer of appointment: its main terms, and the conditions on which it depends."""

    post: Post
    decision: Decision
    nature: Literal["fixed_term", "continuing", "temporary"]
    category: Line
    level: Line
    salary: Salary
    entry_on_duty: Day
    until: Day | None = may_be_absent("a continuing appointment has no fixed end.")
    conditions: Annotated[tuple[Passage, ...], Field(min_length=1)]
    documents: tuple[Line, ...] = may_be_absent("nothing more may be needed.")
    accept_by: Day

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        """Days stand in their order."""
        return agreed(
            self,
            (self.accept_by >= self.date, "accept_by: the day has passed when it is dated"),
            (
                (self.nature == "continuing") == (self.until is None),
                "until: needed unless the appointment is continuing, and only then",
            ),
        )


class Party(Facts):
    """A party to an agreement, and who acts for it."""

    name: Line
    address: Annotated[tuple[Line, ...], Field(min_length=1, max_length=6)]
    signatory: Signatory


class Secondment(Document):
    """Agreement of secondment between the releasing employer, the organisation, the official."""

    releasing: Party
    official: Addressee
    present_post: Line
    signatory: Signatory
    post: Post
    begins: Day
    ends: Day
    paid_by: Literal["releasing", "receiving", "shared"]
    cover: Passage = Field(description="Who insures the official against sickness and accident.")
    notice: Period
    special_terms: tuple[Passage, ...] = may_be_absent("none may have been agreed.")
    article: Line

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        """It ends after it begins."""
        return agreed(self, (self.ends > self.begins, "ends: it would end before it begins"))


class ActingLetter(Letter):
    """Designation to act, or to hold an office in the interim."""

    post: Post
    nature: Literal["acting", "interim"]
    because: Literal["absence", "vacancy"]
    in_place_of: Line | None = may_be_absent("a new post has had no holder.")
    begins: Day
    until: Day | None = may_be_absent("it may last until the post is filled.")
    powers: Annotated[tuple[Line, ...], Field(min_length=1)]
    reserved: tuple[Line, ...] = may_be_absent("nothing may be kept back.")
    allowance: Salary | None = may_be_absent("the regulations may give none.")
    article: Line


class ExtensionLetter(Letter):
    """Extension of an appointment."""

    post: Post
    decision: Decision
    letter_reference: Line
    letter_date: Day
    ended: Day = Field(description="When it would have ended.")
    until: Day
    because: Passage | None = may_be_absent("the decision may give no reasons.")
    changed_terms: tuple[Passage, ...] = may_be_absent("the terms may stay as they are.")
    accept_by: Day

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        """It ends later than before."""
        return agreed(
            self,
            (self.until > self.ended, "until: it would not last longer than before"),
            (self.accept_by >= self.date, "accept_by: the day has passed when it is dated"),
        )


class EndOfTermLetter(Letter):
    """Notice that a term of office ends."""

    post: Post
    because: Literal["term", "age", "resignation", "abolition"]
    ends: Day
    last_day_of_work: Day
    article: Line
    handover_to: Line | None = may_be_absent("the post may not be filled again.")
    steps: Annotated[tuple[Passage, ...], Field(min_length=1)]
    entitlements: tuple[Passage, ...] = may_be_absent("none may be due.")


class Oath(Document):
    """Oath of office, or solemn declaration."""

    form: Literal["oath", "declaration"]
    name: Line
    office: Line
    article: Line
    text: Passage | None = may_be_absent("the organisation may use the words of the template.")
    taken_on: Day
    before: Signatory


class Task(Facts):
    """A step of an induction."""

    when: Day
    what: Passage
    who: Line


class Induction(Document):
    """Plan of induction."""

    name: Line
    post: Post
    entry_on_duty: Day
    supervisor: Line
    mentor: Line | None = may_be_absent("none may have been named.")
    tasks: Annotated[tuple[Task, ...], Field(min_length=1)]
    objectives: tuple[Passage, ...] = may_be_absent("they may be set later.")
    review_after: Period


class VacancyCertificate(Document):
    """Certificate that a post is vacant and may be filled."""

    post: Post
    level: Line
    vacant_from: Day
    because: Literal["term", "resignation", "retirement", "death", "removal", "new"]
    last_holder: Line | None = may_be_absent("a new post has had none.")
    budget: Line | None = may_be_absent("the post may not be in a budget of its own.")
    positions: Annotated[StrictInt, Field(ge=1, le=99)]
    article: Line
    signatory: Signatory
