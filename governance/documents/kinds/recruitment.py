"""Papers and letters on the way to an appointment: call, candidates, referees, findings."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictInt

from governance.documents.facts import (
    Addressed,
    Day,
    Document,
    Facts,
    Letter,
    Line,
    Passage,
    Period,
    Post,
    Signatory,
    may_be_absent,
)

Several = Annotated[tuple[Passage, ...], Field(min_length=1)]


class Nominations(Addressed):
    """Note verbale that invites governments or bureaus to nominate candidates."""

    sender: Line = Field(description="Who sends the note: the General Secretariat.")
    post: Post
    level: Line
    term: Period | None = may_be_absent("the appointment may be continuing.")
    article: Line
    requirements: Several
    documents: Annotated[tuple[Line, ...], Field(min_length=1)]
    most: Annotated[StrictInt, Field(ge=1, le=20)] = Field(
        description="How many candidates each may nominate."
    )
    nominate_by: Day
    send_to: Line
    enclosures: tuple[Line, ...] = may_be_absent("nothing may be enclosed.")


class Call(Document):
    """Call for applications."""

    post: Post
    level: Line
    nature: Literal["fixed_term", "continuing", "temporary", "secondment"]
    term: Period | None = may_be_absent("the appointment may be continuing.")
    about: Several = Field(description="What the post is for.")
    duties: Several
    essential: Several
    desirable: tuple[Passage, ...] = may_be_absent("nothing more may be wished for.")
    languages: Line
    salary: Line | None = may_be_absent("the scale may be published elsewhere.")
    apply_by: Day
    how: Passage
    steps: Annotated[tuple[Line, ...], Field(min_length=1)] = Field(
        description="The stages of the selection."
    )
    contact: Line


class Acknowledgement(Letter):
    """Acknowledgement of an application."""

    post: Post
    received: Day
    application: Line = Field(description="Its number.")
    news_by: Day | None = may_be_absent("no day may be known yet.")


class Missing(Facts):
    """A document that an application lacks."""

    what: Line
    why: Passage | None = may_be_absent("it may need no explanation.")


class MissingDocuments(Letter):
    """Request for documents that are missing."""

    post: Post
    application: Line
    missing: Annotated[tuple[Missing, ...], Field(min_length=1, max_length=20)]
    by: Day
    how: Line


class Interview(Letter):
    """Invitation to an interview."""

    post: Post
    when: Day
    time: Line = Field(description="With its zone: 10:00 (Lyon time).")
    minutes: Annotated[StrictInt, Field(ge=5, le=600)]
    where: Line
    panel: Annotated[tuple[Line, ...], Field(min_length=1)]
    form: Passage | None = may_be_absent("it may be an ordinary conversation.")
    bring: tuple[Line, ...] = may_be_absent("nothing may be needed.")
    confirm_by: Day


class RegretLetter(Letter):
    """Letter of regret: honest about what was decided, and about the person's file."""

    post: Post
    stage: Literal["before_interview", "after_interview"]
    review: Passage | None = may_be_absent("the regulations may give no review.")
    retained_until: Day | None = may_be_absent("the day of erasure may not be set yet.")


class ReferenceRequest(Letter):
    """Request for a reference."""

    candidate: Line
    post: Post
    relation: Line = Field(description="How the referee knows the candidate, as the latter says.")
    questions: Several
    by: Day
    how: Line
    disclosed: Literal["kept_in_confidence", "shown_on_request"]


class AdverseFinding(Letter):
    """Adverse finding, and the right to comment before anything is decided."""

    post: Post
    check: Line
    finding: Passage
    source: Line | None = may_be_absent("the source may have to be protected.")
    evidence: tuple[Line, ...] = may_be_absent("there may be nothing to enclose.")
    article: Line
    comment_by: Day
    how: Line
    decides: Line = Field(description="Who decides after the comments are in.")


class Check(Facts):
    """One check of a candidate and what it came to."""

    what: Line
    source: Line
    done: Day
    result: Literal["satisfactory", "adverse", "with_comment", "not_possible"]
    comment: Passage | None = may_be_absent("a result may speak for itself.")


class IntegrityReport(Addressed):
    """Report on a candidate's integrity to the body that appoints."""

    candidate: Line
    post: Post
    checks: Annotated[tuple[Check, ...], Field(min_length=1)]
    interests: tuple[Passage, ...] = may_be_absent("none may have been declared.")
    candidate_says: Passage | None = may_be_absent("the candidate may have had nothing to add.")
    conclusion: Literal["no_impediment", "with_conditions", "impediment"]
    conditions: tuple[Passage, ...] = may_be_absent("there may be none.")
    article: Line
    signatory: Signatory
