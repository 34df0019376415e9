"""Services, offers and rosters as plain data, for HR, audit, and whoever serves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select

from governance.access.actor import Actor
from governance.acts import Moment
from governance.appointments.law import current_law
from governance.appointments.models import Candidacy, Case
from governance.appointments.queries import case_by_reference, sees_all
from governance.appointments.service.acting import TEMPORARY, caps, days_served, temporary
from governance.appointments.service.models import Offer, RosterPlace, Service, ServiceTask
from governance.appointments.service.offers import as_plain
from governance.appointments.service.rosters import listed
from governance.appointments.service.ways import asks_oath, ways_of
from governance.consultation.models import Consultation, Invitation
from governance.house import House
from governance.people.models import Person
from governance.people.queries import by_email, by_id
from governance.refusals import Reason, Refused, refuse

PAGE = 100
Plain = dict[str, Any]


def find_service(session: Session, actor: Actor, reference: str) -> Service:
    """The service of a reference (or of its case's), for HR, audit and who serves. Refused."""
    wanted = reference.strip().upper()
    query = select(Service).where(
        (col(Service.reference) == wanted)
        | col(Service.case_id).in_(select(Case.id).where(col(Case.reference) == wanted))
    )
    found = session.exec(query.order_by(col(Service.reference).desc())).first()
    if found is None or not (sees_all(actor) or found.person_id == actor.person_id):
        raise refuse(
            'there is no service "{reference}" that you may see',
            rule="known_service",
            cure="See them all: mandate appointment service list.",
            reason=Reason.MISSING,
            reference=reference[:40],
        )
    return found


def tell_services(
    house: House, actor: Actor, *, state: str = "", kind: str = "", older_than: str = ""
) -> list[Plain]:
    """A page of services, the newest first; of somebody who sees not all, their own."""
    with house.database.reading() as session:
        query = select(Service)
        if not sees_all(actor):
            query = query.where(col(Service.person_id) == actor.person_id)
        for column, wanted in ((Service.state, state), (Service.kind, kind)):
            if wanted:
                query = query.where(col(column) == wanted)
        if older_than:
            query = query.where(col(Service.reference) < older_than)
        found = list(session.exec(query.order_by(col(Service.reference).desc()).limit(PAGE)))
        people = by_id(session, (each.person_id for each in found))
        due = _next_due(session, found)
        return [
            _head(each, people[each.person_id]) | {"next_due_on": due.get(each.id)}
            for each in found
        ]


def tell_service(house: House, actor: Actor, reference: str) -> Plain:
    """One service with its plan, its acting time and caps. Raises Refused."""
    with house.database.reading() as session:
        found = find_service(session, actor, reference)
        person = session.get_one(Person, found.person_id)
        tasks = session.exec(
            select(ServiceTask)
            .where(col(ServiceTask.service_id) == found.id)
            .order_by(col(ServiceTask.due_on), col(ServiceTask.key))
        )
        case = session.get(Case, found.case_id) if found.case_id else None
        moment = Moment(house, session, house.clock.now(), actor)
        ways = ways_of(moment, found) if sees_all(actor) else {}
        told = _head(found, person) | {
            "acts": {act: [each.as_json() for each in against] for act, against in ways.items()},
            "asks_oath": asks_oath(moment, found),
            "case": case.reference if case else None,
            "cap_on": _day(found.cap_on),
            "oath_on": _day(found.oath_on),
            "probation_until": _day(found.probation_until),
            "prolonged": found.prolonged,
            "extended": found.extended,
            "ratified_at": found.ratified_at.isoformat() if found.ratified_at else None,
            "end_reason": found.end_reason or None,
            "tasks": [
                {
                    "key": each.key,
                    "kind": each.kind,
                    "title": each.title,
                    "due_on": _day(each.due_on),
                    "done": each.done_at is not None,
                    "done_at": each.done_at.isoformat() if each.done_at else None,
                    "result": each.result or None,
                }
                for each in tasks
            ],
        }
        if found.kind in TEMPORARY:
            served = temporary(session, found.person_id, found.office)
            today = house.clock.now().date()
            told["acting"] = {
                "days_in_all": days_served(served, today),
                "caps": caps(current_law(session)[1]),
            }
        return told


def tell_offers(house: House, actor: Actor, reference: str) -> list[Plain]:
    """The offers of a case in their order, with names and last days. For HR and audit."""
    with house.database.reading() as session:
        case = case_by_reference(session, actor, reference)
        if not sees_all(actor):
            raise _not_for_you()
        query = (
            select(Offer, Person)
            .join(Candidacy, col(Candidacy.id) == col(Offer.candidacy_id))
            .join(Person, col(Person.id) == col(Candidacy.person_id))
            .where(col(Offer.case_id) == case.id)
        )
        due = _answer_due(session, case)
        return [
            as_plain(offer)
            | {"name": person.name, "due_at": due.isoformat() if due and _is_out(offer) else None}
            for offer, person in session.exec(query.order_by(col(Offer.number)))
        ]


def tell_next(house: House, actor: Actor, reference: str) -> list[Plain]:
    """Who is next on the endorsed list, in order, as far as they are still there."""
    with house.database.reading() as session:
        case = case_by_reference(session, actor, reference)
        if not sees_all(actor):
            raise _not_for_you()
        query = (
            select(Candidacy, Person)
            .join(Person, col(Person.id) == col(Candidacy.person_id))
            .where(col(Candidacy.id).in_(case.endorsed), col(Candidacy.state) == "shortlisted")
        )
        held = {candidacy.id: person.name for candidacy, person in session.exec(query)}
        ordered = [each for each in case.endorsed if each in held]
        return [{"candidacy": each, "name": held[each]} for each in ordered]


def _is_out(offer: Offer) -> bool:
    return offer.state == "made"


def _answer_due(session: Session, case: Case) -> datetime | None:
    """By when the candidate of the open question of acceptance answers."""
    query = (
        select(Invitation.due_at)
        .join(Consultation, col(Consultation.id) == col(Invitation.consultation_id))
        .where(
            col(Consultation.owner_kind) == "case",
            col(Consultation.owner_id) == case.id,
            col(Consultation.step_key) == case.stage,
            col(Consultation.state) == "open",
        )
    )
    return session.exec(query).first()


def _next_due(session: Session, found: Sequence[Service]) -> dict[str, str]:
    """The first day on which something of the plan is due, by service."""
    query = (
        select(ServiceTask.service_id, func.min(ServiceTask.due_on))
        .where(
            col(ServiceTask.service_id).in_([each.id for each in found]),
            col(ServiceTask.done_at).is_(None),
        )
        .group_by(col(ServiceTask.service_id))
    )
    return {service: day.isoformat() for service, day in session.exec(query) if day}


def tell_roster(
    house: House, actor: Actor, *, state: str = "listed", grade: str = ""
) -> list[Plain]:
    """The roster, the place that ends first on top, for HR and audit."""
    if not sees_all(actor):
        raise _not_for_you()
    with house.database.reading() as session:
        found = listed(session, state=state, grade=grade)
        cases = {
            each.id: each.reference
            for each in session.exec(
                select(Case).where(col(Case.id).in_({place.case_id for place, _ in found}))
            )
        }
        return [_place(place, person, cases) for place, person in found]


def place_of(session: Session, actor: Actor, who: str) -> RosterPlace:
    """A place on the roster by the address of who has it, or its id. Raises Refused."""
    person = by_email(session, who) if "@" in who else None
    query = select(RosterPlace).where(
        (col(RosterPlace.id) == who) | (col(RosterPlace.person_id) == (person.id if person else ""))
    )
    found = session.exec(query.order_by(col(RosterPlace.until).desc())).first()
    if found is None or not sees_all(actor):
        raise refuse(
            "nobody of this address is on the roster",
            rule="known_place",
            cure="See it: mandate appointment roster list.",
            reason=Reason.MISSING,
        )
    return found


def _place(place: RosterPlace, person: Person, cases: dict[str, str]) -> Plain:
    return {
        "id": place.id,
        "name": person.name,
        "email": person.email,
        "grade": place.grade,
        "post": place.post,
        "case": cases.get(place.case_id),
        "state": place.state,
        "since": _day(place.since),
        "until": _day(place.until),
        "renewed": place.renewed,
    }


def _head(found: Service, person: Person) -> Plain:
    return {
        "reference": found.reference,
        "name": person.name,
        "kind": found.kind,
        "office": found.office,
        "state": found.state,
        "begins_on": _day(found.begins_on),
        "ends_on": _day(found.ends_on),
    }


def _not_for_you() -> Refused:
    return refuse(
        "this page is for HR and audit",
        rule="hr_officer",
        article="Mandate, roles",
        cure="Sign in as an HR officer, or ask one.",
        reason=Reason.AUTHORITY,
    )


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None
