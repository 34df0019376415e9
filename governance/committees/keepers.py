"""Whom the clock tells of a body: who holds its offices, and who keeps all bodies."""

from __future__ import annotations

from collections.abc import Iterable

from pendulum import DateTime
from sqlalchemy import or_
from sqlmodel import Session, col, select

from governance.committees.authority import COMMITTEE_SECRETARY
from governance.committees.models import Committee, Officer
from governance.people.models import Grant, Person


def officers(
    session: Session, committee: Committee, at: DateTime, offices: Iterable[str]
) -> list[Person]:
    """Who holds these offices of a body; where nobody is its secretary, whoever keeps them all."""
    wanted = list(offices)
    query = (
        select(Person, Officer.office)
        .join(Officer, col(Officer.person_id) == col(Person.id))
        .where(
            col(Officer.committee_id) == committee.id,
            col(Officer.office).in_(wanted),
            col(Officer.since) <= at,
            or_(col(Officer.until).is_(None), col(Officer.until) > at),
        )
    )
    held = list(session.exec(query).all())
    found = {person.id: person for person, _ in held}
    if "secretary" in wanted and not any(office == "secretary" for _, office in held):
        keepers = (
            select(Person)
            .join(Grant, col(Grant.person_id) == col(Person.id))
            .where(col(Grant.role) == COMMITTEE_SECRETARY, col(Person.left_at).is_(None))
        )
        found |= {each.id: each for each in session.exec(keepers)}
    return list(found.values())
