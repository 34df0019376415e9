"""Everybody asked with what they say now, as the rules count it; papers and counts alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

from pendulum import DateTime
from sqlalchemy import bindparam
from sqlalchemy import select as columns_of
from sqlmodel import Session, col, select

from governance.consultation import tellers
from governance.consultation.ballots import has_cast
from governance.consultation.models import FOR_EVER, Answer, BallotPaper, Consultation, Invitation
from governance.consultation.rules import Voice

ROLL = (
    "id",
    "handed_over_at",
    "unreached",
    "due_at",
    "capacity",
    "weight",
    "organ",
    "seat",
    "party",
    "entitled",
    "present",
    "on_leave",
    "casting",
)


@dataclass(frozen=True)
class Given:
    """The newest answer of somebody to the content as it counts now."""

    position: str
    chosen: tuple[str, ...]
    at: DateTime
    filled: Mapping[str, Any]


@dataclass(frozen=True)
class Seat:
    """One place on the roll, with what its holder has answered."""

    invitation: str
    reached: bool
    due_at: DateTime | None
    voice: Voice
    given: Given | None = None


# Written once: putting a query together takes longer than its answer.
_OF_ANSWER = ("position", "chosen", "at", "filled", "content_version", "taken_back")
_ROLL = (
    columns_of(
        *(getattr(Invitation, each) for each in ROLL),
        *(getattr(Answer, each) for each in _OF_ANSWER),
    )
    .join(Answer, col(Answer.invitation_id) == col(Invitation.id), isouter=True)
    .where(
        col(Invitation.consultation_id) == bindparam("question"),
        col(Invitation.recused_at).is_(None),
    )
    .order_by(col(Invitation.id), col(Answer.version))
)


def seats_of(session: Session, consultation: Consultation) -> list[Seat]:
    """The roll with its newest answers, in one query of plain columns. Who stepped back is out.

    An answer to content that no longer counts is kept, and asked for again; one that was taken
    back is none.
    """
    rows = session.connection().execute(_ROLL, {"question": consultation.id})
    newest = {row.id: row for row in rows}  # of one seat the newest answer comes last
    return [_seat(consultation, row, _given(consultation, row)) for row in newest.values()]


def _seat(consultation: Consultation, row: Any, given: Given | None) -> Seat:
    reached = row.handed_over_at is not None and not row.unreached
    due_at = time_is_up(consultation, row.due_at)
    voice = Voice(
        who=row.id,
        position=given.position if given else None,
        chosen=given.chosen if given else (),
        reached=reached,
        due_at=due_at,
        present=row.present if consultation.in_session else None,
        entitled=row.entitled,
        weight=_exactly(row.weight),
        seat=row.seat or row.capacity,
        organ=row.organ,
        group=row.party,
        on_leave=row.on_leave,
        casting=row.casting,
    )
    return Seat(row.id, reached, due_at, voice, given)


def time_is_up(consultation: Consultation, due_at: DateTime | None) -> DateTime | None:
    """When somebody's time is over; while the clock stands still it is not over for anybody."""
    stopped = consultation.paused_at
    return None if stopped is not None and due_at is not None and due_at > stopped else due_at


def voices_in(
    session: Session, consultation: Consultation, seats: Sequence[Seat]
) -> list[Voice] | None:
    """Everybody as the rules hear them; None while the tellers have not agreed on a count.

    Papers of a secret ballot speak for nobody, and neither does a count.
    """
    if consultation.tellers:
        return tellers.agreed(session, consultation)
    if consultation.secrecy == FOR_EVER:
        return _papers(session, consultation, seats)
    return [seat.voice for seat in seats]


def time_is_over(voice: Voice, now: DateTime) -> bool:
    """Whether somebody who kept silent was reached and can answer no longer."""
    return voice.reached and voice.due_at is not None and now >= voice.due_at


def _papers(session: Session, consultation: Consultation, seats: Sequence[Seat]) -> list[Voice]:
    """One voice a paper, and one for everybody who has not taken part."""
    took_part = has_cast(session, consultation.id)
    query = select(BallotPaper).where(col(BallotPaper.consultation_id) == consultation.id)
    papers = [
        Voice(each.id, each.choice["position"], tuple(each.choice["chosen"]))
        for each in session.exec(query.order_by(col(BallotPaper.id)))
    ]
    return papers + [each.voice for each in seats if each.invitation not in took_part]


@lru_cache(maxsize=1024)
def _exactly(weight: str) -> Fraction:
    return Fraction(weight)  # everybody's is read anew at every answer, and most are alike


def _given(consultation: Consultation, row: Any) -> Given | None:
    if row.position is None or row.taken_back or row.content_version < consultation.counts_from:
        return None
    return Given(row.position, tuple(row.chosen), row.at, row.filled)
