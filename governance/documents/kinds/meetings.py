"""Papers before and in a meeting: mandate, notice, agenda, pack, credentials, ballots."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import Field, StrictInt, model_validator

from governance.documents.facts import (
    AgendaItem,
    BodyPaper,
    Count,
    Day,
    Document,
    Facts,
    Line,
    Meeting,
    MeetingPaper,
    Passage,
    Period,
    Signatory,
    agreed,
    may_be_absent,
)

Several = Annotated[tuple[Passage, ...], Field(min_length=1)]
Lines = Annotated[tuple[Line, ...], Field(min_length=1)]


class Mandate(BodyPaper):
    """Mandate of a committee."""

    established_by: Line = Field(description="The decision that establishes it.")
    article: Line
    purpose: Passage
    tasks: Several
    composition: Lines
    chair: Line
    quorum: Line
    decides: Line = Field(description="By which majority it decides.")
    reports_to: Line
    secretariat: Line
    begins: Day
    ends: Day | None = may_be_absent("it may be a standing committee.")
    review: Passage | None = may_be_absent("no review may be foreseen.")


class NoticeOfMeeting(MeetingPaper):
    """Notice of a meeting."""

    recipients: Line
    points: tuple[Line, ...] = may_be_absent("the agenda may follow.")
    notice: Period = Field(description="The notice that the rules require.")
    article: Line
    quorum: Line
    proxies: Passage | None = may_be_absent("the rules may allow none.")
    documents_by: Day | None = may_be_absent("they may have been sent already.")
    reply_by: Day
    contact: Line


class Agenda(MeetingPaper):
    """Agenda, provisional or adopted; annotated where its items are explained."""

    status: Literal["provisional", "adopted"]
    points: tuple[AgendaItem, ...] = may_be_absent("nothing may have been put forward yet.")
    article: Line | None = may_be_absent("the rules may say nothing of it.")


class Part(Facts):
    """One paper of a pack: in its own words, or as one of our kinds from its facts."""

    item: Line
    title: Line
    reference: Line
    paragraphs: tuple[Passage, ...] = may_be_absent("the paper may be one of our kinds.")
    kind: Line | None = may_be_absent("the paper may be in its own words.")
    facts: dict[str, Any] | None = may_be_absent("the paper may be in its own words.")

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        """Words, or a kind with its facts; not both."""
        return agreed(
            self,
            ((self.kind is None) == (self.facts is None), "kind: it needs facts, and they need it"),
            (bool(self.paragraphs) != bool(self.kind), "paragraphs: give these or a kind"),
        )


class Pack(MeetingPaper):
    """The papers of a meeting in one file, with contents and page numbers."""

    parts: Annotated[tuple[Part, ...], Field(min_length=1, max_length=60)]


class Delegate(Facts):
    """A member of a delegation."""

    name: Line
    title: Line
    role: Literal["head", "delegate", "alternate", "adviser"]


class Credentials(Document):
    """Credentials of a delegation."""

    member: Line
    authority: Line = Field(description="Who accredits: the Minister of the Interior.")
    meeting: Meeting
    delegates: Annotated[tuple[Delegate, ...], Field(min_length=1)]
    powers: Lines
    article: Line
    signatory: Signatory


class BallotPaper(Document):
    """Ballot paper. It names nobody who votes, and carries nothing that could."""

    body: Line
    meeting: Line
    subject: Line
    round: Annotated[StrictInt, Field(ge=1, le=99)]
    form: Literal["election", "motion"]
    options: Annotated[tuple[Line, ...], Field(min_length=1, max_length=40)]
    choose_at_most: Annotated[StrictInt, Field(ge=1, le=40)]
    majority: Line
    article: Line

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        """Nobody can choose more than there is."""
        return agreed(
            self,
            (self.choose_at_most <= len(self.options), "choose_at_most: more than there are"),
            (len(set(self.options)) == len(self.options), "options: one stands there twice"),
        )


class Stood(Facts):
    """Who or what was voted on, and how many voices it got."""

    name: Line
    votes: Count


class ResultSheet(MeetingPaper):
    """Result of a ballot, with the arithmetic."""

    subject: Line
    round: Annotated[StrictInt, Field(ge=1, le=99)]
    entitled: Count
    issued: Count
    found: Count
    blank: Count
    invalid: Count
    valid: Count
    base: Line
    required: Count
    article: Line
    stood: Annotated[tuple[Stood, ...], Field(min_length=1)]
    chosen: tuple[Line, ...] = may_be_absent("nobody may have reached the majority.")
    working: Lines
    next_step: Passage | None = may_be_absent("nothing may follow.")
    tellers: Annotated[tuple[Signatory, ...], Field(min_length=2, max_length=4)]

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        """The numbers add up."""
        return agreed(
            self,
            (
                self.blank + self.invalid + self.valid == self.found,
                "found: not the sum of blank, invalid and valid papers",
            ),
            (self.found <= self.issued, "found: more papers than were issued"),
            (self.issued <= self.entitled, "issued: more papers than may vote"),
            (
                set(self.chosen) <= {each.name for each in self.stood},
                "chosen: somebody who did not stand",
            ),
        )
