"""A person's deadlines as a calendar to subscribe to, and one deadline to put into a calendar.

The feed is known by an address that nobody can guess; it names no candidate, only references and
questions, and its links ask for a sign-in like those of a mail.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from datetime import timedelta

import pendulum
from pendulum import DateTime
from sqlalchemy import func, or_
from sqlmodel import Session, col, select
from starlette.responses import Response
from starlette.routing import Route

from governance.consultation.models import Answer, Consultation, Invitation
from governance.consultation.standing.models import Way
from governance.consultation.standing.queries import ACTING, Asked, seats_of
from governance.consultation.standing.rules import right_of
from governance.house import House
from governance.notices.calendars import Deadline, calendar_of
from governance.people.models import Person
from governance.record.models import Entry
from governance.refusals import Reason, refuse, say
from governance.web import words
from governance.web.desk import Desk, open_to_all
from governance.web.questions.entering import actor_at, entered
from governance.web.questions.proving import ask

MEDIA = "text/calendar; charset=utf-8"
KEPT = timedelta(days=60)


def feed_address(house: House, person: str) -> str:
    """Where somebody's calendar is."""
    token = house.keys.token(f"calendar:{person}")
    return f"{house.settings.base_url}/calendar/{person}/{token}.ics"


def feed(desk: Desk) -> Response:
    """Every deadline of a person: those that run, and for a while those that were called off."""
    person_id, token = desk.path["person"], desk.path["token"]
    good = desk.house.keys.token(f"calendar:{person_id}")
    with desk.house.database.reading() as session:
        person = session.get(Person, person_id)
        if person is None or person.left_at or not hmac.compare_digest(good, token):
            raise refuse(
                "this address leads to no calendar",
                rule="known_link",
                cure="Copy it again from your preferences.",
                reason=Reason.MISSING,
            )
        asked = _asked(session, person_id, desk.house.clock.now())
        found = deadlines_of(desk.house, session, person, asked)
    return Response(calendar_of(found, "Mandate"), media_type=MEDIA)


def one(desk: Desk) -> Response:
    """One deadline as a file, for whom the link was sent to."""
    found = entered(desk)
    actor = actor_at(desk, found)
    if actor is None:
        return ask(desk, "decide", found.person_id)
    with desk.house.database.reading() as session:
        person = session.get_one(Person, found.person_id)
        consultation = session.get_one(Consultation, found.invitation.consultation_id)
        asked = [(consultation, found.invitation)] if found.invitation.due_at else []
        written = calendar_of(deadlines_of(desk.house, session, person, asked), "Mandate")
    name = f"{consultation.reference}.ics"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(written, media_type=MEDIA, headers=headers)


def deadlines_of(
    house: House, session: Session, person: Person, asked: Iterable[Asked]
) -> list[Deadline]:
    """Deadlines in the person's language. The sequence is the length of the question's chain."""
    listed = list(asked)
    chains = [f"consultation:{consultation.id}" for consultation, _ in listed]
    query = select(Entry.chain, func.max(Entry.seq), func.max(Entry.at)).where(
        col(Entry.chain).in_(chains)
    )
    heads = {name: (seq, at) for name, seq, at in session.exec(query.group_by(col(Entry.chain)))}
    answered = _answered(session, [invitation.id for _, invitation in listed])
    now = house.clock.now()
    seats = seats_of(session, listed, now) if listed else {}
    domain = house.settings.mail_from.rpartition("@")[2]
    found = []
    for consultation, invitation in listed:
        seq, at = heads.get(f"consultation:{consultation.id}", (0, invitation.invited_at))
        mine = right_of(seats[invitation.id], person.id) is not None
        off = consultation.state != "open" or invitation.id in answered or not mine
        question = consultation.question
        said = question.get(person.language) or question.get("en") or next(iter(question.values()))
        assert invitation.due_at is not None  # noqa: S101 -- only those are listed
        token = _token(house, session, invitation, person)
        found.append(
            Deadline(
                uid=f"{invitation.id}@{domain}",
                sequence=seq,
                summary=words.sentence(
                    say("{reference}: answer due", reference=consultation.reference),
                    person.language,
                ),
                description=said,
                link=f"{house.settings.base_url}/decide/{token}",
                due_at=pendulum.instance(invitation.due_at),
                changed_at=pendulum.instance(at),
                cancelled=off,
            )
        )
    return found


def _token(house: House, session: Session, invitation: Invitation, person: Person) -> str:
    if invitation.person_id == person.id:
        return house.keys.token(f"invitation:{invitation.id}")
    query = select(Way.id).where(
        col(Way.invitation_id) == invitation.id, col(Way.person_id) == person.id
    )
    return house.keys.token(f"way:{session.exec(query).first()}")


def _asked(session: Session, person: str, now: DateTime) -> list[Asked]:
    ways = select(Way.invitation_id).where(col(Way.person_id) == person, col(Way.part).in_(ACTING))
    query = (
        select(Consultation, Invitation)
        .join(Invitation, col(Invitation.consultation_id) == col(Consultation.id))
        .where(
            or_(col(Invitation.person_id) == person, col(Invitation.id).in_(ways)),
            col(Invitation.due_at).is_not(None),
            or_(col(Consultation.state) == "open", col(Consultation.closed_at) > now - KEPT),
        )
        .order_by(col(Invitation.due_at))
    )
    return list(session.exec(query).all())


def _answered(session: Session, invitations: list[str]) -> set[str]:
    query = (
        select(Answer.invitation_id, Answer.taken_back)
        .where(col(Answer.invitation_id).in_(invitations))
        .order_by(col(Answer.version))
    )
    newest = dict(session.exec(query).all())
    return {invitation for invitation, taken_back in newest.items() if not taken_back}


routes: list[Route] = [
    Route("/calendar/{person}/{token}.ics", open_to_all(feed), methods=["GET"]),
    Route("/decide/{token}/deadline.ics", open_to_all(one), methods=["GET"]),
]
