"""Papers after a meeting: decisions, minutes, certificates, the annual report."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, StrictInt, model_validator

from governance.documents.facts import (
    Action,
    Attendee,
    BodyPaper,
    Count,
    Day,
    DecisionText,
    Document,
    Facts,
    Line,
    MeetingPaper,
    Passage,
    Period,
    Rule,
    Signatory,
    agreed,
    may_be_absent,
)

Several = Annotated[tuple[Passage, ...], Field(min_length=1)]
Lines = Annotated[tuple[Line, ...], Field(min_length=1)]


class ListOfDecisions(MeetingPaper):
    """List of decisions of a meeting."""

    decisions: tuple[DecisionText, ...] = may_be_absent("a meeting may decide nothing.")


class Quorum(Facts):
    """Whether enough were there."""

    present: Count
    entitled: Count
    required: Count
    article: Line


class Discussion(Facts):
    """What was said and decided under one item."""

    number: Line
    title: Line
    paragraphs: Several
    decisions: tuple[DecisionText, ...] = may_be_absent("nothing may have been decided.")
    actions: tuple[Action, ...] = may_be_absent("nothing may have to be done.")


class Minutes(MeetingPaper):
    """Minutes of a meeting."""

    status: Literal["draft", "adopted"]
    adopted_on: Day | None = may_be_absent("a draft is not adopted yet.")
    opened_at: Line
    closed_at: Line
    chair: Line
    secretary: Line
    quorum: Quorum
    attendance: Annotated[tuple[Attendee, ...], Field(min_length=1, max_length=1000)]
    discussions: tuple[Discussion, ...] = may_be_absent("a meeting may end before its first item.")
    next_meeting: Line | None = may_be_absent("it may not be known yet.")

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        """Adopted minutes say when."""
        return agreed(
            self,
            (
                (self.status == "adopted") == (self.adopted_on is not None),
                "adopted_on: needed for adopted minutes, and only for those",
            ),
        )


class Intervention(Facts):
    """What one speaker said, in short."""

    speaker: Line
    said: Passage


class Section(Facts):
    """One item of a summary record."""

    number: Line
    title: Line
    interventions: Annotated[tuple[Intervention, ...], Field(min_length=1)]
    outcome: Passage | None = may_be_absent("it may have been taken note of in silence.")


class SummaryRecord(MeetingPaper):
    """Summary record: who said what, in short."""

    chair: Line
    opened_at: Line
    closed_at: Line
    sections: Annotated[tuple[Section, ...], Field(min_length=1)]
    corrections_by: Day
    corrections_to: Line


class Correction(Facts):
    """One place that is put right."""

    place: Line
    wrong: Passage
    right: Passage


class Corrigendum(BodyPaper):
    """Corrigendum to an issued document."""

    corrects: Line
    corrects_title: Line
    corrects_date: Day
    corrections: Annotated[tuple[Correction, ...], Field(min_length=1)]
    because: Passage | None = may_be_absent("the error may be plain.")


class TacitAdoption(BodyPaper):
    """Certificate that a text was adopted because nobody objected in time."""

    text_title: Line
    text_reference: Line
    circulated: Day
    period: Period
    expired: Day
    rule: Rule
    asked: Count
    reached: Count
    agreed: Count
    silent: Count
    objections: Annotated[StrictInt, Field(ge=0, le=0)] = Field(
        description="Always 0: with one objection a text is not adopted by silence."
    )
    unreached: tuple[Line, ...] = may_be_absent("everybody may have been reached.")
    working: Lines
    adopted_on: Day
    entry: Line | None = may_be_absent("the record may be kept elsewhere.")

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        """Who was never reached has not consented by silence."""
        return agreed(
            self,
            (self.reached <= self.asked, "reached: more than were asked"),
            (
                self.agreed + self.silent == self.reached,
                "silent: who agreed and who kept silent are not all who were reached",
            ),
        )


class Extract(MeetingPaper):
    """Certified extract of a decision."""

    decision: DecisionText
    minutes_reference: Line
    requested_by: Line | None = may_be_absent("it may be issued without request.")


class Held(Facts):
    """One meeting in a year."""

    title: Line
    when: Day
    present: Count
    decisions: Count


class AnnualReport(BodyPaper):
    """Annual report of a body."""

    year: Annotated[StrictInt, Field(ge=1900, le=2200)]
    addressed_to: Line
    article: Line
    summary: Several
    members: Count
    changes: tuple[Passage, ...] = may_be_absent("the membership may not have changed.")
    meetings: tuple[Held, ...] = may_be_absent("it may not have met.")
    decisions: tuple[DecisionText, ...] = may_be_absent("it may have decided nothing.")
    actions_done: Count
    actions_open: Count
    outlook: Several


class Voice(Facts):
    """Somebody who was asked, and what they answered."""

    name: Line
    capacity: Line
    position: Line | None = may_be_absent("they may have kept silent, or the ballot is secret.")
    at: Line | None = may_be_absent("the same.")


class ConsultationCertificate(Document):
    """Certificate of a consultation: who was asked, the rule, what was answered, the working."""

    question: Passage
    subject_reference: Line
    asked_by: Line
    opened: Day
    closed: Day
    rule: Rule
    is_secret: bool
    roll: Annotated[tuple[Voice, ...], Field(min_length=1)]
    working: Lines
    result: Line
    entry: Line | None = may_be_absent("the record may be kept elsewhere.")
    signatory: Signatory

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        """A secret ballot tells nobody's position."""
        told = any(each.position is not None for each in self.roll)
        return agreed(
            self,
            (not (self.is_secret and told), "roll: a secret ballot tells nobody's position"),
            (self.closed >= self.opened, "closed: before it was opened"),
        )
