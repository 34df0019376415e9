"""Everybody asked with what they say now, as the rules count it; papers and counts alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

from pendulum import DateTime
from sqlalchemy import and_, bindparam, func
from sqlalchemy import select as columns_of
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from governance.consultation import counts
from governance.consultation.models import (
    FOR_EVER,
    Answer,
    BallotPaper,
    Consultation,
    Invitation,
    Participation,
)
from governance.consultation.rules import Voice
from governance.prepared import Prepared

ROLL = (
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

    at: DateTime
    filled: Mapping[str, Any]


@dataclass(frozen=True)
class Seat:
    """One place on the roll, with what its holder has answered."""

    invitation: str
    due_at: DateTime | None
    given: Given | None = None


# An answer to content that no longer counts is kept, and asked for again; one that was taken back
# is none.
_newer = aliased(Answer)
_COUNTS = and_(
    col(Answer.invitation_id) == col(Invitation.id),
    col(Answer.content_version) >= bindparam("counts_from"),
    col(Answer.taken_back).is_(False),
    col(Answer.version)
    == columns_of(func.max(_newer.version))
    .where(col(_newer.invitation_id) == col(Invitation.id))
    .scalar_subquery(),
)
_ON_THE_ROLL = and_(
    col(Invitation.consultation_id) == bindparam("question"), col(Invitation.recused_at).is_(None)
)
_SEATS = Prepared(
    columns_of(col(Invitation.id), col(Invitation.due_at), col(Answer.at), col(Answer.filled))
    .join(Answer, _COUNTS, isouter=True)
    .where(_ON_THE_ROLL)
    .order_by(col(Invitation.id))
)


def seats_of(session: Session, consultation: Consultation) -> list[Seat]:
    """The roll, one by one, with its newest answers. Who stepped back is out."""
    return [
        Seat(
            row.id,
            time_is_up(consultation, row.due_at),
            Given(row.at, row.filled) if row.at is not None else None,
        )
        for row in _found(session, consultation, _SEATS)
    ]


def _found(session: Session, consultation: Consultation, query: Prepared) -> list[Any]:
    return query.all(session, question=consultation.id, counts_from=consultation.counts_from)


def time_is_up(consultation: Consultation, due_at: DateTime | None) -> DateTime | None:
    """When somebody's time is over; while the clock stands still it is not over for anybody."""
    stopped = consultation.paused_at
    return None if stopped is not None and due_at is not None and due_at > stopped else due_at


def voices_in(session: Session, consultation: Consultation) -> list[Voice] | None:
    """Everybody as the rules hear them; None while the tellers have not agreed on a count.

    Papers of a secret ballot speak for nobody, and neither does a count.
    """
    if consultation.tellers:
        return counts.agreed(session, consultation)
    papers = _papers(session, consultation) if consultation.secrecy == FOR_EVER else []
    return papers + _voices(session, consultation)


# Whoever no count can tell apart is one row: a roll of four hundred has about as many rows as there
# are answers to choose from. Whose paper lies in an urn has no voice beside it.
_ALIKE = (
    col(Invitation.handed_over_at).is_not(None).label("handed_over"),
    *(col(getattr(Invitation, each)) for each in ROLL),
    col(Answer.position),
    col(Answer.chosen),
)
_TOOK_PART = columns_of(col(Participation.hour)).where(
    col(Participation.consultation_id) == col(Invitation.consultation_id),
    col(Participation.invitation_id) == col(Invitation.id),
)
_VOICES = Prepared(
    columns_of(func.count().label("many"), func.min(Invitation.id).label("first"), *_ALIKE)
    .join(Answer, _COUNTS, isouter=True)
    .where(_ON_THE_ROLL, ~_TOOK_PART.exists())
    .group_by(*_ALIKE)
    .order_by("first")
)


def _voices(session: Session, consultation: Consultation) -> list[Voice]:
    return [
        each
        for row in _found(session, consultation, _VOICES)
        for each in [_voice(consultation, row)] * row.many
    ]


def _voice(consultation: Consultation, row: Any) -> Voice:
    return Voice(
        who=row.first,
        position=row.position,
        chosen=tuple(row.chosen or ()),
        reached=row.handed_over and not row.unreached,
        due_at=time_is_up(consultation, row.due_at),
        present=row.present if consultation.in_session else None,
        entitled=row.entitled,
        weight=_exactly(row.weight),
        seat=row.seat or row.capacity,
        organ=row.organ,
        group=row.party,
        on_leave=row.on_leave,
        casting=row.casting,
    )


def time_is_over(voice: Voice, now: DateTime) -> bool:
    """Whether somebody who kept silent was reached and can answer no longer."""
    return voice.reached and voice.due_at is not None and now >= voice.due_at


def _papers(session: Session, consultation: Consultation) -> list[Voice]:
    """One voice a paper."""
    query = select(BallotPaper).where(col(BallotPaper.consultation_id) == consultation.id)
    return [
        Voice(each.id, each.choice["position"], tuple(each.choice["chosen"]))
        for each in session.exec(query.order_by(col(BallotPaper.id)))
    ]


@lru_cache(maxsize=1024)
def _exactly(weight: str) -> int | Fraction:
    exact = Fraction(weight)  # everybody's is read anew at every answer, and most are alike
    return exact.numerator if exact.denominator == 1 else exact
