"""Who is too close to those whom a question is about: found from facts, not only declared."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from pendulum import DateTime
from sqlalchemy import or_
from sqlmodel import Session, col, select

from governance.people.models import Person, Tie

NATIONALITY, FAMILY, OWN_CASE, OWN_LINE = "nationality", "family", "own_case", "own_line"
FOUND = (NATIONALITY, FAMILY, OWN_CASE, OWN_LINE)
DECLARED = (*FOUND, "other")
KINDS = {"family": FAMILY, "reports_to": OWN_LINE}


@dataclass(frozen=True)
class Facts:
    """What is known of people: nationalities, and ties as pairs with their ground."""

    nationality: Mapping[str, str | None]
    ties: Collection[tuple[str, str, str]]


def conflicts(
    people: Iterable[str], subjects: Collection[str], grounds: Collection[str], facts: Facts
) -> dict[str, str]:
    """By person, the first ground (in the order of `FOUND`) that keeps them apart. Pure."""
    theirs = {facts.nationality.get(each) for each in subjects} - {None}
    tied = {
        (one, ground)
        for first, second, ground in facts.ties
        for one, other in ((first, second), (second, first))
        if other in subjects
    }
    found: dict[str, str] = {}
    for person in people:
        here = {
            NATIONALITY: facts.nationality.get(person) in theirs,
            FAMILY: (person, FAMILY) in tied,
            OWN_CASE: person in subjects,
            OWN_LINE: (person, OWN_LINE) in tied,
        }
        ground = next((each for each in FOUND if each in grounds and here[each]), None)
        if ground is not None:
            found[person] = ground
    return found


def conflicts_in(
    session: Session,
    people: Collection[str],
    subjects: Collection[str],
    grounds: Collection[str],
    at: DateTime,
) -> dict[str, str]:
    """The same from rows, in two queries."""
    if not people or not subjects or not grounds:
        return {}
    known = select(Person.id, Person.nationality).where(col(Person.id).in_({*people, *subjects}))
    ties = select(Tie.person_id, Tie.other_id, Tie.kind).where(
        or_(col(Tie.person_id).in_(list(subjects)), col(Tie.other_id).in_(list(subjects))),
        col(Tie.since) <= at,
        or_(col(Tie.until).is_(None), col(Tie.until) > at),
    )
    facts = Facts(
        dict(session.exec(known).all()),
        [(one, other, KINDS.get(kind, kind)) for one, other, kind in session.exec(ties)],
    )
    return conflicts(people, subjects, grounds, facts)
