"""Persons of a body: found by address or by name, or entered with what is known of them."""

from __future__ import annotations

from sqlmodel import Session, col, select

from governance.database import new_id
from governance.people.models import Person
from governance.people.queries import by_email

# A person without an address is written to by nobody: this domain takes no mail (RFC 6761, 6.4).
NO_ADDRESS = "no-address.invalid"


def has_address(person: Person) -> bool:
    """Whether mail can be sent to somebody."""
    return not person.email.endswith(f"@{NO_ADDRESS}")


def person_of(session: Session, name: str, email: str = "") -> Person:
    """Whoever has this address, or else bears exactly this name; a new person otherwise."""
    address = email.strip().lower()
    found = find_person(session, name, address)
    if found is not None:
        return found
    given, _, family = name.strip().rpartition(" ")
    person = Person(
        id=new_id(),
        family_name=family[:120],
        given_names=given[:120],
        email=address or f"{new_id()}@{NO_ADDRESS}",
    )
    session.add(person)
    session.flush()
    return person


def find_person(session: Session, name: str, email: str = "") -> Person | None:
    """Whoever has this address, or else bears exactly this name; None where nobody does."""
    address = email.strip().lower()
    return by_email(session, address) if address else _by_name(session, name)


def _by_name(session: Session, name: str) -> Person | None:
    """The only one of this name; where there are two, neither."""
    given, _, family = name.strip().rpartition(" ")
    query = select(Person).where(
        col(Person.family_name) == family, col(Person.given_names) == given
    )
    found = session.exec(query.limit(2)).all()
    return found[0] if len(found) == 1 else None
