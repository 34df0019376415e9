"""Who signs for the secretariat of the bodies."""

from __future__ import annotations

from sqlmodel import col, select

from governance.committees.meeting.printing import NOT_SAID
from governance.people.models import Grant, Person
from governance.web.cases.reading import Reading


def secretary_of(reading: Reading) -> str:
    """The name of the secretary of committees; a dash where nobody is."""
    query = (
        select(Person)
        .join(Grant, col(Grant.person_id) == col(Person.id))
        .where(col(Grant.role) == "committee_secretary", col(Person.left_at).is_(None))
        .order_by(col(Person.family_name))
    )
    person = reading.session.exec(query).first()
    return person.name if person else NOT_SAID
