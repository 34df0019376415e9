"""People, their absences and what hangs on them as plain data, for every door."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pendulum import DateTime
from sqlalchemy import or_
from sqlmodel import Session, col, select

from governance.access.actor import Actor
from governance.consultation.models import Answer, Consultation, Invitation
from governance.consultation.standing.absences import STAFF
from governance.consultation.standing.bouncing import undelivered
from governance.consultation.standing.queries import Asked, seats_of
from governance.consultation.standing.rules import nobody_can_decide
from governance.people.absences import planned
from governance.people.models import Absence, Assistance, Holding, Person
from governance.people.queries import by_email, by_id
from governance.refusals import Reason, refuse
from governance.rulebook.current import current_law

Plain = dict[str, Any]


def the_person(session: Session, actor: Actor, address: str = "") -> Person:
    """The person of an address, or oneself. Others are for staff. Raises Refused."""
    if not address:
        return session.get_one(Person, actor.person_id)
    found = by_email(session, address)
    if found is not None and (found.id == actor.person_id or actor.roles & STAFF):
        return found
    raise refuse(
        "nobody is registered under {address}, or not for your eyes",
        rule="person_is_known",
        cure="Check the address.",
        reason=Reason.MISSING,
        address=address[:120],
    )


def tell_absences(session: Session, person: Person, at: DateTime) -> list[Plain]:
    """What somebody has planned and is not over, the next one first."""
    return [tell_absence(session, each) for each in planned(session, person.id, at)]


def tell_absence(session: Session, absence: Absence) -> Plain:
    """One absence."""
    substitute = session.get(Person, absence.substitute_id or "")
    return {
        "id": absence.id,
        "since": _at(absence.since),
        "until": _at(absence.until),
        "substitute": substitute.email if substitute else None,
        "scope": absence.scope,
        "instrument": absence.instrument,
        "source": absence.source,
    }


def tell_offices(session: Session, at: DateTime) -> list[Plain]:
    """Every office of the law in force: who holds it, who is to hold it, who prepares for it."""
    law = current_law(session)[1]
    current = or_(col(Holding.until).is_(None), col(Holding.until) > at)
    query = select(Holding, Person).join(Person, col(Person.id) == col(Holding.person_id))
    held: dict[str, list[Plain]] = {}
    for holding, person in session.exec(query.where(current).order_by(col(Holding.since))):
        held.setdefault(holding.office, []).append(
            {
                "person": person.email,
                "name": person.name,
                "since": _at(holding.since),
                "until": _at(holding.until),
                "now": holding.since <= at,
            }
        )
    helpers = (
        select(Assistance.office, Person.email)
        .join(Person, col(Person.id) == col(Assistance.person_id))
        .where(
            col(Assistance.since) <= at,
            or_(col(Assistance.until).is_(None), col(Assistance.until) > at),
        )
    )
    assistants: dict[str, list[str]] = {}
    for office, email in session.exec(helpers):
        assistants.setdefault(office, []).append(email)
    return [
        {
            "office": each.key,
            "title": each.title.root,
            "held_by": held.get(each.key, []),
            "assistants": sorted(assistants.get(each.key, [])),
            "deputies": [
                {"office": deputy.key, "article": str(deputy.article)} for deputy in each.deputies
            ],
        }
        for each in law.organisation.offices
    ]


def tell_alarms(session: Session, at: DateTime) -> list[Plain]:
    """Open questions that nobody who is there could answer now."""
    return [
        {
            "consultation": consultation.id,
            "reference": consultation.reference,
            "question": consultation.question,
            "invitation": invitation.id,
            "capacity": invitation.capacity,
            "due_at": _at(invitation.due_at),
        }
        for consultation, invitation in undecidable(session, at)
    ]


def undecidable(session: Session, at: DateTime) -> list[Asked]:
    """The seats without an answer that nobody who is there could answer at an instant."""
    answered = select(Answer.id).where(
        col(Answer.invitation_id) == col(Invitation.id),
        col(Answer.content_version) >= col(Consultation.counts_from),
    )
    query = (
        select(Consultation, Invitation)
        .join(Invitation, col(Invitation.consultation_id) == col(Consultation.id))
        .where(
            col(Consultation.state) == "open",
            col(Invitation.recused_at).is_(None),
            ~answered.exists(),
        )
        .order_by(col(Invitation.due_at).is_(None), col(Invitation.due_at), col(Invitation.id))
    )
    asked = list(session.exec(query).all())
    seats = seats_of(session, asked, at) if asked else {}
    return [each for each in asked if nobody_can_decide(seats[each[1].id])]


def tell_undelivered(session: Session, actor: Actor) -> list[Plain]:
    """What came back and is not settled."""
    found = undelivered(session, actor.person_id, actor.roles)
    people = by_id(session, (each.person_id for each in found))
    return [
        {
            "id": each.id,
            "notice": each.notice.partition(":")[0],
            "consultation": each.subject_id,
            "person": people[each.person_id].name,
            "email": people[each.person_id].email,
            "because": each.because,
            "at": _at(each.at),
        }
        for each in found
    ]


def _at(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None
