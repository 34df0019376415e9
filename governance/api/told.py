"""What is answered about cases and questions."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field

from governance.api.words import Day, Instant, Texts


class AppointmentLine(BaseModel):
    """One appointment in a list."""

    reference: str = Field(examples=["INT-2026-0001"])
    state: str = Field(examples=["running"])
    post: str
    post_title: Texts
    procedure: str
    stage: str
    stage_title: Texts
    waits_for: list[str] = Field(description="Whose answer is awaited, by name.")
    due_at: Instant | None = Field(description="The next deadline, exclusive.")
    launched_at: Instant


class Appointments(BaseModel):
    """A page of appointments, the newest first; the next page begins before the last of these."""

    total: int = Field(description="How many there are of this state and stage.")
    appointments: list[AppointmentLine]


class Stage(BaseModel):
    """One stage of the procedure, as the law of the case has it."""

    key: str
    title: Texts
    verb: str
    article: str
    passed_at: Instant | None
    rounds: int = Field(description="How often it has begun.")


class Position(BaseModel):
    """One of the answers that may be given."""

    key: str
    title: Texts
    needs_text: bool
    choose_at_least: int
    choose_at_most: int


class Shown(BaseModel):
    """A candidate as the people asked see one."""

    candidacy: str
    name: str
    nationality: str | None


class Outcome(BaseModel):
    """What the answers came to, with the working."""

    result: str
    chosen: list[str]
    article: str
    working: list[str]


class Said(BaseModel):
    """Somebody's part in a question; the answer itself for themselves and for HR."""

    invitation: str | None = None
    name: str | None = None
    capacity: str
    handed_over_at: Instant | None = None
    due_at: Instant | None
    last_day: Day | None
    answered: bool
    position: str | None = None
    chosen: list[str] | None = None
    text: str | None = Field(None, description="Confidential; null where it was erased.")
    at: Instant | None = None
    standing: dict[str, Any] | None = Field(
        None, description="By which right somebody answered for another: kind, by, for, instrument."
    )


class Question(BaseModel):
    """A question: its rule, its positions, who was asked, what came of it."""

    id: str
    reference: str
    step: str
    round: int
    state: str
    question: Texts
    level: str = Field(description="How surely we must know who answers: link, session, fresh.")
    kind: str
    article: str
    positions: list[Position]
    candidates: list[Shown]
    about: list[Shown]
    content_version: int = Field(description="Send it back as `seen_version` with the answer.")
    opened_at: Instant
    closed_at: Instant | None
    outcome: Outcome | None
    by_tellers: bool = Field(description="Whether tellers enter a count, and nobody answers.")
    asked: list[Said]
    mine: Said | None


class OnTheRoll(BaseModel):
    """Somebody asked, as the certificate of a question names them."""

    name: str
    capacity: str
    reached_at: Instant | None
    due_at: Instant | None
    recused: bool
    answered: bool
    answered_at: Instant | None
    position: str | None = Field(description="For oneself, and for HR and audit; never if secret.")
    standing: dict[str, Any] = Field(description="By which right somebody answered for another.")


class Certified(BaseModel):
    """The certificate of a question: facts, and sentences that a member can read."""

    id: str
    reference: str
    question: Texts
    state: str
    kind: str
    article: str
    secrecy: str
    result: str | None
    chosen: list[str]
    numbers: dict[str, Any] = Field(description="Counts, base, needed, threshold, quorum, limbs.")
    opened_at: Instant
    closed_at: Instant | None
    closing_entry: str | None
    asked: list[OnTheRoll]
    rule: list[str]
    roll: list[str]
    working: list[str]
    sentences: list[str]


class Check(BaseModel):
    """One check of one candidate."""

    kind: str
    number: int
    state: str
    source: str
    closed_at: Instant | None
    valid_until: Day | None


class Candidate(BaseModel):
    """One candidate with the findings of eligibility and the checks."""

    candidacy: str
    name: str
    nationality: str | None
    state: str
    facts: dict[str, Any]
    findings: list[dict[str, Any]]
    checks: list[Check]
    came_at: Instant


class Document(BaseModel):
    """An issued document; its bytes are at /documents/{id}."""

    id: str
    number: str
    kind: str
    language: str
    candidacy: str
    issued_at: Instant
    sha256: str


class Task(BaseModel):
    """Something to be done before entry on duty."""

    key: str
    title: Texts
    due_on: Day | None
    done_at: Instant | None


class DueEvent(BaseModel):
    """What time will bring."""

    event: str
    due_at: Instant


class Unsent(BaseModel):
    """A notice that could not be sent."""

    notice: str
    because: str


class Appointment(BaseModel):
    """One appointment: all of it for HR and audit; their own questions for those who were asked."""

    reference: str
    state: str
    sees: Literal["all", "own part"]
    post: str
    post_title: Texts
    grade: str
    duty_station: str
    procedure: str
    law: str = Field(description="The version of the rulebook that the case is under.")
    stage: str
    stage_since: Instant
    stages: list[Stage]
    needs: list[str] = Field(description="What the first stage needs and is confirmed.")
    verdicts: dict[str, Any]
    chosen: str | None
    wanted_on: Day | None
    entry_on_duty: Day | None
    launched_at: Instant
    ended_at: Instant | None
    consultations: list[Question]
    launched_by: str | None = None
    candidates: list[Candidate] | None = None
    documents: list[Document] | None = None
    tasks: list[Task] | None = None
    deadlines: list[DueEvent] | None = None
    unsent: list[Unsent] | None = None
    stuck: str | None = None


class Waiting(BaseModel):
    """A question that waits for an answer."""

    consultation: str
    invitation: str
    reference: str
    question: Texts
    capacity: str
    level: str
    positions: list[str]
    due_at: Instant | None
    last_day: Day | None


class Entry(BaseModel):
    """An entry of the record as it was hashed."""

    hash: str
    prev: str
    chain: str
    seq: int
    kind: str
    at: Instant
    actor: str | None
    via: str
    level: str
    authority: str
    facts: dict[str, Any]
    rules: list[dict[str, Any]]
    cites: list[str]
    v: int
