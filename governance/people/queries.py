"""Who holds which office and role at an instant."""

from __future__ import annotations

from collections.abc import Iterable

from pendulum import DateTime
from sqlalchemy import or_
from sqlmodel import Session, col, select

from governance.people.models import Grant, Holding, Person


def holder(session: Session, office: str, at: DateTime) -> Person | None:
    """Who holds an office at an instant; the latest where two overlap."""
    query = (
        select(Person)
        .join(Holding, col(Holding.person_id) == col(Person.id))
        .where(
            col(Holding.office) == office,
            col(Holding.since) <= at,
            or_(col(Holding.until).is_(None), col(Holding.until) > at),
        )
        .order_by(col(Holding.since).desc())
        .limit(1)
    )
    return session.exec(query).first()


def offices_of(session: Session, person_id: str, at: DateTime) -> frozenset[str]:
    """The offices that a person holds at an instant."""
    return offices_held(session, [person_id], at)[person_id]


def offices_held(
    session: Session, people: Iterable[str], at: DateTime
) -> dict[str, frozenset[str]]:
    """The offices that each of these holds at an instant, in one query; none for who holds none."""
    held: dict[str, set[str]] = {each: set() for each in people}
    query = select(Holding.person_id, Holding.office).where(
        col(Holding.person_id).in_(held),
        col(Holding.since) <= at,
        or_(col(Holding.until).is_(None), col(Holding.until) > at),
    )
    for person, office in session.exec(query):
        held[person].add(office)
    return {person: frozenset(offices) for person, offices in held.items()}


def roles_of(session: Session, person_id: str) -> frozenset[str]:
    """The roles granted to a person."""
    return frozenset(session.exec(select(Grant.role).where(col(Grant.person_id) == person_id)))


def by_id(session: Session, ids: Iterable[str]) -> dict[str, Person]:
    """Persons by their identifiers, in one query."""
    query = select(Person).where(col(Person.id).in_(set(ids)))
    return {person.id: person for person in session.exec(query)}


def by_email(session: Session, email: str) -> Person | None:
    """The person registered under an address, however it is capitalised."""
    return session.exec(select(Person).where(col(Person.email) == email.strip().lower())).first()


def holders_with_prefix(session: Session, prefix: str, at: DateTime) -> dict[str, Person]:
    """Who holds the offices whose keys begin with a prefix, such as all regional bureaus."""
    query = (
        select(Holding.office, Person)
        .join(Person, col(Holding.person_id) == col(Person.id))
        .where(
            col(Holding.office).startswith(prefix, autoescape=True),
            col(Holding.since) <= at,
            or_(col(Holding.until).is_(None), col(Holding.until) > at),
        )
        .order_by(col(Holding.since))
    )
    return dict(session.exec(query).all())
