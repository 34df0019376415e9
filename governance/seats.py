"""Composition: a vacant seat of a body launches an appointment, and whoever is appointed sits.

Bodies and appointments do not know each other. What one wants is read there as plain data and
handed to the other; each act stands on the chain of its own subject and cites the one before.
"""

from __future__ import annotations

from dataclasses import dataclass

from pendulum import DateTime
from sqlmodel import Session, col, select

from governance.access.actor import CLOCK, Actor
from governance.acts import Receipt, perform
from governance.appointments.launching import LAUNCH_FOR, Asked
from governance.appointments.outcomes import Running, case_of_service, outcome_of, running_for
from governance.committees import by_office
from governance.committees.authority import SIGNED_IN
from governance.committees.filling import (
    FILL,
    FOLLOW_CASE,
    HR_OFFICER,
    NOTE_CASE,
    Came,
    Launched,
    Wanted,
)
from governance.committees.finding import committee_named
from governance.committees.models import Committee, Filling, Seat
from governance.committees.queries import bodies
from governance.committees.tenure import APPOINTMENT
from governance.committees.vacancies import Vacancy, for_case, vacancies_of, wanted
from governance.house import House
from governance.refusals import Refused

TAKEN = "post_is_not_being_filled"


@dataclass(frozen=True)
class Filled:
    """What came of asking: the act, and the case that was launched for it."""

    receipt: Receipt
    reference: str


def fill_seat(house: House, actor: Actor, committee_id: str, given: Wanted) -> Filled:
    """One act of a secretary or an HR officer: ask for the appointment, and launch its case.

    Raises Refused where either is refused; a refused launch is noted with its reason.
    """
    receipt = perform(house, actor, FILL, committee_id, given)
    assert receipt is not None  # noqa: S101 -- asking always writes
    with house.database.reading() as session:
        filling = session.get_one(Filling, str(receipt.facts["filling"]))
    case = _launch(house, filling)
    return Filled(receipt, case.reference)


def launch_wanted(house: House, committee_id: str) -> list[str]:
    """Launch what was asked for and not launched, because somebody stopped the service between."""
    with house.database.reading() as session:
        found = wanted(session, committee_id)
    told = []
    for filling in found:
        try:
            told.append(f"appointment {_launch(house, filling).reference} launched.")
        except Refused as refusal:
            told.append(f"no appointment launched: {refusal}")
    return told


def _launch(house: House, filling: Filling) -> Running:
    """Launch, or join the case that fills the post already; either is noted with the body."""
    with house.database.reading() as session:
        body = session.get_one(Committee, filling.committee_id).key
        seat = session.get_one(Seat, filling.seat_id).key
    asked = Asked(
        post=filling.post,
        asked_by=filling.asked_by,
        wanted_for=f"{body}/{seat}",
        wanted_on=filling.wanted_on,
        confirmed=dict(filling.confirmed),
        entry=filling.entry,
    )
    try:
        receipt = perform(house, CLOCK, LAUNCH_FOR, None, asked)
        assert receipt is not None  # noqa: S101 -- a launch always writes
        case = Running(receipt.subject_id, str(receipt.facts["reference"]))
    except Refused as refusal:
        running = _running(house, filling.post, refusal)
        if running is None:
            given = Launched(filling.id, because=str(refusal))
            perform(house, CLOCK, NOTE_CASE, filling.committee_id, given)
            raise
        case = running
    given = Launched(filling.id, case.id, case.reference)
    perform(house, CLOCK, NOTE_CASE, filling.committee_id, given)
    return case


def _running(house: House, post: str, refusal: Refused) -> Running | None:
    if {each.rule for each in refusal.findings if each.blocks} != {TAKEN}:
        return None
    with house.database.reading() as session:
        return running_for(session, post)


def follow_case(house: House, case_id: str, *, ended: bool = True) -> list[str]:
    """Let every seat that a case fills follow what has come of it; and the seats of its office."""
    with house.database.reading() as session:
        fillings = for_case(session, case_id)
        if not fillings and not ended:
            return []
        came = outcome_of(session, case_id)
    told = []
    for filling in fillings:
        given = Came(
            filling.id,
            person_id=came.person_id,
            first_day=came.first_day,
            last_day=came.last_day,
            ended_on=came.ended_on,
            is_over=came.is_over,
            never_came=came.never_came,
        )
        done = perform(house, CLOCK, FOLLOW_CASE, filling.committee_id, given)
        told += [f"seat: {done.facts['to']}."] if done else []
    if came.office and came.person_id:
        by_office.follow(house, came.office)
    return told


def follow_service(house: House, service_id: str) -> list[str]:
    """The same, where somebody's time in an office begins, changes or ends."""
    with house.database.reading() as session:
        case_id, office = case_of_service(session, service_id)
    if case_id is not None:
        return follow_case(house, case_id)
    return ["seats of the office: followed."] if by_office.follow(house, office) else []


def vacancies_for(house: House, session: Session, actor: Actor) -> list[Vacancy]:
    """The vacant seats that an actor may see: of their bodies; for HR, those that it fills."""
    now = house.clock.now()
    own = vacancies_of(house, session, bodies(session, actor, now), now)
    if not _is_hr(actor):
        return own
    seen = {each.committee.id for each in own}
    every = list(session.exec(select(Committee).order_by(col(Committee.key))))
    others = [each for each in every if each.id not in seen]
    found = vacancies_of(house, session, others, now)
    return own + [each for each in found if each.way.by == APPOINTMENT]


def body_to_fill(session: Session, actor: Actor, key: str, at: DateTime) -> str:
    """The body of a key, for whoever may ask for an appointment to a seat of it."""
    if _is_hr(actor):
        query = select(Committee.id).where(col(Committee.key) == key.strip().lower())
        found = session.exec(query).first()
        if found is not None:
            return found
    return committee_named(session, key, actor, at).id


def _is_hr(actor: Actor) -> bool:
    return actor.level in SIGNED_IN and HR_OFFICER in actor.roles
