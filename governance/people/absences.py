"""Absences as rows: which of them cover an instant, and which a person has planned."""

from __future__ import annotations

from collections import defaultdict

from pendulum import DateTime
from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from governance.people.models import Absence

# Written once: every question that is put asks it.
_COVERS = (
    col(Absence.since) <= bindparam("at"),
    col(Absence.until) > bindparam("at"),
    col(Absence.cancelled_at).is_(None),
)
_COVERING = select(Absence).where(*_COVERS).order_by(col(Absence.until), col(Absence.id))
AWAY = select(Absence.person_id).where(*_COVERS)  # whoever is away at an instant, for a query


def covering(session: Session, at: DateTime) -> dict[str, list[Absence]]:
    """Whoever is away at an instant, with their absences, the one that ends first leading."""
    found: dict[str, list[Absence]] = defaultdict(list)
    for each in session.execute(_COVERING, {"at": at}).scalars():
        found[each.person_id].append(each)
    return dict(found)


def planned(session: Session, person_id: str, at: DateTime) -> list[Absence]:
    """A person's absences that are not over, the next one first."""
    query = select(Absence).where(
        col(Absence.person_id) == person_id,
        col(Absence.until) > at,
        col(Absence.cancelled_at).is_(None),
    )
    return list(session.exec(query.order_by(col(Absence.since), col(Absence.id))))
