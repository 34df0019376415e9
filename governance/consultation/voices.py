"""Everybody asked with what they say now, as the rules count it; papers and counts alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pendulum import DateTime
from sqlalchemy import select as columns_of
from sqlmodel import Session, col, select

from governance.consultation import tellers
from governance.consultation.ballots import has_cast
from governance.consultation.models import FOR_EVER, Answer, BallotPaper, Consultation, Invitation
from governance.consultation.rules import Voice


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
    roll: Mapping[str, Any]
    given: Given | None = None


def seats_of(session: Session, consultation: Consultation) -> list[Seat]:
    """The roll with its newest answers, in two queries of plain columns.

    An answer to content that no longer counts is kept, and asked for again; one that was taken
    back is none.
    """
    newest = _newest(session, consultation)
    columns = ("id", "handed_over_at", "due_at", "weight", "organ", "seat", "entitled", "present")
    asked = columns_of(*(getattr(Invitation, each) for each in columns)).where(
        col(Invitation.consultation_id) == consultation.id, col(Invitation.recused_at).is_(None)
    )
    return [
        Seat(
            invitation=each.id,
            reached=each.handed_over_at is not None,
            due_at=each.due_at,
            roll={
                "weight": each.weight,
                "organ": each.organ,
                "seat": each.seat,
                "entitled": each.entitled,
                "present": each.present,
            },
            given=newest.get(each.id),
        )
        for each in session.connection().execute(asked.order_by(col(Invitation.id)))
    ]


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
    return [_voice(seat) for seat in seats]


def time_is_over(voice: Voice, now: DateTime) -> bool:
    """Whether somebody who kept silent was reached and can answer no longer."""
    return voice.reached and voice.due_at is not None and now >= voice.due_at


def _voice(seat: Seat) -> Voice:
    given = seat.given
    return Voice(
        who=seat.invitation,
        position=given.position if given else None,
        chosen=given.chosen if given else (),
        reached=seat.reached,
        due_at=seat.due_at,
    )


def _papers(session: Session, consultation: Consultation, seats: Sequence[Seat]) -> list[Voice]:
    """One voice a paper, and one for everybody who has not taken part."""
    took_part = has_cast(session, consultation.id)
    query = select(BallotPaper).where(col(BallotPaper.consultation_id) == consultation.id)
    papers = [
        Voice(each.id, each.choice["position"], tuple(each.choice["chosen"]))
        for each in session.exec(query.order_by(col(BallotPaper.id)))
    ]
    return papers + [_voice(each) for each in seats if each.invitation not in took_part]


def _newest(session: Session, consultation: Consultation) -> dict[str, Given]:
    columns = ("invitation_id", "position", "chosen", "at", "filled")
    worth = ("content_version", "taken_back")
    query = (
        columns_of(*(getattr(Answer, each) for each in (*columns, *worth)))
        .where(col(Answer.consultation_id) == consultation.id)
        .order_by(col(Answer.version))
    )
    newest: dict[str, Given] = {}
    for who, position, chosen, at, filled, version, taken_back in session.connection().execute(
        query
    ):
        newest.pop(who, None)
        if version >= consultation.counts_from and not taken_back:
            newest[who] = Given(position, tuple(chosen), at, filled)
    return newest
