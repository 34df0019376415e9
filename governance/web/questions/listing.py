"""The first page: what waits for whoever is signed in, the nearest deadline first."""

from __future__ import annotations

from dataclasses import replace

from starlette.responses import Response
from starlette.routing import Route

from governance.access.actor import Actor, Level
from governance.committees.authority import COMMITTEE_SECRETARY
from governance.committees.home import desk_of
from governance.consultation.models import Consultation, Invitation
from governance.consultation.queries import waiting_for
from governance.consultation.standing.drafting import to_prepare
from governance.consultation.standing.queries import way_of
from governance.consultation.standing.rules import Right
from governance.people.models import Person
from governance.refusals import say
from governance.web.cases.reading import Reading
from governance.web.desk import STAFF, Desk, for_the_signed_in
from governance.web.question_views import Waiting, WaitingPage
from governance.web.questions.telling import (
    KINDS,
    about_of,
    asker_of,
    capacity_of,
    clock_of,
    reading_in,
)
from governance.web.views import Words


def first_page(desk: Desk) -> Response:
    """Cases and bodies for those who run them, unless a question waits; the list for all others."""
    with desk.house.database.reading() as session:
        waits = bool(waiting_for(session, str(desk.me.person_id), desk.house.clock.now()))
    if not waits and desk.me.roles & STAFF:
        return desk.go("/appointments")
    if not waits and COMMITTEE_SECRETARY in desk.me.roles:
        return desk.go("/committees")
    return desk.go("/waiting")


def show_waiting(desk: Desk) -> Response:
    """The list."""
    with desk.house.database.reading() as session:
        reading = reading_in(desk.house, session, desk.me, desk.language)
        in_bodies = desk_of(session, desk.me, reading.now, desk.house).me
        page = WaitingPage(
            cards_for(reading, desk.me),
            prepare=_to_prepare(reading, desk.me),
            in_bodies=len(in_bodies),
        )
    return desk.page("waiting", page)


def cards_for(reading: Reading, actor: Actor) -> tuple[Waiting, ...]:
    """A card for each question that waits for somebody; what is for a link has its mail."""
    return tuple(
        _card(reading, each.consultation, each.invitation, _acting(reading, each.right), actor)
        for each in waiting_for(reading.session, str(actor.person_id), reading.now)
        if each.consultation.level != Level.LINK
    )


def _to_prepare(reading: Reading, actor: Actor) -> tuple[Waiting, ...]:
    """What an assistant may prepare for an office; it is the office's to answer."""
    return tuple(
        replace(
            _card(reading, consultation, invitation, "", actor),
            href=f"/prepare/{invitation.id}",
        )
        for consultation, invitation in to_prepare(
            reading.session, str(actor.person_id), reading.now
        )
        if consultation.level != Level.LINK
    )


def _acting(reading: Reading, right: Right) -> Words:
    """For whom somebody answers, where it is not for themselves."""
    if right.kind not in {"substitute", "delegate"} or right.for_person is None:
        return ""
    person = reading.session.get(Person, right.for_person)
    return say("You answer for {name}", name=person.name) if person else ""


def _card(
    reading: Reading,
    consultation: Consultation,
    invitation: Invitation,
    acting: Words,
    actor: Actor,
) -> Waiting:
    return Waiting(
        question=reading.text(consultation.question),
        href=f"/decide/{_token(reading, invitation, actor)}",
        asked_by=asker_of(reading.session, consultation),
        capacity=capacity_of(reading, invitation.capacity),
        clock=clock_of(reading, consultation, invitation),
        number=consultation.reference,
        about=about_of(reading, consultation),
        acting=acting,
        rule=KINDS.get(consultation.rule["kind"]) or "",
        article=consultation.rule["article"] or "",
    )


def _token(reading: Reading, invitation: Invitation, actor: Actor) -> str:
    """The link of this reader: one for each person and question."""
    keys = reading.house.keys
    if invitation.person_id == actor.person_id:
        return keys.token(f"invitation:{invitation.id}")
    way = way_of(reading.session, invitation.id, str(actor.person_id))
    return keys.token(f"way:{way}") if way else ""


routes: list[Route] = [
    Route("/", for_the_signed_in(first_page), methods=["GET"]),
    Route("/waiting", for_the_signed_in(show_waiting), methods=["GET"]),
]
