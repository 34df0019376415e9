"""The calendar of a body: terms of seats and offices, mandate and milestones, leave that ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pendulum import DateTime
from sqlalchemy import or_
from sqlmodel import Session, col, select

from governance.committees.calendars import day_of
from governance.committees.models import Committee, Leave, Mandate, Officer, Seat, Sitting
from governance.people.models import Person

MONTHS = 24


@dataclass(frozen=True)
class Ending:
    """Something of a body that ends on a day: what, whose, and whether it goes on beyond."""

    committee: Committee
    kind: str  # seat, office, mandate, milestone, leave
    what: str
    on: date
    who: str = ""
    holds_over: bool = False


def endings(
    session: Session, committees: Sequence[Committee], at: DateTime, months: int = MONTHS
) -> list[Ending]:
    """What ends in these bodies from now on, and what holds over, the next day first."""
    known = {each.id: each for each in committees}
    until = at.add(months=months)
    found = [
        *_seats(session, known, at),
        *_offices(session, known, at),
        *_leaves(session, known, at),
        *_mandates(session, known, at),
    ]
    soon = [each for each in found if each.on <= day_of(each.committee, until)]
    return sorted(soon, key=lambda each: (each.on, each.committee.key, each.kind, each.what))


def _seats(session: Session, known: dict[str, Committee], at: DateTime) -> Iterator[Ending]:
    query = (
        select(Sitting, Seat, Person)
        .join(Seat, col(Seat.id) == col(Sitting.seat_id))
        .join(Person, col(Person.id) == col(Sitting.person_id))
        .where(
            col(Sitting.committee_id).in_(known),
            col(Sitting.role) == "holder",
            or_(col(Sitting.until).is_(None), col(Sitting.until) > at),
        )
    )
    for sitting, seat, person in session.exec(query):
        body = known[sitting.committee_id]
        last = _last_day(body, sitting.until)
        if sitting.holding_over and sitting.term_until is not None:
            yield Ending(body, "seat", seat.key, sitting.term_until, person.name, holds_over=True)
        elif last is not None:
            yield Ending(body, "seat", seat.key, last, person.name)


def _offices(session: Session, known: dict[str, Committee], at: DateTime) -> Iterator[Ending]:
    query = (
        select(Officer, Person)
        .join(Person, col(Person.id) == col(Officer.person_id))
        .where(
            col(Officer.committee_id).in_(known),
            or_(col(Officer.until).is_(None), col(Officer.until) > at),
        )
    )
    for officer, person in session.exec(query):
        body = known[officer.committee_id]
        over = officer.until is None and officer.term_until is not None
        last = officer.term_until if over else _last_day(body, officer.until)
        if last is not None:
            over = over and last < day_of(body, at)
            yield Ending(body, "office", officer.office, last, person.name, holds_over=over)


def _leaves(session: Session, known: dict[str, Committee], at: DateTime) -> Iterator[Ending]:
    query = (
        select(Leave, Seat)
        .join(Seat, col(Seat.id) == col(Leave.seat_id))
        .where(col(Leave.committee_id).in_(known), col(Leave.until) > at)
    )
    for leave, seat in session.exec(query):
        body = known[leave.committee_id]
        last = _last_day(body, leave.until)
        if last is not None:
            yield Ending(body, "leave", seat.key, last)


def _mandates(session: Session, known: dict[str, Committee], at: DateTime) -> Iterator[Ending]:
    for body in known.values():
        if body.sunset_on is not None and body.ended_at is None:
            yield Ending(body, "mandate", body.key, body.sunset_on)
    query = (
        select(Mandate)
        .where(col(Mandate.committee_id).in_(known), col(Mandate.approved_at).is_not(None))
        .order_by(col(Mandate.version))
    )
    newest = {each.committee_id: each for each in session.exec(query)}
    for mandate in newest.values():
        body = known[mandate.committee_id]
        for each in mandate.milestones:
            due = date.fromisoformat(str(each["due_on"]))
            if due >= day_of(body, at):
                title = each.get("title") or {}
                words = title if isinstance(title, str) else next(iter(title.values()), "")
                yield Ending(body, "milestone", words, due)


def _last_day(committee: Committee, until: DateTime | None) -> date | None:
    return None if until is None else day_of(committee, until.subtract(microseconds=1))


def tell_ending(ending: Ending) -> dict[str, Any]:
    """One line of the calendar as plain data."""
    return {
        "body": ending.committee.key,
        "kind": ending.kind,
        "what": ending.what,
        "who": ending.who,
        "on": ending.on.isoformat(),
        "holds_over": ending.holds_over,
    }
