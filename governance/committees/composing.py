"""Who sits in a body, as the rules on its composition look at it; and when it is reviewed.

A committee names the body of `docs/representation.md` whose rules it is under. What the rules ask
of a seat and no register has (a chamber, an expertise) stands beside the name, by seat.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pendulum
from pendulum import DateTime
from sqlmodel import Session, col, select

from governance.acts import Moment
from governance.committees.calendars import day_of
from governance.committees.lifecycle import CommitteeLifecycle
from governance.committees.local import local_day
from governance.committees.models import Committee, Officer, Seat, Sitting
from governance.lifecycle import finals
from governance.people.models import Person
from governance.representation.composition import SEXES, Composition, Member
from governance.representation.reviews.planning import (
    Planned,
    lift_all,
    plan,
    plan_vacancy,
)
from governance.representation.reviews.queries import overlay
from governance.representation.schemes import near_state, shipped_states
from governance.representation.view import View, at
from governance.rulebook.bodies.body import Body
from governance.rulebook.bodies.reading import load_shipped
from governance.rulebook.proceedings.body import Composed

FIRST = date(1970, 1, 2)


def kept_of(composed: Composed) -> dict[str, Any]:
    """What a row keeps of it. Raises Refused where the body is not known."""
    load_shipped(composed.body)
    return composed.model_dump(mode="json")


def law_of_seats(committee: Committee) -> Body | None:
    """The rules on the composition of a committee; None where it names none."""
    kept = committee.facts.get("composition")
    return load_shipped(kept["body"]) if kept else None


def composed_view(
    session: Session, committee: Committee, now: DateTime, language: str = "en"
) -> tuple[View, Composition] | None:
    """The committee as its rules look at it today, and everybody who sat or will sit."""
    law = law_of_seats(committee)
    if law is None:
        return None
    everybody = composition_of(session, committee, law)
    day = day_of(committee, now)
    return at(law, everybody, day, overlay=overlay(session), language=language), everybody


def composition_of(session: Session, committee: Committee, law: Body) -> Composition:
    """Everybody who holds a member's seat, held one, or will: in two queries."""
    rows = session.exec(
        select(Sitting, Seat, Person)
        .join(Seat, col(Seat.id) == col(Sitting.seat_id))
        .join(Person, col(Person.id) == col(Sitting.person_id))
        .where(
            col(Sitting.committee_id) == committee.id,
            col(Sitting.role) == "holder",
            col(Seat.capacity) == "member",
        )
        .order_by(col(Seat.position), col(Sitting.since))
    ).all()
    officers = list(session.exec(select(Officer).where(col(Officer.committee_id) == committee.id)))
    seats = committee.facts.get("composition", {}).get("seats", {})
    return Composition(
        tuple(
            _member(committee, law, sitting, seat, person, officers, seats.get(seat.key, {}))
            for sitting, seat, person in rows
        )
    )


def _member(  # noqa: PLR0913, PLR0917 -- one argument per register
    committee: Committee,
    law: Body,
    sitting: Sitting,
    seat: Seat,
    person: Person,
    officers: list[Officer],
    told: Mapping[str, Any],
) -> Member:
    start = local_day(sitting.since, committee.zone)
    left = None if sitting.until is None else local_day(sitting.until, committee.zone)
    end = sitting.term_until
    if end is None and left is not None:
        end = left - timedelta(days=1)
    state = _state_of(seat, person)
    by_state = law.held_by == "states"
    member = Member(
        name=(seat.represents or state or person.name) if by_state else person.name,
        state=state,
        seat=seat.key,
        sex=SEXES.get(person.sex or ""),
        role=_role(law, sitting, person, officers),
        birth_date=person.birth_date,
        term_start=None if start <= FIRST else start,
        term_end=end,
        left_on=left if left is not None and end is not None and left <= end else None,
    )
    return member.with_values({key: _value(each) for key, each in told.items()})


def _value(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    return value if isinstance(value, (bool, str)) else Fraction(value)


def _state_of(seat: Seat, person: Person) -> str:
    """The state that the seat stands for, or else of which the person is a national."""
    if seat.represents:
        if seat.represents.upper() in shipped_states():
            return seat.represents.upper()
        meant = near_state(seat.represents, shipped_states().values())
        if meant is not None:
            return meant.code
    return person.nationality or ""


def _role(law: Body, sitting: Sitting, person: Person, officers: list[Officer]) -> str:
    """The office that the person holds in the body, where it is a role; else the lowest role."""
    keys = [each.key for each in law.roles]
    held = [
        each.office
        for each in officers
        if each.person_id == person.id and each.office in keys and _overlap(each, sitting)
    ]
    return min(held, key=keys.index) if held else keys[-1] if keys else ""


def _overlap(officer: Officer, sitting: Sitting) -> bool:
    begins = officer.until is None or officer.until > sitting.since
    return begins and (sitting.until is None or officer.since < sitting.until)


# --- when it is reviewed -----------------------------------------------------------------------


def planned_of(committee: Committee, law: Body) -> Planned:
    """The committee as the planning of reviews knows it."""

    def begins(day: date) -> DateTime:
        return pendulum.datetime(day.year, day.month, day.day, tz=committee.zone).in_tz("UTC")

    return Planned(committee.id, owner_of(committee), law, begins)


def owner_of(committee: Committee) -> str:
    """What a review says of whose it is."""
    return f"committee:{committee.id}"


def follow_reviews(moment: Moment, committee: Committee) -> None:
    """Plan the reviews that the rules name. The caller holds the lock of the body."""
    law = law_of_seats(committee)
    if law is None or not law.reviews:
        return
    planned = planned_of(committee, law)
    if committee.state in finals(CommitteeLifecycle):
        lift_all(moment.session, planned)
        return
    today = day_of(committee, moment.now)
    kept = dict(committee.facts["composition"])
    plan(moment.session, planned, today, _election(moment, committee, kept, today))
    vacant = sorted(_vacant(moment.session, committee))
    if kept.get("vacant") is not None and set(vacant) - set(kept["vacant"]):
        plan_vacancy(moment.session, planned, today)
    if kept.get("vacant") != vacant:
        committee.facts = {**committee.facts, "composition": {**kept, "vacant": vacant}}


def _vacant(session: Session, committee: Committee) -> Iterator[str]:
    query = select(Seat.key).where(
        col(Seat.committee_id) == committee.id,
        col(Seat.capacity) == "member",
        col(Seat.state) == "vacant",
    )
    yield from session.exec(query)


def _election(
    moment: Moment, committee: Committee, kept: Mapping[str, Any], today: date
) -> date | None:
    """The day that was entered, or the first on which terms end."""
    if kept.get("election_on"):
        entered = date.fromisoformat(kept["election_on"])
        if entered > today:
            return entered
    query = select(Sitting).where(
        col(Sitting.committee_id) == committee.id,
        col(Sitting.role) == "holder",
        col(Sitting.term_until) > today,
    )
    days = [each.term_until for each in moment.session.exec(query)]
    return min((each for each in days if each is not None), default=None)
