"""Rows of consultations: the question, who is asked, every version of every answer."""

from __future__ import annotations

from typing import Any, Optional

from pendulum import DateTime
from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from governance.consultation.lifecycle import ConsultationLifecycle, ProposalLifecycle
from governance.database import new_id
from governance.lifecycle import states_only
from governance.record.models import Model, instant, json_column, maybe_instant, maybe_json

POSITIONS, SCORES, AMENDMENTS = "positions", "scores", "amendments"
FORMS = (POSITIONS, SCORES, AMENDMENTS)
OPEN, UNTIL_CLOSE, FOR_EVER = "open", "secret_until_close", "secret_for_ever"
SECRECIES = (OPEN, UNTIL_CLOSE, FOR_EVER)
TIED = "tied"  # the state in which a casting vote is awaited
CASTING = "consultation"  # what owns the question by which an officer breaks a tie


class Consultation(Model, table=True):
    """One question. Its owner is opaque: closing it marks that owner as due, nothing more.

    `secrecy` is a promise: a trigger refuses to change it. An answer counts from the version of
    the content in `counts_from` on. `in_session`: everybody was in one room, and a roll was taken.
    `followed_by` is the next round, where the rule opens it at once. `settles_at` is when an
    outcome takes effect that may still be taken back; `paused_at` since when the clock stands.
    """

    __table_args__ = (
        UniqueConstraint("owner_kind", "owner_id", "step_key", "round"),
        states_only(ConsultationLifecycle),
    )

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    owner_kind: str = Field(max_length=40)
    owner_id: str = Field(max_length=32, index=True)
    step_key: str = Field(max_length=60)
    round: int = 1
    reference: str = Field(max_length=60)
    question: dict[str, Any] = json_column(dict)
    asked_by: Optional[str] = Field(default=None, max_length=32)
    rule: dict[str, Any] = json_column(dict)
    form: str = Field(default=POSITIONS, max_length=20)
    secrecy: str = Field(default=OPEN, max_length=20)
    level: str = Field(default="session", max_length=10)
    tellers: list[str] = json_column(list)
    undo_minutes: int = 0
    content: dict[str, Any] = json_column(dict)
    content_version: int = 1
    counts_from: int = 1
    state: str = Field(default="open", max_length=20, index=True)
    opened_at: DateTime = instant()
    settles_at: Optional[DateTime] = maybe_instant()
    paused_at: Optional[DateTime] = maybe_instant()
    extended: int = 0
    escalated: int = 0
    in_session: bool = False
    followed_by: Optional[str] = Field(default=None, max_length=32)
    closed_at: Optional[DateTime] = maybe_instant()
    outcome: Optional[dict[str, Any]] = maybe_json()
    because: str = Field(default="", max_length=64)
    closing_entry: str = Field(default="", max_length=64)


class Invitation(Model, table=True):
    """One person asked, in one capacity. The window begins when the notice was handed over.

    Where the capacity is an office, the question is the office's: `standing/` says who may answer
    it now. Whoever has recused themselves is out of the roll; `unreached` says why a notice that
    was handed over did not arrive after all.
    The roll: `weight` (an exact fraction), the `seat` that votes, the `organ` it votes in, the
    `party` or group it belongs to, whether it is `entitled`, `present`, `on_leave`. `casting` is
    the casting vote of a chair. `window_since` is from when its time is counted.
    """

    __table_args__ = (UniqueConstraint("consultation_id", "person_id"),)

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    consultation_id: str = Field(foreign_key="consultation.id", max_length=32, index=True)
    person_id: str = Field(foreign_key="person.id", max_length=32, index=True)
    capacity: str = Field(default="", max_length=60)
    calendar: str = Field(default="", max_length=40)
    weight: str = Field(default="1", max_length=40)
    organ: str = Field(default="", max_length=60)
    seat: str = Field(default="", max_length=60)
    entitled: bool = True
    present: bool = True
    party: str = Field(default="", max_length=60)
    on_leave: bool = False
    casting: Optional[str] = Field(default=None, max_length=40)
    token: str = Field(max_length=64, unique=True)
    invited_at: DateTime = instant()
    handed_over_at: Optional[DateTime] = maybe_instant()
    window_since: Optional[DateTime] = maybe_instant()
    due_at: Optional[DateTime] = maybe_instant()
    last_day: str = Field(default="", max_length=10)
    working: dict[str, Any] = json_column(dict)
    alternates: list[str] = json_column(list)
    recused_at: Optional[DateTime] = maybe_instant()
    unreached: str = Field(default="", max_length=200)


class Answer(Model, table=True):
    """One version of one answer. The newest counts; the older ones are kept.

    `by_id` is who gave it, `standing` by which right: `{"kind": "substitute", "for": …}`.
    `filled` is what a form other than positions was filled with. A version that is `taken_back`
    has no position: whoever was asked has not answered.
    """

    __table_args__ = (UniqueConstraint("invitation_id", "version"),)

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    invitation_id: str = Field(foreign_key="invitation.id", max_length=32, index=True)
    consultation_id: str = Field(foreign_key="consultation.id", max_length=32, index=True)
    version: int = 1
    position: str = Field(max_length=40)
    chosen: list[str] = json_column(list)
    filled: dict[str, Any] = json_column(dict)
    taken_back: bool = False
    text: str = Field(default="", max_length=32)
    content_version: int = 1
    at: DateTime = instant()
    entry: str = Field(default="", max_length=64)
    by_id: Optional[str] = Field(default=None, max_length=32)
    standing: dict[str, Any] = json_column(dict)


class ContentVersion(Model, table=True):
    """What was shown, version by version: the opening, and every change with its class.

    A change that needs a second person is `proposed` until that person confirms it.
    """

    __tablename__ = "content_version"
    __table_args__ = (UniqueConstraint("consultation_id", "version"),)

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    consultation_id: str = Field(foreign_key="consultation.id", max_length=32, index=True)
    version: int
    kind: str = Field(max_length=20)  # opening, editorial, substantive
    content: dict[str, Any] = json_column(dict)
    effect: str = Field(default="", max_length=20)  # keep, ask_again, void
    reason: str = Field(default="", max_length=32)  # sealed
    proposed_by: Optional[str] = Field(default=None, max_length=32)
    proposed_at: DateTime = instant()
    shown_since: Optional[DateTime] = maybe_instant()


class ClockEvent(Model, table=True):
    """What happened to the clock of a question: a pause, its end, an extension, an escalation.

    A pause has an `owner`, whose information is awaited, and `until`, its limit.
    """

    __tablename__ = "clock_event"

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    consultation_id: str = Field(foreign_key="consultation.id", max_length=32, index=True)
    kind: str = Field(max_length=20)
    at: DateTime = instant()
    by: Optional[str] = Field(default=None, max_length=32)
    owner: Optional[str] = Field(default=None, max_length=32)
    until: Optional[DateTime] = maybe_instant()
    reason: str = Field(default="", max_length=32)  # sealed
    facts: dict[str, Any] = json_column(dict)


class Proposal(Model, table=True):
    """An amendment that somebody proposes to a text, until the owner of the text settles it."""

    __table_args__ = (states_only(ProposalLifecycle),)

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    consultation_id: str = Field(foreign_key="consultation.id", max_length=32, index=True)
    invitation_id: str = Field(foreign_key="invitation.id", max_length=32, index=True)
    answer_id: str = Field(foreign_key="answer.id", max_length=32, index=True)
    number: int
    content_version: int
    anchor: str = Field(max_length=80)
    words: str = Field(max_length=32)  # sealed: old words, new words, reason
    state: str = Field(default="proposed", max_length=24)
    settled_at: Optional[DateTime] = maybe_instant()
    settled_by: Optional[str] = Field(default=None, max_length=32)
    reason: str = Field(default="", max_length=32)  # sealed
    referred_to: str = Field(default="", max_length=120)


class Participation(Model, table=True):
    """Who took part in a secret ballot, and in which hour. It knows nothing of the papers."""

    __table_args__ = {"sqlite_with_rowid": False}

    consultation_id: str = Field(foreign_key="consultation.id", primary_key=True, max_length=32)
    invitation_id: str = Field(foreign_key="invitation.id", primary_key=True, max_length=32)
    hour: DateTime = instant()


class BallotPaper(Model, table=True):
    """One ballot paper: a random number, the ballot it lies in, the choice. Nothing else.

    All papers of a ballot are laid anew, in the order of their numbers, whenever one is added:
    neither a row's place nor its transaction tells when it came.
    """

    __tablename__ = "ballot_paper"
    __table_args__ = {"sqlite_with_rowid": False}

    id: str = Field(primary_key=True, max_length=32)
    consultation_id: str = Field(foreign_key="consultation.id", max_length=32, index=True)
    choice: dict[str, Any] = json_column(dict)


class TellerCount(Model, table=True):
    """A result counted elsewhere, as one teller has entered it; a new version corrects it."""

    __tablename__ = "teller_count"
    __table_args__ = (UniqueConstraint("consultation_id", "teller_id", "version"),)

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    consultation_id: str = Field(foreign_key="consultation.id", max_length=32, index=True)
    teller_id: str = Field(foreign_key="person.id", max_length=32)
    version: int = 1
    count: dict[str, Any] = json_column(dict)
    at: DateTime = instant()
