"""Who stepped back from a question, on which ground, and who answers instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pendulum
from pendulum import DateTime
from sqlmodel import Session, col, select

from governance.consultation.standing.models import Recusal, Way
from governance.consultation.standing.queries import ACTING
from governance.people.models import Person


@dataclass(frozen=True)
class SteppedBack:
    """One person's step back; `instead` are the names of those who were then written to."""

    at: DateTime
    invitation: str
    person: str
    name: str
    ground: str
    instead: tuple[str, ...]


def stepped_back(session: Session, consultation_id: str) -> list[SteppedBack]:
    """Everybody who has stepped back from a question, the first one first: two queries."""
    query = (
        select(Recusal, Person)
        .join(Person, col(Person.id) == col(Recusal.person_id))
        .where(col(Recusal.consultation_id) == consultation_id)
        .order_by(col(Recusal.at), col(Recusal.id))
    )
    found = session.exec(query).all()
    seats = [recusal.invitation_id for recusal, _ in found if recusal.invitation_id]
    ways = _ways(session, seats) if seats else {}
    return [
        SteppedBack(
            recusal.at,
            recusal.invitation_id or "",
            person.id,
            person.name,
            recusal.ground,
            tuple(
                name
                for key, name, made_at in ways.get(recusal.invitation_id or "", ())
                if made_at >= recusal.at and key != person.id
            ),
        )
        for recusal, person in found
    ]


def _ways(session: Session, seats: list[str]) -> Mapping[str, list[tuple[str, str, DateTime]]]:
    query = (
        select(Way.invitation_id, Way.made_at, Person)
        .join(Person, col(Person.id) == col(Way.person_id))
        .where(col(Way.invitation_id).in_(seats), col(Way.part).in_(ACTING))
        .order_by(col(Way.made_at), col(Way.id))
    )
    told: dict[str, list[tuple[str, str, DateTime]]] = {}
    for seat, made_at, person in session.exec(query):
        told.setdefault(seat, []).append((person.id, person.name, pendulum.instance(made_at)))
    return told
